import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { createSamples } from "../../src/domain/samples.ts";
import { cleanText } from "../../src/domain/text.ts";
import { addChanges, emptyTimeline } from "../../src/domain/timeline.ts";
import { ASCII_GLYPHS } from "../../src/output/glyphs.ts";
import type { Intent } from "../../src/ui/intent.ts";
import { keymap } from "../../src/ui/key-table.ts";
import { createScreen } from "../../src/ui/screen.ts";
import { skeleton } from "../../src/ui/skeleton.ts";
import { armed, createFakeOperations, type HeldConsole, openConsole, planned } from "../support/console.ts";
import { aResult } from "../support/plan.ts";
import { type NodeSays, nowMs } from "../support/scene.ts";
import { large, look, situation, small, textOf, usual } from "../support/screens.ts";

/** Cut where it was cleaned, long before anybody knew of a screen. */
const cutText = cleanText("no route to host ".repeat(9), 40);
const mixed = situation((node): NodeSays => {
  if (node === 1) return "silent";
  if (node === 2) return { fails: "timeout", detail: cutText };
  if (node === 3) return () => "DOWN";
  return (master) =>
    [{ column: "DRAIN" }, { column: "MAINT" }, { column: "DOWN 1/2", lastCheckText: cutText, sessions: 7 }][
      (node + master) % 4
    ] ?? { column: "UP", weight: 0 };
}, 9);
const silent = situation(() => "silent");
const timeline = addChanges(
  emptyTimeline,
  [
    { kind: "master", master: "master-2", node: "node01", from: "up", to: "down", cause: "connection refused" },
    { kind: "node", node: "node04", from: "fresh", to: "timeout", cause: undefined },
    { kind: "restart", node: "node05" },
  ],
  0,
);
const samples = createSamples();
for (let n = 0; n < 9; n += 1) samples.take(assess(mixed.fleet, mixed.records, nowMs));

const strangers = (text: string) => text.split("\n").filter((line) => !/^[\x20-\x7e]*$/.test(line));
const open: Intent = { kind: "open" };
const pane = (by: 1 | -1): Intent => ({ kind: "pane", by });

describe("a screen of ASCII", () => {
  it.each<[string, readonly Intent[], RegExp]>([
    ["the fleet", [], /masters/],
    ["its check times", [{ kind: "mode" }], /check/],
    ["its groups", [{ kind: "group" }], /by site/],
    ["a group", [{ kind: "group" }, open], /> site=/],
    ["a master, with its trends", [pane(-1), open], /> master-1/],
    ["a node", [open], /> node/],
    ["a problem", [pane(1), open], /> [a-z-]+ /],
    ["the events", [{ kind: "view", view: "events" }], /UP -> DOWN/],
    ["every problem", [{ kind: "view", view: "problems" }], /problems/],
    ["the help", [{ kind: "help" }], /Keys of k3s-lb top/],
    ["a filter", [{ kind: "filter" }, { kind: "type", text: "node".repeat(30) }], /\/.*node_/],
    ["a command", [{ kind: "command" }], /:_/],
    ["the marks", [{ kind: "mark" }, { kind: "mark" }], /marked|marks/],
  ])("is it on %s, whatever its size", (_, intents, sign) => {
    for (const size of [small, usual, large, { columns: 40, rows: 8 }]) {
      const frame = look(mixed, size, intents, { ascii: true, timeline, samples, screen: createScreen() });
      expect(strangers(frame.lines.join("\n"))).toEqual([]);
    }
    expect(textOf(look(mixed, large, intents, { ascii: true, timeline, samples }))).toMatch(sign);
  });

  it("is it before anything is known", () => {
    expect(strangers(textOf(look(silent, usual, [], { ascii: true })))).toEqual([]);
    const first = skeleton({ columns: 80, rows: 24 }, { utf8: false, colour: false, hasHints: true });
    expect(strangers(first.replaceAll("\u001b", ""))).toEqual([]);
  });

  it("is it in every dialog", async () => {
    const operations = createFakeOperations();
    const held = openConsole(mixed, operations, { look: { glyphs: ASCII_GLYPHS } });
    const told: string[] = [];
    const tell = (sign: RegExp) => {
      expect(held.text()).toMatch(sign);
      told.push(held.text());
    };
    armed(held);
    held.press("a");
    tell(/-- actions/);
    held.press("enter");
    tell(/-- DRAIN which masters\?/);
    held.press("esc", "esc", "esc");
    planned(held);
    tell(/-- plan/);
    held.press("n", "o", "x", "enter");
    tell(/is not what was asked for/);
    held.press("y", "enter");
    tell(/-- DRAIN master-2: running/);
    const [run] = operations.runs;
    run?.step(aResult({ node: "node01", outcome: "denied", after: undefined, detail: cutText, next: "try again" }));
    await run?.end();
    await held.clock.advance(1000);
    tell(/-- outcome/);
    expect(strangers(told.join("\n"))).toEqual([]);
  });

  it("is it wherever keys lead", () => {
    const keys = fc.constantFrom(...new Set(keymap.flatMap((binding) => binding.keys)), "y", "x");
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 25 }), (pressed) => {
        const held: HeldConsole = openConsole(mixed, createFakeOperations(), {
          locked: false,
          size: large,
          look: { glyphs: ASCII_GLYPHS },
        });
        held.press(...pressed);
        expect(strangers(held.text())).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
