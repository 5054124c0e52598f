import { describe, expect, it } from "vitest";
import type { MouseReport } from "../../src/ui/input-filter.ts";
import { armed, createFakeOperations, dialogOf, type HeldConsole, openConsole, planned } from "../support/console.ts";
import { aPlan } from "../support/plan.ts";
import { large, situation } from "../support/screens.ts";

const healthy = situation(() => () => "UP", 40);
const oneDown = situation(
  (node) => (master) => (master === 2 ? "DOWN" : node === 5 && master === 1 ? "DRAIN" : "UP"),
  9,
);

/** The row of the screen that this stands on, and its column. */
function placeOf(held: HeldConsole, text: string): Pick<MouseReport, "column" | "row"> {
  const lines = held.console.lines();
  const row = lines.findIndex((line) => line.includes(text));
  return { row, column: lines[row]?.indexOf(text) ?? 0 };
}

function click(held: HeldConsole, text: string, button = 0): void {
  const at = { button, ...placeOf(held, text) };
  held.console.mouse([
    { ...at, isRelease: false },
    { ...at, isRelease: true },
  ]);
}

function wheel(held: HeldConsole, text: string, way: "up" | "down", times = 1): void {
  const report = { button: way === "up" ? 64 : 65, ...placeOf(held, text), isRelease: false };
  held.console.mouse(Array.from({ length: times }, () => report));
}

function cursorLine(held: HeldConsole): string {
  return held.text().match(/^>.*/m)?.[0] ?? "";
}

const open = (where = healthy) => openConsole(where, undefined);

describe("a click", () => {
  it("puts the cursor on the row, also in another list", () => {
    const held = open();
    click(held, "node07");
    expect(cursorLine(held)).toContain("> node07");
    click(held, "  3      ✓ up");
    expect(cursorLine(held)).toContain("> 3      ✓ up");
  });

  it("opens the row that has the cursor, and one of a page too", () => {
    const held = open();
    click(held, "node01");
    expect(held.text()).toMatch(/^k8s-de1 › node01/);
    held.press("esc");
    click(held, "node07");
    expect(held.text()).not.toContain("› node07");
    click(held, "node07");
    expect(held.text()).toMatch(/^k8s-de1 › node07/);
    held.press("esc");
    click(held, "  2      ✓ up");
    click(held, "> 2      ✓ up");
    expect(held.text()).toMatch(/^k8s-de1 › master-2/);
    click(held, "  node03");
    click(held, "> node03");
    expect(held.text()).toMatch(/^k8s-de1 › master-2 › node03/);
  });

  it("twice in a moment opens what was there before the first, though that moved the rows", async () => {
    const held = open(oneDown);
    const { row } = placeOf(held, "master-1 is drained");
    const one = { button: 0, column: 10, row, isRelease: false };
    held.console.mouse([one]);
    expect(placeOf(held, "master-1 is drained").row).not.toBe(row);
    await held.clock.advance(300);
    held.console.mouse([one]);
    expect(held.text()).toMatch(/^k8s-de1 › [\s\S]*master-1 is drained/);
  });

  it("on a title sorts by its column, again the other way round, and leaves the cursor on its row", () => {
    const held = open();
    click(held, "  node03");
    click(held, "NODE");
    expect(held.text()).toContain("NODE▾");
    click(held, "NODE▾");
    expect(held.text()).toContain("NODE▴");
    expect(cursorLine(held)).toContain("> node03");
    click(held, "VERDICT");
    expect(held.text()).toContain("VERDICT▾");
    expect(held.text()).toContain("NODE▴");
  });

  it.each(["q quit", "k3s-lb top", "── nodes", "all 3 masters up"])("on %j does nothing", (text) => {
    const held = open();
    const before = held.text();
    click(held, text);
    click(held, text);
    expect([held.text(), held.quits()]).toEqual([before, 0]);
  });

  it.each([1, 2, 4, 16, 32, 35, 66, 128])("of button %i does nothing", (button) => {
    const held = open();
    const before = held.text();
    click(held, "node07", button);
    expect(held.text()).toBe(before);
  });

  it("does nothing in the help and while a line is typed", () => {
    const held = open();
    for (const key of ["?", "/", ":"]) {
      held.press(key);
      const before = held.text();
      for (const row of held.console.lines().keys()) {
        held.console.mouse([{ button: 0, column: 4, row, isRelease: false }]);
      }
      expect(held.text()).toBe(before);
      held.press("esc");
    }
  });
});

