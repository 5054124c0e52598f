import { readFileSync } from "node:fs";
import { Command } from "commander";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addAdminCommands } from "../../src/commands/admin.ts";
import { ASCII_GLYPHS } from "../../src/output/glyphs.ts";
import { commandWords, offeredCommands, readCommand } from "../../src/ui/command-line.ts";
import type { CommandContext } from "../../src/ui/command-word.ts";
import { helpLines } from "../../src/ui/help-lines.ts";
import { contextOf } from "../support/command-context.ts";
import { createFakeShell } from "../support/fake-shell.ts";

const shown = (what: unknown) => ({ kind: "do", intent: { kind: "show", what } });
const asked = (intent: unknown) => ({ kind: "do", intent });
const wordsOf = (over: Partial<CommandContext>) => offeredCommands(contextOf(over)).map(({ word }) => word);
const actWords = ["arm", "disarm", "drain", "maint", "enable", "kill-sessions"];

function mistakeIn(line: string, over: Partial<CommandContext> = {}): string {
  const command = readCommand(line, contextOf(over));
  return command?.kind === "mistake" ? command.text : JSON.stringify(command);
}

describe("readCommand", () => {
  it.each([
    ["   ", undefined],
    ["arm", { kind: "arm", forMs: 300_000 }],
    ["  arm  90s ", { kind: "arm", forMs: 90_000 }],
    ["disarm", { kind: "disarm" }],
    ["q", asked({ kind: "quit" })],
    ["quit", asked({ kind: "quit" })],
    ["help", asked({ kind: "help" })],
    ["events", asked({ kind: "view", view: "events" })],
    ["write  my file ", asked({ kind: "write", file: "my file" })],
    ["write", asked({ kind: "write", file: undefined })],
    ["freeze", asked({ kind: "pause" })],
    ["poll", asked({ kind: "poll" })],
    ["interval 1m30s", asked({ kind: "interval", toMs: 90_000 })],
    ["nodes", shown({ is: "pane", pane: "nodes" })],
    ["masters", shown({ is: "pane", pane: "masters" })],
    ["node edge-1", shown({ is: "place", place: { kind: "node", id: "edge-1" } })],
    ["node 1", shown({ is: "place", place: { kind: "node", id: "edge-1" } })],
    ["master master-2", shown({ is: "place", place: { kind: "master", id: "k8s-de1-master-2" } })],
    ["sort state", shown({ is: "sort", sort: { column: "state", reverse: false } })],
    ["sort SESSIONS reverse", shown({ is: "sort", sort: { column: "sessions", reverse: true } })],
    ["sort SESS", shown({ is: "sort", sort: { column: "sessions", reverse: false } })],
    ["sort 3", shown({ is: "sort", sort: { column: "k8s-de1-master-3", reverse: false } })],
    ["sort none", shown({ is: "sort", sort: undefined })],
    ["group site", shown({ is: "group", label: "site" })],
    ["group none", shown({ is: "group", label: undefined })],
    ["matrix errors", shown({ is: "matrix", mode: "errors" })],
    ["filter -f  n 1 ", shown({ is: "filter", text: "-f  n 1" })],
    ["filter", shown({ is: "filter", text: "" })],
  ])("reads %j", (line, command) => {
    expect(readCommand(line, contextOf())).toEqual(command);
  });

  it.each([
    ["drain 2", "drain", ["k8s-de1-master-2"], undefined],
    ["maint 3 master-1 3", "maint", ["k8s-de1-master-1", "k8s-de1-master-3"], undefined],
    ["undrain 2 on edge-1", "ready", ["k8s-de1-master-2"], ["edge-1"]],
    ["kill-sessions 2 on node[01:02],@role !node02", "shutdown", ["k8s-de1-master-2"], ["node01", "edge-1"]],
  ])("reads %j as what a plan is to be made of", (line, action, masters, nodes) => {
    expect(readCommand(line, contextOf())).toEqual({ kind: "plan", action, masters, nodes });
  });

  it.each([
    ["arm 2d", "arm 2d: from 1s to 1h is expected"],
    ["arm 0s", "arm 0s: from 1s to 1h is expected"],
    ["arm soon", "arm soon: a duration such as 2s, 1500ms or 1m30s is expected"],
    ["disarm now", '"disarm" takes nothing after it.'],
    ["interval 5", "interval 5: a duration with its unit: 5s or 5ms is expected"],
    ["interval 1ms", "interval 1ms: 100ms to 1h is expected"],
    ["interval", "interval: a duration such as 2s, 1500ms or 1m30s is expected"],
    ["node", "A node is expected: node01, node02, node03, edge-1."],
    ["node node01 node02", "One node is expected, and nothing after it."],
    ["node nod01", 'There is no node "nod01"; did you mean "node01"? Expected: node01, node02, node03, edge-1.'],
    ["sort", `A column is expected: ${contextOf().columns.join(", ")}, or none.`],
    ["sort state backwards", "sort state backwards: reverse is expected, or nothing."],
    ["group region", 'There is no label "region". Expected: site, role.'],
    ["matrix chek", 'There is no mode "chek"; did you mean "check"? Expected: state, check, sessions, change, errors.'],
    ["drain", "A master is expected: k8s-de1-master-1, k8s-de1-master-2, k8s-de1-master-3."],
    ["drain on node01", "A master is expected: k8s-de1-master-1, k8s-de1-master-2, k8s-de1-master-3."],
    ["drain 2 on", "Nodes are expected after on: a name, node[01:10], edge-*, @site=b, !node07."],
    ["drain 2 on node9", 'on: "node9" fits none of the 4 nodes; did you mean "node01"?'],
    ["drain 2 on node[1", 'on: in the pattern "node[1", a bracket is not closed.'],
    [
      "drain 2 mastr-3",
      'There is no master "mastr-3"; did you mean "k8s-de1-master-3"? Expected: k8s-de1-master-1, k8s-de1-master-2, k8s-de1-master-3.',
    ],
  ])("says what is wrong with %j", (line, text) => {
    expect(mistakeIn(line)).toBe(text);
  });

  it("tells of an unknown command the nearest one, and all that there are", () => {
    expect(mistakeIn("drian 2")).toBe(
      `No command "drian"; did you mean "drain"? There are: ${wordsOf({}).join(", ")}.`,
    );
  });

  it("has nothing to sort, to group or to name where there is none", () => {
    expect(mistakeIn("sort state", { columns: [] })).toMatch(/^This list has an order of its own/);
    expect(mistakeIn("group site", { labels: [] })).toMatch(/^No node has a label to group by/);
  });

  it("says why nothing can be planned before it looks at the names", () => {
    expect(mistakeIn("drain nobody", { lock: { kind: "locked" } })).toMatch(/^Locked\. Type :arm/);
    expect(mistakeIn("drain nobody", { lock: { kind: "absent" } })).toMatch(/^Read-only/);
    expect(mistakeIn("arm soon", { lock: { kind: "absent" } })).toMatch(/^Read-only/);
  });

  it("offers no action where nothing can be changed, and no poll in a replay", () => {
    expect(wordsOf({}).filter((word) => !wordsOf({ lock: { kind: "absent" } }).includes(word))).toEqual(actWords);
    expect(wordsOf({}).filter((word) => !wordsOf({ isReplay: true }).includes(word))).toEqual([
      "cluster",
      "freeze",
      "poll",
      "interval",
    ]);
    expect(mistakeIn("poll", { isReplay: true })).toBe('"poll" is of no use in a replay: it polls nothing.');
  });

  it("takes any text, and asks for no more than a plan", () => {
    const word = fc.constantFrom(...commandWords.map((each) => each.word), "on", "2", "*?*?*?x", "[1:99999]", "@", "!");
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ unit: "binary" }))), (words) => {
        const command = readCommand(words.join(" "), contextOf());
        expect(command?.kind === "mistake" && command.text === "").toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the table of commands", () => {
  it("is the one in the README", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const rows = commandWords.map(({ aliases = [], does, usage }) => {
      const typed = [usage, ...aliases].map((text) => `\`:${text}\``);
      return `| ${typed.join(" ")} | ${does} |`;
    });
    const [, table = ""] = /\n\| command \| does \|\n\|---\|---\|\n((?:\| `:.*\n)+)/.exec(readme) ?? [];
    expect(table.trimEnd().split("\n")).toEqual(rows);
  });

  it("is told in the help, without what is of no use", () => {
    const look = { glyphs: ASCII_GLYPHS, colour: false } as const;
    const help = (canAct: boolean, isReplay = false) => helpLines(look, { canAct, isReplay, columns: 80 });
    const told = help(true);
    expect(commandWords.filter(({ usage }) => !told.some((line) => line.startsWith(`  :${usage}`)))).toEqual([]);
    expect(help(false).filter((line) => line.startsWith("  :drain"))).toEqual([]);
    expect(help(false, true).filter((line) => line.startsWith("  :poll"))).toEqual([]);
  });

  it("names every command once", () => {
    const words = commandWords.flatMap(({ aliases = [], word }) => [word, ...aliases]);
    expect(words).toEqual([...new Set(words)]);
  });

  it("has the actions of the shell under the same names", () => {
    const program = new Command();
    addAdminCommands(program, createFakeShell().shell);
    const ofShell = program.commands.map((command) => [command.name(), ...command.aliases()]);
    const acts = commandWords.filter(({ usage }) => usage.includes("<master...>"));
    expect(acts.map(({ aliases = [], word }) => [word, ...aliases])).toEqual(ofShell);
  });
});
