import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { type Change, watchChanges } from "../../src/domain/changes.ts";
import type { NodeRecord } from "../../src/domain/fleet.ts";
import { fleetOf } from "../support/fleet.ts";
import { type NodeSays, nowMs, scene } from "../support/scene.ts";

const fleet = fleetOf({ nodes: 2 });
const well: NodeSays = () => "UP";
const masterDown: NodeSays = (master) => (master === 2 ? "DOWN" : "UP");

/** What a watcher tells of one scene after the other. */
function watch(...scenes: readonly ReadonlyMap<string, NodeRecord>[]): readonly (readonly Change[])[] {
  const watcher = watchChanges(401);
  return scenes.map((records) => watcher.look(assess(fleet, records, nowMs)));
}

describe("watchChanges", () => {
  it("tells nothing of the first answers, and nothing while nothing changes", () => {
    const first = scene(fleet, () => well);
    expect(
      watch(
        scene(fleet, () => "silent"),
        first,
        first,
        scene(fleet, () => well),
      ),
    ).toEqual([[], [], [], []]);
  });

  it("tells of every node that sees a master change, with the cause where it is down", () => {
    const [, changes, back] = watch(
      scene(fleet, () => well),
      scene(fleet, (node) => (node === 1 ? masterDown : well)),
      scene(fleet, () => well),
    );
    const change = { kind: "master", master: "master-2", node: "node01" };
    expect(changes).toEqual([{ ...change, from: "up", to: "down", cause: "connection refused" }]);
    expect(back).toEqual([{ ...change, from: "down", to: "up", cause: undefined }]);
  });

  it("tells of a node that is lost, and when it is back of what happened meanwhile", () => {
    const [, lost, stillLost, back] = watch(
      scene(fleet, () => well),
      scene(fleet, (node) => (node === 2 ? { fails: "timeout", detail: "no answer in time" } : well)),
      scene(fleet, (node) => (node === 2 ? { fails: "timeout", detail: "no answer in time" } : well)),
      scene(fleet, () => masterDown),
    );
    expect(lost).toEqual([{ kind: "node", node: "node02", from: "fresh", to: "timeout", cause: "no answer in time" }]);
    expect(stillLost).toEqual([]);
    const seen = { kind: "master", master: "master-2", from: "up", to: "down", cause: "connection refused" };
    expect(back).toEqual([
      { ...seen, node: "node01" },
      { kind: "node", node: "node02", from: "timeout", to: "fresh", cause: undefined },
      { ...seen, node: "node02" },
    ]);
  });

  it("tells of a restart once", () => {
    const restarted = scene(
      fleet,
      () => well,
      (node) => (node === 1 ? { restartedAtMs: nowMs - 100 } : {}),
    );
    expect(
      watch(
        scene(fleet, () => well),
        restarted,
        restarted,
      ),
    ).toEqual([[], [{ kind: "restart", node: "node01" }], []]);
  });

  it("takes a drain for what it is", () => {
    const drained: NodeSays = (master) => (master === 1 ? "DRAIN" : "UP");
    const [, changes] = watch(
      scene(fleet, () => well),
      scene(fleet, (node) => (node === 2 ? drained : well)),
    );
    expect(changes).toEqual([
      { kind: "master", master: "master-1", node: "node02", from: "up", to: "drain", cause: undefined },
    ]);
  });
});
