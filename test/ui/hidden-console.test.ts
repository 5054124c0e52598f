import { describe, expect, it } from "vitest";
import type { ClusterRow } from "../../src/ui/clusters.ts";
import { type Memory, mergeRemembered, type Remembered, readRemembered } from "../../src/ui/remembered.ts";
import { createFakeOperations, openConsole, planned } from "../support/console.ts";
import { scene } from "../support/scene.ts";
import { situation } from "../support/screens.ts";

const well = situation(() => () => "UP");
const masterDown = scene(well.fleet, () => (master) => (master === 2 ? "DOWN" : "UP"));

describe("a console that was hidden and is shown again", () => {
  it("goes on to draw what happens, also where a frame was waiting for its turn when it was hidden", async () => {
    const { clock, console, see, text } = openConsole(well, undefined);
    await clock.advance(2_000);
    see(well.records);
    console.show(false);
    await clock.advance(3_000);
    console.show(true);
    see(masterDown);
    await clock.advance(1_500);
    expect(text()).toContain("connection refused");
  });

  it("takes no key for an answer to a plan that came in one read with the way back to it", () => {
    const operations = createFakeOperations();
    const held = openConsole(well, operations);
    planned(held);
    held.console.beginRead();
    held.console.show(false);
    held.console.show(true);
    held.console.press(["y", "enter"]);
    expect(operations.runs).toEqual([]);
    held.press("y", "enter");
    expect(operations.runs).toHaveLength(1);
  });

  it("leaves the keys behind the one that led away to the console that is shown then", () => {
    const operations = createFakeOperations();
    const held = openConsole(well, operations, {
      locked: false,
      clusters: { rows: () => ["k8s-de1", "fr1"].map(aCluster), go: () => held.console.show(false) },
    });
    const ahead = [..."drain"];
    held.console.beginRead();
    expect(held.console.press([":", ..."cluster", "space", ..."fr1", "enter", ":", ...ahead])).toEqual([":", ...ahead]);
  });

  it("has what was chosen on another one meanwhile, and keeps none of that anew", () => {
    const kept: Remembered[] = [];
    let recalled: Remembered = {};
    const memory: Memory = {
      get recalled() {
        return recalled;
      },
      keep(change) {
        kept.push(change);
        recalled = readRemembered(mergeRemembered(recalled, change));
      },
    };
    const [first, second] = [openConsole(well, undefined, { memory }), openConsole(well, undefined, { memory })];
    second.console.show(false);
    first.press("m", ":");
    first.type("sort node");
    first.press("enter");
    second.console.show(true);
    expect(second.text()).toContain("time of the last check");
    expect(second.text()).toContain("NODE▾");
    second.press(":", "up");
    expect(second.bar()).toContain(":sort node_");
    expect(kept).toEqual([
      { matrix: "check" },
      { commands: ["sort node"] },
      { sort: { nodes: { column: "node", reverse: false } } },
    ]);
  });

  it("is at rest but for a dialog and a line that is typed into", () => {
    const held = openConsole(well, createFakeOperations(), { locked: false });
    const isAtRest = (...keys: readonly string[]) => {
      held.press(...keys);
      return held.console.isAtRest();
    };
    expect([isAtRest(), isAtRest(":"), isAtRest("esc"), isAtRest("?"), isAtRest("esc"), isAtRest("a")]).toEqual([
      ...[true, false, true, true, true, false],
    ]);
  });
});

function aCluster(name: string): ClusterRow {
  return { name, file: "", scope: "", isCurrent: false, state: { kind: "closed" } };
}
