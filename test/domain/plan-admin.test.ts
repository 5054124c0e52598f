import { describe, expect, it } from "vitest";
import type { PlanRequest } from "../../src/domain/plan.ts";
import { planAdmin } from "../../src/domain/plan-admin.ts";
import type { CellState, NodeView } from "../../src/domain/view.ts";
import { aCell, aDeadNode, aFleetView, aNode, aStatus, BACKEND, MASTERS, type rowOf } from "../support/fleet-view.ts";

const [first, second, third] = MASTERS;

function asking(part: Partial<PlanRequest> = {}): PlanRequest {
  return {
    action: "drain",
    masters: [second],
    nodes: undefined,
    minHealthy: 1,
    strict: false,
    forceLast: [],
    includeBlind: false,
    ...part,
  };
}

const node = (name: string, states?: readonly CellState[], part: Partial<NodeView> = {}) =>
  aNode({ name, ...part }, states);

describe("planAdmin", () => {
  it("takes every node, with what its server line says now", () => {
    const plan = planAdmin(aFleetView(), asking());
    expect(
      plan.steps.map(({ node, backend, server, before, isNeeded }) => [node, backend, server, before, isNeeded]),
    ).toEqual(
      ["node01", "node02", "node03"].map((name) => [
        name,
        BACKEND,
        second,
        { status: "UP", state: "up", sessions: 4 },
        true,
      ]),
    );
    expect([...plan.usableLeft]).toEqual([
      ["node01", 2],
      ["node02", 2],
      ["node03", 2],
    ]);
    expect([plan.sessions, plan.refusals, plan.toType, plan.warnings]).toEqual([12, [], [], []]);
  });

  it("takes only the nodes that are named, and every backend that holds the master", () => {
    const cells = MASTERS.map((master) => {
      const cell = aCell("up", master);
      const [own] = cell.servers;
      if (own === undefined) throw new Error("a cell has a server");
      return { ...cell, servers: [own, { ...own, backend: "other" }] };
    });
    const view = aFleetView({ nodes: [node("node01", undefined, { cells }), node("node02")] });
    const plan = planAdmin(view, asking({ nodes: ["node01"] }));
    expect(plan.steps.map((step) => `${step.node} ${step.backend}/${step.server}`)).toEqual([
      `node01 ${BACKEND}/${second}`,
      `node01 other/${second}`,
    ]);
    expect(plan.warnings).toEqual([`The masters are in 2 backends, and all are changed: ${BACKEND}, other.`]);
  });

  it.each<[string, "drain" | "maint" | "ready" | "shutdown", Parameters<typeof rowOf>, boolean]>([
    ["a drain of a drained one", "drain", ["drain"], false],
    ["a drain of one in MAINT", "drain", ["maint"], true],
    ["a drain of a DOWN one, which may be ready or drained", "drain", ["down"], true],
    [
      "a drain of one whose agent says drain",
      "drain",
      ["drain", { status: aStatus("DRAIN (agent)", { cause: "agent" }) }],
      true,
    ],
    ["a drain of one with weight 0", "drain", ["up", { weight: 0 }], true],
    ["maint of one in MAINT", "maint", ["maint"], false],
    [
      "maint of one that follows another",
      "maint",
      ["maint", { status: aStatus("MAINT (via b/s)", { cause: "via", via: "b/s" }) }],
      true,
    ],
    ["ready of one that is up", "ready", ["up"], false],
    ["ready of a DOWN one", "ready", ["down"], true],
    ["ready of a drained one", "ready", ["drain"], true],
    ["killing where there are sessions", "shutdown", ["up"], true],
    ["killing where there is none", "shutdown", ["up", { sessions: 0 }], false],
    ["killing where nobody counts", "shutdown", ["up", { sessions: undefined }], true],
  ])("says whether %s is needed", (_, action, [state, row], isNeeded) => {
    const cells = MASTERS.map((master) => aCell(state, master, row));
    const other = aNode({ name: "node01", cells: [aCell("up", first), cells[1] ?? aCell(), aCell("up", third)] });
    const plan = planAdmin(aFleetView({ nodes: [other] }), asking({ action }));
    expect(plan.steps.map((step) => step.isNeeded)).toEqual([isNeeded]);
  });

  it("refuses the whole node where too few masters would be left, and goes on with the others", () => {
    const nodes = [node("node01"), node("node02", ["down", "up", "down"])];
    const plan = planAdmin(aFleetView({ nodes }), asking());
    expect(plan.steps.map((step) => step.node)).toEqual(["node01"]);
    expect(plan.refusals.map(({ node, kind, text, steps }) => [node, kind, text, steps.length])).toEqual([
      ["node02", "guard", "would be left with no usable master; at least 1 must stay", 1],
    ]);
  });

  it("refuses everything under strict once one node is refused", () => {
    const nodes = [node("node01"), node("node02", ["down", "up", "down"])];
    const plan = planAdmin(aFleetView({ nodes }), asking({ strict: true }));
    expect([plan.steps, plan.usableLeft.size, plan.sessions]).toEqual([[], 0, 0]);
    expect(plan.refusals.map(({ node, kind }) => [node, kind])).toEqual([
      ["node02", "guard"],
      ["node01", "strict"],
    ]);
  });

  it("notes where a master has no server line, without refusing anything else there", () => {
    const nodes = [node("node01"), node("node02", ["up", "absent", "up"])];
    const plan = planAdmin(aFleetView({ nodes }), asking({ masters: [first, second], strict: true }));
    expect(plan.steps.map((step) => `${step.node} ${step.server}`)).toEqual([
      `node01 ${first}`,
      `node01 ${second}`,
      `node02 ${first}`,
    ]);
    expect(plan.refusals).toEqual([
      { node: "node02", kind: "absent", steps: [], text: `has no server line for ${second}` },
    ]);
  });

  it("leaves a node alone that cannot be seen, whatever the action", () => {
    for (const action of ["drain", "maint", "ready", "shutdown"] as const) {
      const plan = planAdmin(
        aFleetView({ nodes: [node("node01"), aDeadNode({ name: "node04" })] }),
        asking({ action }),
      );
      expect(plan.steps.every((step) => step.node === "node01")).toBe(true);
      expect(plan.refusals.map(({ node, kind }) => [node, kind])).toEqual([["node04", "blind"]]);
      expect(plan.warnings).toContain("node04 cannot be seen now and will not be changed.");
    }
  });

  it("acts on unseen nodes when told to, by the backends that the others show, and wants the name typed", () => {
    const view = aFleetView({ nodes: [node("node01"), aDeadNode({ name: "node04" })] });
    const plan = planAdmin(view, asking({ includeBlind: true }));
    expect(plan.steps.map(({ node, backend, before }) => [node, backend, before?.status])).toEqual([
      ["node01", BACKEND, "UP"],
      ["node04", BACKEND, undefined],
    ]);
    expect(plan.toType).toEqual([second]);
    expect([...plan.usableLeft.keys()]).toEqual(["node01"]);
    expect(plan.warnings).toEqual(["node04 cannot be seen now and will be changed unseen, without a guard."]);
  });

  it("names the fleet's own backend where no node answers at all", () => {
    const view = aFleetView({ nodes: [aDeadNode({ name: "node04" })] });
    expect(planAdmin(view, asking({ includeBlind: true })).refusals[0]?.text).toBe(
      "it has not answered, so its backends are not known",
    );
    expect(planAdmin(view, asking({ includeBlind: true, backend: BACKEND })).steps[0]).toMatchObject({
      node: "node04",
      backend: BACKEND,
      server: second,
      isNeeded: true,
    });
  });

  it("wants the names typed for two masters, and for one whose going leaves a node with one", () => {
    const four = aFleetView();
    expect(planAdmin(four, asking({ masters: [first, second] })).toType).toEqual([first, second]);
    const left = aFleetView({ nodes: [node("node01"), node("node02", ["up", "up", "down"])] });
    expect(planAdmin(left, asking()).toType).toEqual([second]);
    expect(planAdmin(left, asking({ action: "shutdown" })).toType).toEqual([]);
    expect(planAdmin(left, asking({ action: "ready", masters: [first, second] })).toType).toEqual([]);
    expect(planAdmin(left, asking({ action: "shutdown", masters: [first, second] })).toType).toEqual([first, second]);
  });

  it("plans one master once, however often it is named, and keeps the caller's notes", () => {
    const plan = planAdmin(aFleetView(), asking({ masters: [second, second] }), ["ops is draining master-1."]);
    expect(plan.steps).toHaveLength(3);
    expect(plan.warnings).toEqual(["ops is draining master-1."]);
  });
});
