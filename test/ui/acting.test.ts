import { describe, expect, it } from "vitest";
import { armed, createFakeOperations, dialogOf, openConsole, planned } from "../support/console.ts";
import { situation, small } from "../support/screens.ts";

const healthy = situation(() => () => "UP");

describe("the lock", () => {
  it("says how to unlock, and asks nothing of anybody", () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations, { size: small });
    held.press("shift-tab", "a", "enter", "y", "enter");
    held.press("a");
    expect(held.bar()).toMatchInlineSnapshot(`"Locked. Type :arm and Enter to unlock for 5 minutes."`);
    expect(operations.asked).toEqual([]);
  });

  it("says first where there is nothing to act on, as unlocking would not help there", () => {
    const held = openConsole(healthy, createFakeOperations());
    held.press("e", "a");
    expect(held.bar()).toBe("Nothing to act on here: go to the masters or nodes. And locked: :arm unlocks.");
    armed(held);
    held.press("a");
    expect(held.bar()).toBe("Actions are about masters: go to the masters or the nodes first.");
    const reading = openConsole(healthy, undefined);
    reading.press("e", "a");
    expect(reading.bar()).toBe("Read-only: nothing can be changed from here.");
  });

  it("is opened by :arm for five minutes, which are counted down", async () => {
    const held = openConsole(healthy, createFakeOperations());
    armed(held);
    expect(held.bar()).toMatchInlineSnapshot(
      `"ARMED 5:00  6/6 fresh, age <1s  every 2s       Enter open  a act  ? help  q quit"`,
    );
    await held.clock.advance(4 * 60_000 + 58_000);
    expect(held.bar()).toContain("ARMED 0:02");
    await held.clock.advance(3_000);
    expect(held.bar()).not.toContain("ARMED");
    held.press("a");
    expect(held.bar()).toContain("Locked.");
  });

  it("is opened for as long as asked, and closed by :disarm", () => {
    const held = openConsole(healthy, createFakeOperations());
    held.type(":arm 90s");
    held.press("enter");
    expect(held.bar()).toContain("ARMED 1:30");
    held.type(":dis");
    held.press("tab", "enter");
    expect(held.bar()).toBe("Locked: nothing can be changed before :arm.");
    held.type(":arm 5");
    held.press("enter");
    expect(held.bar()).toBe("arm 5: a duration with its unit: 5s or 5ms is expected");
  });

  it("comes back in an open dialog too, and says so", async () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    planned(held);
    held.type("y");
    await held.clock.advance(5 * 60_000 + 1_000);
    expect(dialogOf(held, "locked again")).toMatchInlineSnapshot(`
      "── locked again ────────────────────────────────────────────────────────────────
        The time of :arm is over, so the lock has come back. Nothing was sent. :arm
        unlocks again.

                                                                Enter, Esc or q closes
      6/6 fresh, age <1s  every 2s"
    `);
    held.press("enter", "enter");
    expect(operations.runs).toEqual([]);
    expect(held.text()).not.toContain("locked again");
  });

  it("is not there where the fleet file says so, and that is seen", () => {
    const held = openConsole(healthy, createFakeOperations(), { locked: false });
    held.press("a");
    expect(held.text()).toContain("kill sessions");
    held.press("esc");
    expect(held.bar()).toContain("UNLOCKED");
  });

  it("lets a running operation finish", async () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    planned(held);
    held.press("y", "enter");
    await held.clock.advance(6 * 60_000);
    expect(operations.runs[0]?.options.isStopped()).toBe(false);
    expect(held.text()).toContain("running, 6m");
  });
});

describe("the actions", () => {
  it("are about the master under the cursor, on every node", () => {
    const held = openConsole(healthy, createFakeOperations());
    armed(held);
    held.press("shift-tab", "j", "a");
    expect(dialogOf(held, "actions")).toMatchInlineSnapshot(`
      "── actions ─────────────────────────────────────────────────────────────────────
        master-2 on all 6 nodes
      >  drain          no new connections; those that are open stay
         maint          no new connections and no checks
         enable         in service again, after drain or maint
         kill sessions  close every session that HAProxy holds to it

                                                             Enter chooses  Esc closes
      ARMED 5:00  6/6 fresh, age <1s  every 2s"
    `);
  });

  it("are about all marked masters, wherever the cursor is", () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    armed(held);
    held.press("shift-tab", "space", "j", "space");
    expect(held.text()).toContain("2 masters marked");
    held.press("a", "j", "enter");
    expect(operations.asked).toMatchObject([{ action: "maint", masters: ["master-1", "master-3"], nodes: undefined }]);
  });

  it("want the masters chosen where nodes are marked", () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations, { size: small });
    armed(held);
    held.press("space", "space", "a", "enter");
    expect(dialogOf(held, "DRAIN")).toMatchInlineSnapshot(`
      "── DRAIN which masters? ────────────────────────────────────
        on 2 of 6 nodes: node[01-02]
      >  master-1
         master-2
         master-3

               Space marks several  Enter shows the plan  Esc back
      ARMED 5:00  2 nodes marked  6/6 fresh, age <1s  every 2s"
    `);
    held.press("j", "enter");
    expect(operations.asked).toMatchObject([{ action: "drain", masters: ["master-2"], nodes: ["node01", "node02"] }]);
  });

  it("are about one master and one node in the master's own list", () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    armed(held);
    held.press("shift-tab", "enter", "j", "a", "G", "enter");
    expect(operations.asked).toMatchObject([{ action: "shutdown", masters: ["master-1"], nodes: ["node02"] }]);
  });

  it("show what is marked beside the cursor, and in every list that has it", () => {
    const held = openConsole(healthy, createFakeOperations());
    held.press("space", "space");
    expect(held.text()).toMatch(/^ \*node01.*\n \*node02.*\n> node03/mu);
    held.press("shift-tab", "enter");
    expect(held.text()).toMatch(/^>\*node01.*\n \*node02.*\n {2}node03/mu);
  });

  it("forget the marks by u", () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    armed(held);
    held.press("shift-tab", "space", "space", "u", "a", "enter");
    expect(operations.asked).toMatchObject([{ masters: ["master-3"] }]);
  });
});
