import { describe, expect, it } from "vitest";
import { readAdminFlags } from "../../src/commands/admin-options.ts";
import { scopeOf } from "../../src/commands/admin-scope.ts";
import { readTarget } from "../../src/commands/admin-target.ts";
import { fleetOf } from "../support/fleet.ts";

function options(masters: readonly string[], flags: object = {}) {
  return readAdminFlags("drain", masters, { ledger: true, output: "table", color: true, ...flags });
}

describe("readTarget", () => {
  it("cuts the fleet down to the nodes and gives masters their whole names", () => {
    const { fleet, request, confirmed } = readTarget(
      fleetOf(),
      options(["2"], { node: ["@site=b"], forceLast: ["master-2"], confirm: ["2"] }),
    );
    expect(fleet.nodes.map(({ name }) => name)).toEqual(["node03", "node04"]);
    expect(request).toMatchObject({ masters: ["master-2"], forceLast: ["master-2"], minHealthy: 1 });
    expect(confirmed).toEqual(["master-2"]);
  });

  it("refuses a master that is not there, with the nearest name", () => {
    expect(() => readTarget(fleetOf(), options(["mastre-2"]))).toThrow('did you mean "master-2"?');
  });

  it("refuses to pass the guard of a master that is not touched", () => {
    expect(() => readTarget(fleetOf(), options(["master-2"], { forceLast: ["master-1"] }))).toThrow(
      "--force-last master-1: that master is not one of those named: master-2",
    );
  });
});

describe("scopeOf", () => {
  it("repeats what chose the fleet and its nodes, fit to be pasted into a shell", () => {
    const flags = { config: "my fleet.yaml", node: ["node[01:10]", "!node07"], backend: "b", via: "ssh" };
    expect(scopeOf(options(["2"], flags))).toBe(
      " --config 'my fleet.yaml' --node 'node[01:10]' --node '!node07' --backend b --via ssh",
    );
    expect(scopeOf(options(["2"]))).toBe("");
  });
});
