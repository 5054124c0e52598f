import { describe, expect, it } from "vitest";
import { formatPlan, type PlanFrame, planSummary } from "../../src/output/admin-plan.ts";
import { ASCII_GLYPHS, UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import type { Style } from "../../src/output/style.ts";
import { MASTERS } from "../support/fleet-view.ts";
import { aPlan, aRefusal, aStep } from "../support/plan.ts";

const style: Style = { colour: false, glyphs: UTF8_GLYPHS, columns: undefined, headers: true, expect: 401 };
const frame: PlanFrame = { masters: MASTERS, minHealthy: 1 };
const down = { status: "DOWN", state: "down", sessions: 0 } as const;

describe("planSummary", () => {
  it("says what happens to whom, on how many nodes, and what is left", () => {
    expect(planSummary(aPlan(), frame)).toBe(
      "DRAIN k8s-de1-master-2 on 3 nodes, 12 sessions, leaves 2 of 3 everywhere",
    );
  });

  it("names the worst and the best node where they differ", () => {
    const usableLeft = new Map([
      ["node01", 1],
      ["node02", 2],
    ]);
    expect(planSummary(aPlan({ usableLeft }), frame)).toContain("leaves 1 of 3 on the worst node, 2 on the best");
  });

  it("says nothing of what is left where nothing is taken away", () => {
    const plan = aPlan({ action: "ready", masters: [MASTERS[0], MASTERS[1]] });
    expect(planSummary(plan, frame)).toBe("ENABLE k8s-de1-master-1 and k8s-de1-master-2 on 3 nodes");
  });

  it("says at least where a node has not been seen, and that nothing is to do where it is so", () => {
    const steps = [aStep(), aStep({ node: "node02", before: undefined })];
    expect(planSummary(aPlan({ steps }), frame)).toContain("on 2 nodes, at least 4 sessions");
    expect(planSummary(aPlan({ steps: [aStep({ isNeeded: false })] }), frame)).toBe(
      "DRAIN k8s-de1-master-2: nothing to do",
    );
  });
});

describe("planSummary of two stages", () => {
  it("says that sessions will be closed, also where the first stage has nothing to do", () => {
    const twice = { ...frame, afterwards: "closes what sessions are left after 1m" };
    expect(planSummary(aPlan(), twice)).toMatch(/everywhere, then closes what sessions are left after 1m$/);
    expect(planSummary(aPlan({ steps: [aStep({ isNeeded: false })] }), twice)).toBe(
      "DRAIN k8s-de1-master-2: nothing to do, then closes what sessions are left after 1m",
    );
  });

  it("says on how many nodes everything is refused", () => {
    expect(planSummary(aPlan({ steps: [], refusals: [aRefusal()] }), frame)).toBe(
      "DRAIN k8s-de1-master-2: refused on 1 node, so nothing will be sent",
    );
  });
});

describe("formatPlan", () => {
  const plan = aPlan({
    steps: [
      aStep(),
      aStep({ node: "node02" }),
      aStep({ node: "node03", before: down, warnings: ["is DOWN there, so a drain will not show"] }),
      aStep({ node: "node04", before: { status: "DRAIN", state: "drain", sessions: 1 }, isNeeded: false }),
      aStep({ node: "node05", before: undefined }),
    ],
    refusals: [
      aRefusal({ node: "node08" }),
      aRefusal({ node: "node09" }),
      aRefusal({ node: "node07", kind: "blind", text: "does not answer: connection refused" }),
    ],
    warnings: ["another drain of k8s-de1-master-1 was begun 40 s ago by ops"],
  });

  it("gives nodes alike one row, then refusals and warnings, each with its nodes", () => {
    expect(`\n${formatPlan(plan, frame, style)}`).toMatchInlineSnapshot(`
      "
      DRAIN k8s-de1-master-2 on 4 nodes, at least 9 sessions, leaves 2 of 3 everywhere

      NODES        SERVER            BACKEND           NOW        THEN       SESSIONS  USABLE LEFT
      node[01-02]  k8s-de1-master-2  k8s-de1-kube-api  UP         DRAIN             8            2
      node03       k8s-de1-master-2  k8s-de1-kube-api  DOWN       DRAIN             0            2
      node04       k8s-de1-master-2  k8s-de1-kube-api  DRAIN      unchanged         1            -
      node05       k8s-de1-master-2  k8s-de1-kube-api  not known  DRAIN             -            2

      ✗ not on node[08-09]: would keep no usable master
      ✗ not on node07: does not answer: connection refused

      ! another drain of k8s-de1-master-1 was begun 40 s ago by ops
      ! on node03 (1 of 5 nodes), master-2 is DOWN there, so a drain will not show
      "
    `);
  });

  it("keeps to the width of the terminal in ASCII and loses no refusal", () => {
    const text = formatPlan(plan, frame, { ...style, glyphs: ASCII_GLYPHS, columns: 60 });
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(text.replace(/\s+/g, " ")).toContain("not on node[08-09]: would keep no usable master");
  });

  it("says once what is true of all nodes", () => {
    const warnings = ["keeps its sessions until they end"];
    const steps = ["node01", "node02"].map((node) => aStep({ node, warnings }));
    expect(formatPlan(aPlan({ steps }), frame, style)).toContain(
      "! on all 2 nodes, master-2 keeps its sessions until they end\n",
    );
  });
});
