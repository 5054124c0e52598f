import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { worstFirst } from "../../src/ui/node-order.ts";
import { fleetOf } from "../support/fleet.ts";
import { type NodeSays, nowMs, scene } from "../support/scene.ts";
import { look, situation, textOf, usual } from "../support/screens.ts";

const fleet = fleetOf({ nodes: 5 });
const order = (says: (node: number) => NodeSays) =>
  worstFirst(assess(fleet, scene(fleet, says), nowMs)).map(({ name }) => Number(name.slice(-2)));

describe("worstFirst", () => {
  it("puts a node without a master first, then the silent ones, then broken paths", () => {
    expect(
      order((node) => {
        if (node === 2) return (master) => (master === 1 ? "DOWN" : "UP");
        if (node === 3) return { fails: "timeout" };
        return () => (node === 4 ? "DOWN" : "UP");
      }),
    ).toEqual([4, 3, 2, 1, 5]);
  });

  it("does not let a master that is down everywhere hide the node that has lost another one too", () => {
    expect(order((node) => (master) => (master === 1 || (master === 2 && node === 5) ? "DOWN" : "UP"))).toEqual([
      5, 1, 2, 3, 4,
    ]);
  });

  it("finds the one node that has forgotten a drain", () => {
    expect(order((node) => (master) => (master === 1 && node !== 4 ? "DRAIN" : "UP"))).toEqual([4, 1, 2, 3, 5]);
  });
});

describe("the note of a node", () => {
  const says = (node: number): NodeSays => {
    return (master) => (master === 1 || (master === 2 && node === 5) ? "DOWN" : "UP");
  };
  const restarted = () => {
    const { fleet: six, records } = situation(says);
    const changed = [...records].map(([name, record]) => [name, { ...record, restartedAtMs: nowMs - 9_000 }] as const);
    return textOf(look({ fleet: six, records: new Map(changed) }, usual));
  };

  it("tells what this node alone sees, not what all see", () => {
    expect(textOf(look(situation(says), usual))).toMatch(/> node05 ok .* master-2 down: connection refused/);
  });

  it("tells of a restart only where nothing is wrong that the others do not have", () => {
    expect(restarted()).toMatch(/> node05 ok .* master-2 down: connection refused/);
    expect(restarted()).toMatch(/node01 ok .* restarted 9s ago/);
  });
});

describe("the fleet's screen with mere notes", () => {
  const { fleet: six, records } = situation(() => (master) => (master === 1 ? "DRAIN" : "UP"));
  const changed = [...records].map(([name, record]) => [name, { ...record, restartedAtMs: nowMs - 9_000 }] as const);
  const { lines } = look({ fleet: six, records: new Map(changed) }, usual);

  it("says first how the fleet stands", () => {
    expect(lines.slice(1, 4).map((line) => line.trimEnd())).toEqual([
      "  2 of 3 masters up on all 6 nodes; master-1 drained on all 6 nodes",
      "    HAProxy restarted on 6 nodes (node[01-06]), last 9s ago",
      "    → a restart or reload forgets every drain: look whether one is missing there",
    ]);
  });
});
