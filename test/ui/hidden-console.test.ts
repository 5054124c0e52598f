import { describe, expect, it } from "vitest";
import type { ClusterRow } from "../../src/ui/clusters.ts";
import { type Memory, mergeRemembered, type Remembered, readRemembered } from "../../src/ui/remembered.ts";
import { createFakeOperations, openConsole, planned } from "../support/console.ts";
import { scene } from "../support/scene.ts";
import { situation } from "../support/screens.ts";

const well = situation(() => () => "UP");
const toFr1 = [":", ..."cluster", "space", ..."fr1", "enter"];
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
      clusters: {
        rows: () => ["k8s-de1", "fr1"].map(aCluster),
        go: () => held.console.show(false),
        isGoing: () => false,
      },
    });
    held.console.beginRead();
    expect(held.console.press([...toFr1, ":", "d"])).toEqual([":", "d"]);
  });

  it("leaves them to one that is still being opened, too", () => {
    let isGoing = false;
    const held = openConsole(well, createFakeOperations(), {
      locked: false,
      clusters: {
        rows: () => ["k8s-de1", "fr1"].map(aCluster),
        isGoing: () => isGoing,
        go() {
          isGoing = true;
        },
      },
    });
    expect(held.console.press([...toFr1, "q", "q"])).toEqual(["q", "q"]);
    expect(held.quits()).toBe(0);
    expect(held.console.press(["ctrl-c"])).toEqual([]);
    expect(held.quits()).toBe(1);
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
});

function aCluster(name: string): ClusterRow {
  return { name, file: "", scope: "", isCurrent: false, state: { kind: "closed" } };
}
