import { describe, expect, it } from "vitest";
import { fleetOf } from "../../src/commands/top-options.ts";
import { fleetOf as aFleet, nodeOf } from "../support/fleet.ts";

const slow = nodeOf("slow", { poll: { intervalMs: 10_000, timeoutMs: 8_000, source: "auto" } });
const fleet = { ...aFleet(), nodes: [nodeOf("node1"), nodeOf("node2"), slow] };
const polls = (flags: Parameters<typeof fleetOf>[1]) =>
  fleetOf(fleet, flags).nodes.map(({ poll }) => [poll.intervalMs, poll.timeoutMs]);

describe("fleetOf", () => {
  it("leaves the fleet file's intervals and limits without flags", () => {
    expect(polls({})).toEqual([
      [2000, 1500],
      [2000, 1500],
      [10_000, 8000],
    ]);
  });

  it("gives every node the interval of the flag, and no limit longer than that", () => {
    expect(polls({ interval: "5s" }).at(-1)).toEqual([5000, 5000]);
    expect(polls({ interval: "1s", node: ["node*"] })).toEqual([
      [1000, 1000],
      [1000, 1000],
    ]);
  });

  it("makes the interval as long as the limit of the flag where it would be shorter", () => {
    expect(polls({ timeout: "3s" })).toEqual([
      [3000, 3000],
      [3000, 3000],
      [10_000, 3000],
    ]);
  });

  it.each([
    [{ interval: "5" }, '--interval: "5" should be a duration with its unit: 5s or 5ms.'],
    [{ interval: "50ms" }, '--interval: "50ms" is too short; 100ms is the least.'],
    [{ timeout: "soon" }, '--timeout: "soon" should be a duration such as 2s, 1500ms or 1m30s.'],
    [{ interval: "1s", timeout: "2s" }, "--timeout 2s is longer than the interval of 1000 ms"],
    [{ node: ["nod7"] }, '--node: "nod7" fits none of the 3 nodes'],
  ])("refuses %j in words", (flags, message) => {
    expect(() => fleetOf(fleet, flags)).toThrow(message);
  });
});
