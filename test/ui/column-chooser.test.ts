import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { columnTable } from "../../src/ui/column-table.ts";
import type { Intent } from "../../src/ui/intent.ts";
import { noChoices } from "../../src/ui/own-table.ts";
import { createScreen, type Screen, topLevel } from "../../src/ui/screen.ts";
import type { NodeSays } from "../support/scene.ts";
import { look, situation, small, textOf, usual } from "../support/screens.ts";

const healthy = situation((): NodeSays => () => "UP");
const mixed = situation(
  (node): NodeSays =>
    (master) =>
      master === 2 && node > 3 ? "DOWN" : "UP",
);

const move = (by: number): Intent => ({ kind: "move", by });
const space: Intent = { kind: "mark" };
const enter: Intent = { kind: "accept" };
const f: Intent = { kind: "columns" };
const toMasters: Intent = { kind: "pane", by: -1 };
const masters: readonly Intent[] = [toMasters, f];

/** The intents that put the cursor of the open chooser on a column. */
function at(table: keyof typeof columnTable, id: string, from = 0): Intent {
  return move(columnTable[table].findIndex((column) => column.id === id) - from);
}

function header(screen: ReturnType<typeof look>, start: string): string {
  return (
    textOf(screen)
      .split("\n")
      .find((line) => line.startsWith(`  ${start}`)) ?? ""
  );
}

const tableOf = ({ screen, sight }: ReturnType<typeof look>) => sight.tables?.[topLevel(screen).pane];

const chosen = (columns: Screen["choices"]["columns"], sort: Screen["choices"]["sort"] = {}): Screen => ({
  ...createScreen(),
  choices: { columns, sort },
});

describe("the chooser of columns", () => {
  it("tells every column, what it means, and whether there is room for it", () => {
    const text = textOf(look(healthy, usual, [...masters, at("masters", "share"), space]));
    expect(text.split("\n").slice(2)).toMatchInlineSnapshot(`
      [
        "── masters master-* ────────────────────────────────────────────────────────────",
        "  MASTER VERDICT           UP  DOWN   SESS  SHARE CHECK        REASON",
        "> 1      ✓ up               6     .     24    33% weak 3ms     up on all 6 nodes",
        "  2      ✓ up               6     .     24    33% weak 3ms     up on all 6 nodes",
        "  3      ✓ up               6     .     24    33% weak 3ms     up on all 6 nodes",
        "── nodes ───────────────────────────────────────────────────────────────────────",
        "  NODE   STATE             1  2  3    SESS",
        "  node01 ok                ✓  ✓  ✓      12",
        "── columns of the masters, 1-11 of 25 ──────────────────────────────────────────",
        " * MASTER   the master's name                                           always",
        " * VERDICT  what all nodes together say of it",
        " * UP       on how many nodes it takes new sessions",
        " * DOWN     on how many nodes its checks fail",
        " * DRAIN    on how many nodes it is drained                             no room",
        " * MAINT    on how many nodes it is in maintenance                      no room",
        " * ABSENT   how many nodes have no server line for it                   no room",
        " * ?        of how many nodes it is not known                           no room",
        " * SESS     open sessions, all nodes together",
        ">* SHARE    its part of all sessions; ! above twice what is fair        chosen",
        " * PINNED   sessions where it is down or out of service                 no room",
        "                                    Space shows or hides  Enter keeps  Esc drops",
        "6/6 fresh, age <1s  every 2s",
      ]
    `);
  });

  it("shows what is chosen while it is chosen, and keeps it by Enter", () => {
    const open = look(healthy, usual, [...masters, at("masters", "share"), space]);
    expect(header(open, "MASTER")).toContain("SHARE");
    expect(open.screen.choices).toBe(noChoices);
    const kept = look(healthy, usual, [...masters, at("masters", "share"), space, enter]);
    expect(header(kept, "MASTER")).toContain("SHARE");
    expect([kept.screen.dialog, kept.screen.choices.columns]).toEqual([undefined, { masters: { share: true } }]);
  });

  it.each(["back", "leave"] as const)("drops what was chosen by %s", (kind) => {
    const frame = look(healthy, usual, [...masters, at("masters", "share"), space, { kind }]);
    expect(textOf(frame)).toBe(textOf(look(healthy, usual, [toMasters])));
    expect(frame.screen.choices).toBe(noChoices);
  });

  it("keeps the names, whatever is pressed there", () => {
    const { screen } = look(healthy, usual, [...masters, space, enter]);
    expect(screen.choices).toBe(noChoices);
    const without = Object.fromEntries(columnTable.masters.map(({ id }) => [id, false]));
    expect(header(look(healthy, usual, [], { screen: chosen({ masters: without }) }), "MASTER")).toBe("  MASTER");
  });

  it.each([[[space, enter]], [[enter]]])("leads back to columns and order as they come", (keys) => {
    const screen = chosen(
      { masters: { share: true, up: false }, nodes: { poll: true } },
      { masters: { column: "share", reverse: true } },
    );
    const frame = look(healthy, usual, [...masters, { kind: "edge", to: "bottom" }, ...keys], { screen });
    expect(frame.screen.choices).toEqual({
      columns: { masters: {}, nodes: { poll: true } },
      sort: { masters: undefined },
    });
    expect(header(frame, "MASTER")).toBe(header(look(healthy, usual), "MASTER"));
  });

  it("scrolls with the cursor on the smallest screen, in lines that fit it", () => {
    const frame = look(healthy, small, [...masters, { kind: "edge", to: "bottom" }]);
    expect(textOf(frame)).toMatchInlineSnapshot(`
      "✓ OK  k8s-de1  6 nodes, 3 masters                 k3s-lb top
        all 3 masters up on all 6 nodes
        MASTER   VERDICT           UP  DOWN   SESS CHECK
      > master-1 ✓ up               6     .     24 weak 3ms
        master-2 ✓ up               6     .     24 weak 3ms
        master-3 ✓ up               6     .     24 weak 3ms
      ── columns of the masters, 20-25 of 25 ─────────────────────
         QUEUE    sessions that wait for a place now
         SINCE    time since its state last changed on a…
         DOWNTIME the longest time that a node counts it…
         ADDRESS  its address in the fleet file
       * REASON   the verdict in words                    no room
      >  defaults these columns, and this order, as they…
                      Space shows or hides  Enter keeps  Esc drops
      6/6 fresh, age <1s  every 2s"
    `);
    expect(frame.lines.filter((line) => line.length > small.columns)).toEqual([]);
  });

  it("tells of a column that the moment has made fit", () => {
    const narrow = [...masters, at("masters", "maint")];
    expect(textOf(look(healthy, usual, narrow))).toMatch(/MAINT .*no room/);
    const roomy = [...masters, at("masters", "sessions"), space, move(2), space, at("masters", "maint", 11)];
    expect(textOf(look(healthy, usual, roomy))).not.toMatch(/MAINT .*no room/);
  });

  it("is for tables of masters, nodes, groups and servers", () => {
    const tables = [
      look(healthy, usual, [toMasters]),
      look(healthy, usual),
      look(healthy, usual, [{ kind: "group" }]),
      look(healthy, usual, [{ kind: "open" }]),
      look(healthy, usual, [{ kind: "view", view: "events" }]),
    ]
      .map(tableOf)
      .map((own) => own?.table);
    expect(tables).toEqual(["masters", "nodes", "groups", "servers", undefined]);
    const { screen } = look(healthy, usual, [{ kind: "view", view: "events" }, f]);
    expect([screen.dialog, screen.said]).toEqual([
      undefined,
      "Columns are chosen in the tables of masters, nodes and servers; this is none of them.",
    ]);
  });
});

