import { describe, expect, it } from "vitest";
import { guardNode, usableLeft } from "../../src/domain/guard.ts";
import type { PlanRequest } from "../../src/domain/plan.ts";
import type { CellState, NodeView } from "../../src/domain/view.ts";
import { aCell, aDeadNode, aNode, MASTERS } from "../support/fleet-view.ts";
import { aStep } from "../support/plan.ts";

const [first, second] = MASTERS;

function request(part: Partial<PlanRequest> = {}): PlanRequest {
  const flags = { minHealthy: 1, strict: false, forceLast: [], includeBlind: false };
  return { action: "drain", masters: [second], nodes: undefined, ...flags, ...part };
}

const steps = [aStep({ server: second })];
const kindOf = (states: readonly CellState[], part: Partial<PlanRequest> = {}, own = steps) =>
  guardNode(aNode({}, states), own, request(part))?.kind;

describe("guardNode", () => {
  it.each<[string, readonly CellState[], Partial<PlanRequest>, string | undefined]>([
    ["two are left", ["up", "up", "up"], {}, undefined],
    ["one is left", ["down", "up", "up"], {}, undefined],
    ["none is left", ["down", "up", "maint"], {}, "guard"],
    ["two must stay and one is left", ["down", "up", "up"], { minHealthy: 2 }, "guard"],
    ["none must stay", ["down", "up", "down"], { minHealthy: 0 }, undefined],
    ["none is left, but the master is named", ["down", "up", "down"], { forceLast: [second] }, undefined],
    ["none is left, and another master is named", ["down", "up", "down"], { forceLast: [first] }, "guard"],
    ["the drained one is DOWN anyway and nobody else serves", ["down", "down", "down"], {}, "guard"],
  ])("judges a node where %s", (_, states, part, kind) => {
    expect(kindOf(states, part)).toBe(kind);
  });

  it("wants every master that is taken out to be named", () => {
    const both = [aStep({ server: first, master: first }), aStep({ server: second })];
    const states: CellState[] = ["up", "up", "down"];
    expect(kindOf(states, { forceLast: [second] }, both)).toBe("guard");
    expect(kindOf(states, { forceLast: [first, second] }, both)).toBeUndefined();
  });

  it("never guards enabling and killing on a node that is seen", () => {
    const states: CellState[] = ["down", "up", "down"];
    expect(kindOf(states, { action: "ready" }, [aStep({ action: "ready" })])).toBeUndefined();
    expect(kindOf(states, { action: "shutdown" }, [aStep({ action: "shutdown" })])).toBeUndefined();
  });

  it("lets pass where nothing is needed", () => {
    expect(kindOf(["down", "drain", "down"], {}, [aStep({ isNeeded: false })])).toBeUndefined();
  });

  it("is blind without a fresh view, unless it was told to act unseen", () => {
    const unseen: readonly (readonly [NodeView, string])[] = [
      [aDeadNode(), "nobody knows what it has now: connection refused"],
      [aNode({ state: "pending", ageMs: undefined }), "it has not answered yet, so nobody knows what it has"],
      [aNode({ state: "stale", ageMs: 9_000 }), "its last answer is 9s old, so nobody knows what it has now"],
    ];
    for (const [node, text] of unseen) {
      expect(guardNode(node, steps, request())).toMatchObject({ kind: "blind", text });
      expect(guardNode(node, steps, request({ includeBlind: true }))).toBeUndefined();
    }
  });

  it("takes the worst of the backends that are touched, and no other", () => {
    const cells = MASTERS.map((master) => {
      const cell = aCell("up", master);
      const [own] = cell.servers;
      if (own === undefined) throw new Error("a cell has a server");
      return { ...cell, servers: master === second ? [own, { ...own, backend: "small" }] : [own] };
    });
    const node = aNode({ cells });
    expect(usableLeft(node, steps)).toBe(2);
    expect(guardNode(node, steps, request())).toBeUndefined();
    const both = [...steps, aStep({ server: second, backend: "small" })];
    expect(usableLeft(node, both)).toBe(0);
    expect(guardNode(node, both, request())).toMatchObject({ kind: "guard", steps: both });
  });
});
