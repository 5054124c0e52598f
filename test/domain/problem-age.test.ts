import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { problemAgeMs } from "../../src/domain/problem-age.ts";
import { fleetOf } from "../support/fleet.ts";
import { type NodeSays, nowMs, scene } from "../support/scene.ts";

/** The ages of what is wrong with a fleet of four nodes, by kind. The answers are 100 ms old. */
function ages(says: (node: number) => NodeSays): Readonly<Record<string, number | undefined>> {
  const fleet = fleetOf({ nodes: 4 });
  const { nodes, problems } = assess(fleet, scene(fleet, says), nowMs);
  return Object.fromEntries(problems.map((problem) => [problem.kind, problemAgeMs(problem, nodes)]));
}

const down = (sinceChangeSeconds?: number) => ({ column: "DOWN", sinceChangeSeconds });

describe("problemAgeMs", () => {
  it("is that of the node which saw a master go down first", () => {
    expect(ages((node) => (master) => (master === 2 ? down(60 - node) : "UP"))).toEqual({ "master-down": 59_100 });
    expect(ages((node) => (master) => (master === 2 && node > 2 ? down(60 - node) : "UP"))).toEqual({
      "master-path": 57_100,
    });
  });

  it("begins for a node when it lost its last master, and for the fleet when the last node did", () => {
    const losing = (node: number) => (master: number) => down(node * 100 + master);
    expect(ages((node) => (node === 1 ? losing(node) : () => "UP"))).toEqual({ "node-cut-off": 101_100 });
    expect(ages(losing)["no-master-usable"]).toBe(101_100);
  });

  it("is for how long a node has failed", () => {
    expect(ages((node) => (node === 1 ? { fails: "timeout" } : () => "UP"))).toEqual({ "node-failure": 12_000 });
    expect(ages(() => ({ fails: "timeout" }))).toEqual({ "no-answer": 12_000 });
  });

  it("is not known where HAProxy does not tell, and of what has no beginning", () => {
    expect(ages(() => (master) => (master === 2 ? down() : "UP"))).toEqual({ "master-down": undefined });
    expect(ages((node) => (node === 1 ? (master) => (master === 1 ? "DRAIN" : down(60)) : () => "UP"))).toMatchObject({
      "node-cut-off": undefined,
    });
    expect(ages(() => (master) => (master === 2 ? undefined : "UP"))).toEqual({ "server-absent": undefined });
  });
});