describe("the table of columns", () => {
  it("says of each in one line of a small terminal what it means", () => {
    const all = Object.values(columnTable).flat();
    expect(all.filter(({ words }) => words.length > 54)).toEqual([]);
    for (const columns of Object.values(columnTable)) {
      expect(new Set(columns.map(({ id }) => id)).size).toBe(columns.length);
    }
  });

  it("is all that there is to choose from, and nothing more", () => {
    const heads = (frame: ReturnType<typeof look>) => tableOf(frame)?.heads.map(({ id }) => id) ?? [];
    const known = (table: keyof typeof columnTable) => columnTable[table].map(({ id }) => id);
    const isOwn = (id: string) => !id.startsWith("master-");
    expect(heads(look(mixed, usual, [toMasters]))).toEqual(known("masters"));
    expect(heads(look(mixed, usual)).filter(isOwn)).toEqual(known("nodes"));
    expect(heads(look(mixed, usual, [{ kind: "group" }])).filter(isOwn)).toEqual(known("groups"));
    const behindNode = heads(look(mixed, usual, [{ kind: "open" }]));
    expect(behindNode).toEqual(known("servers").filter((id) => id !== "node"));
  });

  it("is the one in the README, a line for what several tables have", () => {
    const tables = new Map<string, string[]>();
    for (const [table, columns] of Object.entries(columnTable)) {
      for (const { title, words, isHidden } of columns) {
        const row = `| \`${title}\` | ${words} | ${isHidden ? "" : "yes"} |`;
        tables.set(row, [...(tables.get(row) ?? []), table]);
      }
    }
    const rows = [...tables].map(([row, names]) => `| ${names.join(", ")} ${row}`);
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const heading = "| table | column | what it says | by itself |\n|---|---|---|---|\n";
    const text = readme.slice(readme.indexOf(heading) + heading.length).split("\n\n")[0] ?? "";
    expect(text.split("\n")).toEqual(rows);
  });
});
