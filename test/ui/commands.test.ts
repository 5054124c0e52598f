import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Remembered } from "../../src/ui/remembered.ts";
import { armed, createFakeOperations, dialogOf, type HeldConsole, openConsole } from "../support/console.ts";
import { situation } from "../support/screens.ts";

const healthy = situation(() => () => "UP");

/** A command, typed and sent off. */
function command(held: HeldConsole, text: string): void {
  held.type(`:${text}`);
  held.press("enter");
}

/** The first line, and the row under the cursor. */
function seen(held: HeldConsole): string {
  const lines = held.text().split("\n");
  return [lines[0] ?? "", lines.find((line) => line.startsWith(">")) ?? ""].map((line) => line.slice(0, 40)).join("\n");
}

describe("a command that shows something", () => {
  it("opens a node or a master above the fleet, wherever it is typed", () => {
    const held = openConsole(healthy, undefined);
    command(held, "master 2");
    expect(seen(held)).toMatch(/^k8s-de1 › master-2 /);
    command(held, "events");
    command(held, "node node03");
    command(held, "node node03");
    expect(seen(held)).toMatch(/^k8s-de1 › node03 /);
    held.press("esc");
    expect(seen(held)).toMatch(/^✓ OK {2}k8s-de1/);
  });

  it("goes to the masters and the nodes", () => {
    const held = openConsole(healthy, undefined);
    command(held, "masters");
    expect(seen(held)).toMatch(/\n> +1 /);
    command(held, "problems");
    command(held, "nodes");
    expect(seen(held)).toMatch(/^✓ OK.*\n> node01/s);
  });

  it("sorts, filters and groups what is on the screen", () => {
    const held = openConsole(healthy, undefined);
    command(held, "sort node reverse");
    held.press("g");
    expect(seen(held)).toMatch(/\n> node06/);
    command(held, "filter node0[12]");
    expect(held.bar()).toContain("/node0[12] 2 of 6");
    command(held, "filter");
    command(held, "events");
    command(held, "group site");
    expect(held.text()).toMatch(/── nodes by site.*\n.*\n> +a /u);
    command(held, "group none");
    expect(held.text()).not.toContain("nodes by site");
  });

  it("says where a matrix is not, and what a mistake should have been", () => {
    const held = openConsole(healthy, undefined);
    command(held, "matrix sessions");
    expect(held.text()).toContain("nodes: sessions");
    command(held, "events");
    command(held, "matrix state");
    expect(held.bar()).toBe("The matrix is on the first screen, and wherever nodes are listed.");
    command(held, "sotr node");
    expect(held.text()).toContain('No command "sotr"; did you mean "sort"?');
  });

  it("freezes the screen, and lets it go on", () => {
    const held = openConsole(healthy, undefined);
    command(held, "freeze");
    expect(held.bar()).toContain("PAUSED");
    command(held, "freeze");
    expect(held.bar()).not.toContain("PAUSED");
  });

  it("leaves", () => {
    const held = openConsole(healthy, undefined);
    command(held, "quit");
    expect(held.quits()).toBe(1);
  });
});

describe("a command that acts", () => {
  it("opens the plan and sends nothing; the plan is confirmed as ever", () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    armed(held);
    command(held, "drain 2 3 on node0[1-2]");
    expect(operations.asked).toMatchObject([
      { action: "drain", masters: ["master-2", "master-3"], nodes: ["node01", "node02"], forceLast: [], strict: false },
    ]);
    expect(held.text()).toMatch(/── plan.*DRAIN master-2 and master-3/su);
    expect(operations.runs).toEqual([]);
    held.press("enter");
    expect(held.bar()).toBe("Nothing was sent.");
    command(held, "enable master-1");
    held.press("y", "enter");
    expect(operations.runs.map(({ plan }) => [plan.action, plan.masters])).toEqual([["ready", ["master-1"]]]);
  });

  it("takes nothing for an answer that was typed ahead of the plan", () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    armed(held);
    held.press(":");
    held.console.press([..."drain", "space", "2", "enter", "y", "enter"]);
    expect(held.text()).toContain("> answer: _");
    expect(operations.runs).toEqual([]);
  });

  it("says how to unlock while it is locked, and that it is read-only where it is", () => {
    const operations = createFakeOperations();
    const locked = openConsole(healthy, operations);
    command(locked, "drain 2");
    expect(locked.bar()).toBe("Locked. Type :arm and Enter to unlock for 5 minutes.");
    expect(operations.asked).toEqual([]);
    const readOnly = openConsole(healthy, undefined, { locked: false });
    command(readOnly, "drain 2");
    expect(readOnly.bar()).toBe("Read-only: nothing can be changed from here.");
    readOnly.type(":dr");
    expect(readOnly.bar()).toContain("no command fits");
  });

  it("is about nobody where a master is unknown, also among others", () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations, { locked: false });
    command(held, "kill-sessions 2 mastr-1");
    expect(dialogOf(held, "There is no")).toBe(
      'There is no master "mastr-1"; did you mean "master-1"? Expected: master-1,\nmaster-2, master-3.',
    );
    expect(operations.asked).toEqual([]);
  });

  it("runs nothing, whatever is pasted into the line and sent off", () => {
    const operations = createFakeOperations();
    const words = fc.constantFrom("drain", "kill-sessions", "2", "on", "node01", "y\r", "\u001b[200~", "\u0003", "q");
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({ unit: "binary" }))), (parts) => {
        const held = openConsole(healthy, operations, { locked: false });
        held.press(":");
        held.console.paste(parts.join(" "));
        held.press("tab", "enter");
        held.console.paste("y\r\n");
        expect(operations.runs).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe("what was typed before", () => {
  it("is remembered when it changes, and there again the next time", () => {
    const kept: Remembered[] = [];
    const recalled = { commands: ["nodes"], filters: ["node01"] };
    const held = openConsole(healthy, undefined, { memory: { recalled, keep: (change) => kept.push(change) } });
    held.press(":", "up");
    expect(held.bar()).toMatch(/^:nodes_/);
    held.press("enter", "/", "up");
    expect(held.bar()).toMatch(/^\/node01_/);
    held.press("esc");
    command(held, "masters");
    held.type("/node02");
    held.press("enter");
    expect(kept).toEqual([{ commands: ["nodes", "masters"] }, { filters: ["node01", "node02"] }]);
  });

  it("comes back in its own kind of line, unless it was dropped", () => {
    const held = openConsole(healthy, undefined);
    command(held, "nodes");
    command(held, "sotr");
    held.type(":masters");
    held.press("esc");
    held.type("/node01");
    held.press("enter");
    held.type("/2");
    held.press("esc");
    held.press("/", "up");
    expect(held.bar()).toMatch(/^\/node01_ +1 of 6/);
    held.press("down");
    expect(held.bar()).toMatch(/^\/_ +6 of 6/);
    held.press("esc", ":", "up");
    expect(held.bar()).toMatch(/^:sotr_/);
    held.press("up", "up");
    expect(held.bar()).toMatch(/^:nodes_/);
  });
});
