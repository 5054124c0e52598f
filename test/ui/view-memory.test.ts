import { describe, expect, it } from "vitest";
import type { Memory, Remembered } from "../../src/ui/remembered.ts";
import { type HeldConsole, openConsole } from "../support/console.ts";
import type { NodeSays } from "../support/scene.ts";
import { situation } from "../support/screens.ts";

const healthy = situation((): NodeSays => () => "UP");

/** A console that recalls this, and what it gives to be kept. */
function opened(recalled: Remembered): { readonly held: HeldConsole; readonly kept: readonly Remembered[] } {
  const kept: Remembered[] = [];
  const memory: Memory = { recalled, keep: (change) => kept.push(change) };
  return { held: openConsole(healthy, undefined, { memory }), kept };
}

describe("what a person chose", () => {
  it("is kept as it changes, part by part", () => {
    const { held, kept } = opened({});
    held.press("shift-tab", "f", "down", "space", "enter", ">", "tab", "tab", "tab", "R", "m", "L");
    expect(kept).toEqual([
      { columns: { masters: { verdict: false } } },
      { sort: { masters: { column: "master", reverse: false } } },
      { sort: { nodes: { column: "node", reverse: true } } },
      { matrix: "check" },
      { group: "site" },
    ]);
  });

  it("is kept when it goes back to what it was, which is nothing", () => {
    const { held, kept } = opened({ group: "site", sort: { masters: { column: "reason", reverse: false } } });
    held.press("L", "shift-tab", ">");
    expect(kept).toEqual([{ group: undefined }, { sort: { masters: undefined } }]);
  });

  it("is on the screen from its first frame on, and nothing of it is kept anew", () => {
    const { held, kept } = opened({
      columns: { masters: { check: false, share: true }, groups: { sessions: true } },
      sort: { groups: { column: "group", reverse: true } },
      group: "site",
      matrix: "check",
    });
    const lines = held.text().split("\n");
    expect(lines.filter((line) => /^ {2}(MASTER|SITE)|site|^[> ] [ab] /.test(line))).toEqual([
      "  MASTER VERDICT           UP  DOWN  DRAIN  MAINT   SESS  SHARE REASON",
      "── nodes by site ───────────────────────────────────────────────────────────────",
      expect.stringMatching(/^ {2}SITE▴ +NODES +OK 1 +2 +3 +SESS/),
      expect.stringMatching(/^> b /),
      expect.stringMatching(/^ {2}a /),
    ]);
    held.press("down", "up", "?", "q");
    expect(kept).toEqual([]);
  });

  it("leaves alone what only another fleet has", () => {
    const { held, kept } = opened({ group: "rack", sort: { nodes: { column: "elsewhere", reverse: true } } });
    expect(held.text()).toContain("── nodes ──");
    held.press("m");
    expect(kept).toEqual([{ matrix: "check" }]);
  });

  it("may be chosen with the mouse, in a table that does not have the keys", () => {
    const { held, kept } = opened({});
    const lines = held.console.lines();
    const row = lines.findIndex((line) => line.includes("VERDICT"));
    const at = { button: 0, row, column: lines[row]?.indexOf("VERDICT") ?? 0 };
    for (const isRelease of [false, true, false, true]) held.console.mouse([{ ...at, isRelease }]);
    expect(kept).toEqual([
      { sort: { masters: { column: "verdict", reverse: false } } },
      { sort: { masters: { column: "verdict", reverse: true } } },
    ]);
    expect(held.text()).toContain("VERDICT▴");
  });

  it("is not kept while the chooser is open, nor when it is dropped", () => {
    const { held, kept } = opened({});
    held.press("f", "down", "space", "esc");
    expect(kept).toEqual([]);
  });
});
