import { describe, expect, it } from "vitest";
import { armed, createFakeOperations, dialogOf, openConsole, planned } from "../support/console.ts";
import { aPlan, aRefusal, aStep } from "../support/plan.ts";
import { situation, small } from "../support/screens.ts";

const healthy = situation(() => () => "UP");

describe("the plan", () => {
  const refused = aPlan({
    steps: [aStep({ node: "node01" }), aStep({ node: "node02", warnings: ["is DOWN, so a drain will not show"] })],
    refusals: [aRefusal({ node: "node03", text: "would keep no usable master; --force-last passes that" })],
    warnings: ["1 node does not answer: node04"],
  });

  it("is shown whole with its refusals before anything is asked", () => {
    const held = openConsole(
      healthy,
      createFakeOperations(() => refused),
    );
    planned(held);
    expect(dialogOf(held, "plan")).toMatchInlineSnapshot(`
      "── plan ────────────────────────────────────────────────────────────────────────
        DRAIN k8s-de1-master-2 on 2 nodes, 8 sessions, leaves 2 of 3 everywhere

        NODES        SERVER            NOW  THEN   SESSIONS  USABLE LEFT
        node[01-02]  k8s-de1-master-2  UP   DRAIN         8            2

        ✗ not on node03: would keep no usable master; --force-last passes that

        ! 1 node does not answer: node04
        ! on node02 (1 of 2 nodes), k8s-de1-master-2 is DOWN, so a drain will not show

        Type y and Enter to go on. Enter alone sends nothing.
      > answer: _
        reason (optional, Tab):
      ARMED 5:00  6/6 fresh, age <1s  every 2s"
    `);
  });

  it("scrolls where it is longer than its window", () => {
    const held = openConsole(
      healthy,
      createFakeOperations(() => refused),
      { size: small },
    );
    planned(held);
    expect(dialogOf(held, "plan")).toMatchInlineSnapshot(`
      "── plan, 1-6 of 12 ─────────────────────────────────────────
        DRAIN k8s-de1-master-2 on 2 nodes, 8 sessions, leaves 2 of
          3 everywhere

        NODES        SERVER            NOW  THEN   SESSIONS  USAB…
        node[01-02]  k8s-de1-master-2  UP   DRAIN         8      2

        Type y and Enter to go on. Enter alone sends nothing.
      > answer: _
        reason (optional, Tab):
      ARMED 5:00  6/6 fresh, age <1s  every 2s"
    `);
    held.press("pagedown", "pagedown", "pagedown");
    expect(dialogOf(held, "plan")).toMatchInlineSnapshot(`
      "── plan, 7-12 of 12 ────────────────────────────────────────
        ✗ not on node03: would keep no usable master; --force-last
          passes that

        ! 1 node does not answer: node04
        ! on node02 (1 of 2 nodes), k8s-de1-master-2 is DOWN, so a
          drain will not show
        Type y and Enter to go on. Enter alone sends nothing.
      > answer: _
        reason (optional, Tab):
      ARMED 5:00  6/6 fresh, age <1s  every 2s"
    `);
  });

  it("is not run by Enter alone, by Esc, or by any other word", () => {
    const operations = createFakeOperations();
    for (const keys of [["enter"], ["esc"], ["n", "enter"], ["x", "enter", "enter"], ["tab", "y", "enter", "enter"]]) {
      const held = openConsole(healthy, operations);
      planned(held);
      held.press(...keys);
      expect(held.bar()).toBe("Nothing was sent.");
    }
    expect(operations.runs).toEqual([]);
  });

  it("is run once by y and Enter, with the reason that was given", () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    planned(held);
    held.press("tab");
    held.type("new kernel");
    held.press("enter", "y", "enter", "enter", "y", "enter");
    expect(operations.runs.map(({ options }) => options.reason)).toEqual(["new kernel"]);
  });

  it("wants the name typed where the plan says so", () => {
    const operations = createFakeOperations(() => aPlan({ toType: ["k8s-de1-master-2"] }));
    const held = openConsole(healthy, operations);
    planned(held);
    held.type("y");
    held.press("enter");
    held.type("master-2");
    held.press("enter");
    expect(dialogOf(held, "plan")).toMatchInlineSnapshot(`
      "── plan ────────────────────────────────────────────────────────────────────────
        DRAIN k8s-de1-master-2 on 3 nodes, 12 sessions, leaves 2 of 3 everywhere

        NODES        SERVER            NOW  THEN   SESSIONS  USABLE LEFT
        node[01-03]  k8s-de1-master-2  UP   DRAIN        12            2

        "master-2" is not what was asked for. Type k8s-de1-master-2 and Enter to go
        on.
      > answer: _
        reason (optional, Tab):
      ARMED 5:00  6/6 fresh, age <1s  every 2s"
    `);
    expect(operations.runs).toEqual([]);
    held.type("k8s-de1-master-2");
    held.press("enter");
    expect(operations.runs).toHaveLength(1);
  });

  it("takes no answer that was typed before it was on the screen", () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    armed(held);
    held.console.beginRead();
    held.console.press(["shift-tab", "a", "enter", "y", "enter"]);
    // An arrow among them parts what came at once into several pieces.
    held.console.press(["down"]);
    held.console.press(["y", "enter"]);
    expect(operations.runs).toEqual([]);
    expect(held.text()).toContain("answer: _");
    held.console.beginRead();
    held.console.press(["y", "enter"]);
    expect(operations.runs).toHaveLength(1);
  });

  it("cannot be confirmed in a window that is too small to show it", () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    planned(held);
    held.console.resize({ columns: 50, rows: 10 });
    held.press("y", "enter");
    expect(operations.runs).toEqual([]);
  });

  it("asks nothing where nothing would be sent", () => {
    const operations = createFakeOperations(() => aPlan({ steps: [aStep({ isNeeded: false })] }));
    const held = openConsole(healthy, operations);
    planned(held);
    expect(held.text()).toContain("Nothing would be sent.");
    held.press("y", "enter");
    expect(operations.runs).toEqual([]);
  });
});