describe("the wheel", () => {
  it("moves by three rows in the list under the pointer, and stops at its ends", () => {
    const held = open();
    wheel(held, "node02", "down");
    expect(cursorLine(held)).toContain("> node04");
    wheel(held, "MASTER", "down");
    expect(cursorLine(held)).toContain("> 3      ✓ up");
    wheel(held, "── nodes", "down", 50);
    expect(cursorLine(held)).toContain("> node40");
    wheel(held, "node39", "up", 2);
    expect(cursorLine(held)).toContain("> node34");
  });

  it("works in the room under a list, and on the words above the one of a page", () => {
    const held = openConsole(oneDown, undefined, { size: large });
    held.console.mouse([{ button: 65, column: 0, row: 45, isRelease: false }]);
    expect(held.text()).toContain("> node03"); // Worst first: node05, node01, node02, node03.
    held.press("shift-tab", "enter");
    held.console.mouse([{ button: 65, column: 0, row: 1, isRelease: false }]);
    expect(placeOf(held, "> ").row - placeOf(held, "NODE").row).toBe(4);
  });

  it("scrolls the help", () => {
    const held = open();
    held.press("?");
    wheel(held, "Move", "down");
    expect(held.text()).toMatch(/^ {2}j, Down/);
    wheel(held, "k, Up", "up", 9);
    expect(held.text()).toMatch(/^Keys of k3s-lb top/);
  });
});

describe("a dialog", () => {
  /** A click on every cell of the screen, and on some twice. */
  function clickEverywhere({ console }: HeldConsole): void {
    for (const row of console.lines().keys()) {
      for (let column = 0; column < 80; column += 3) {
        const at = { button: 0, column, row };
        console.mouse([
          { ...at, isRelease: false },
          { ...at, isRelease: true },
          { ...at, isRelease: false },
        ]);
      }
    }
  }

  it("takes no click for an answer, a choice or a leave", () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    armed(held);
    held.press("shift-tab", "a");
    for (const keys of [[], ["esc", "tab", "a", "enter"], ["enter"], ["y"]]) {
      held.press(...keys);
      const before = held.text();
      clickEverywhere(held);
      expect(held.text()).toBe(before);
    }
    expect(held.text()).toContain("> answer: y_");
    expect(operations.runs).toHaveLength(0);
  });

  it("is scrolled by the wheel where it has a text", () => {
    const warnings = Array.from({ length: 30 }, (_, index) => `warning ${index}`);
    const held = openConsole(
      healthy,
      createFakeOperations(() => aPlan({ warnings })),
    );
    planned(held);
    expect(held.text()).toMatch(/── plan, 1-\d+ of/);
    wheel(held, "k3s-lb top", "down");
    expect(held.text()).toMatch(/── plan, 4-\d+ of/);
    wheel(held, "answer", "up", 2);
    expect(held.text()).toMatch(/── plan, 1-\d+ of/);
  });

  it("keeps its choice under the wheel", () => {
    const held = openConsole(healthy, createFakeOperations());
    armed(held);
    held.press("shift-tab", "a");
    const before = held.text();
    wheel(held, "maint", "down");
    expect(held.text()).toBe(before);
  });

  it("is not ended by a click while something runs, nor its outcome put away", async () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    planned(held);
    held.type("y");
    held.press("enter");
    clickEverywhere(held);
    expect(held.text()).toContain("running");
    await operations.runs[0]?.end();
    await held.clock.advance(100);
    clickEverywhere(held);
    expect(dialogOf(held, "outcome")).toContain("closes");
  });
});
