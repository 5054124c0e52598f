import { expect, it } from "vitest";
import { type FleetChanges, layOver } from "../../src/generate/lay-over.ts";
import { fleetOf } from "../support/fleet.ts";

const none: FleetChanges = {
  expect: undefined,
  ca: undefined,
  cert: undefined,
  admin: undefined,
  vpnInterface: undefined,
  without: [],
  with: [],
};
const fleet = fleetOf();

it("leaves the fleet as it is where no flag says anything", () => {
  expect(layOver(fleet, none)).toEqual(fleet);
});

it("takes fixes away and back, and what is said in place of the fleet file", () => {
  const given = { ...fleet, haproxy: { ...fleet.haproxy, without: ["slowstart", "tcplog"] as const } };
  const changes = { ...none, with: ["tcplog"], without: ["contstats"], expect: 200, admin: { kind: "group" } } as const;
  expect(layOver(given, changes)).toEqual({
    ...given,
    check: { ...given.check, expect: 200 },
    haproxy: { ...given.haproxy, without: ["slowstart", "contstats"], admin: { kind: "group" } },
  });
});
