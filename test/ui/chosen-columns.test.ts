import { describe, expect, it } from "vitest";
import { columnTable } from "../../src/ui/column-table.ts";
import type { Intent } from "../../src/ui/intent.ts";
import { createScreen, type Screen } from "../../src/ui/screen.ts";
import { fleetOf } from "../support/fleet.ts";
import { type NodeSays, nowMs, rowsOf, scene } from "../support/scene.ts";
import { large, look, situation, small, textOf, usual } from "../support/screens.ts";

const healthy = situation((): NodeSays => () => "UP");
const mixed = situation(
  (node): NodeSays =>
    (master) =>
      master === 2 && node > 3 ? "DOWN" : "UP",
);

function header(screen: ReturnType<typeof look>, start: string): string {
  return (
    textOf(screen)
      .split("\n")
      .find((line) => line.startsWith(`  ${start}`)) ?? ""
  );
}

const chosen = (columns: Screen["choices"]["columns"], sort: Screen["choices"]["sort"] = {}): Screen => ({
  ...createScreen(),
  choices: { columns, sort },
});

describe("a chosen column", () => {
  it("goes last where the screen is narrow", () => {
    const columns = { masters: { aborts: true, share: true } };
    expect(header(look(healthy, small, [], { screen: chosen(columns) }), "MASTER")).toMatchInlineSnapshot(
      `"  MASTER   VERDICT           UP  DOWN   SESS  SHARE  ABORT/S"`,
    );
    expect(header(look(healthy, usual, [], { screen: chosen(columns) }), "MASTER")).toMatchInlineSnapshot(
      `"  MASTER VERDICT           UP  DOWN   SESS  SHARE CHECK         ABORT/S"`,
    );
  });

  it("goes in the end too, and leaves the name", () => {
    const all = Object.fromEntries(columnTable.servers.map(({ id }) => [id, true]));
    const frame = look(healthy, small, [{ kind: "open" }], { screen: chosen({ servers: all }) });
    expect(header(frame, "NAME")).toMatch(/^ {2}NAME/);
    expect(frame.lines.filter((line) => line.length > small.columns)).toEqual([]);
  });

  it("is there for nodes, groups and servers as well", () => {
    const columns = {
      nodes: { address: true, source: true, labels: true, note: false },
      groups: { sessions: true },
      servers: { retries: true, weight: true },
    };
    const screen = chosen(columns);
    const titles = [
      header(look(mixed, large, [], { screen }), "NODE"),
      header(look(mixed, large, [{ kind: "group" }], { screen }), "SITE"),
      header(look(mixed, large, [{ kind: "open" }], { screen }), "PROXY"),
    ];
    expect(titles.map((title) => title.trim().split(/\s+/).join(" "))).toMatchInlineSnapshot(`
      [
        "NODE STATE 1 2 3 SESS ADDRESS SOURCE LABELS",
        "SITE NODES OK 1 2 3 SESS",
        "PROXY NAME STATUS CHECK TOOK SESS IN/S OUT/S SINCE RETRIES WEIGHT IN WORDS",
      ]
    `);
  });
});

describe("columns of bytes", () => {
  it("say above them where none are counted, once somebody chose them", () => {
    const fleet = fleetOf({ nodes: 2 });
    const rows = rowsOf(fleet, () => "UP");
    const previous = { source: "stats", rows, atMs: nowMs - 2100, durationMs: 5 } as const;
    const frozen = {
      fleet,
      records: scene(
        fleet,
        () => () => "UP",
        () => ({ previous }),
      ),
    };
    const note = "bytes stand still, is contstats off?";
    const text = (columns: Screen["choices"]["columns"], intents: readonly Intent[] = []) =>
      textOf(look(frozen, large, intents, { screen: chosen(columns) }));
    expect(text({ masters: { in: true } })).toMatch(/masters master-\*: bytes stand still, is contstats off\? ──/);
    expect(text({ masters: { in: true } })).toMatch(/1 +✓ up .* - up on all 2 nodes/);
    expect(text({})).not.toContain(note);
    expect(text({}, [{ kind: "open" }])).toMatch(/IN\/S OUT\/S/);
    expect(text({}, [{ kind: "open" }])).not.toContain(note);
    expect(text({ servers: { out: true } }, [{ kind: "open" }])).toContain(`rows: ${note}`);
  });
});

describe("the order of rows", () => {
  const titles = (frame: ReturnType<typeof look>) => frame.sight.columns;

  it("goes round the columns that are shown, the masters' own among them", () => {
    expect(titles(look(mixed, usual, [{ kind: "group" }]))).toEqual([
      ...["group", "nodes", "fresh", "master-1", "master-2", "master-3"],
      "note",
    ]);
    const screen = chosen({ nodes: { state: false, poll: true } });
    expect(titles(look(mixed, usual, [], { screen }))).toEqual([
      ...["node", "master-1", "master-2", "master-3"],
      ...["sessions", "poll", "note"],
    ]);
  });

  it("is one for each table, also on the pages where it comes again", () => {
    const byNode: readonly Intent[] = [{ kind: "sort", by: 1 }, { kind: "reverse" }];
    const frame = look(mixed, usual, byNode);
    expect(frame.screen.choices.sort).toEqual({ nodes: { column: "node", reverse: true } });
    expect(frame.sight.ids[0]).toBe("node06");
    const inside = look(mixed, usual, [...byNode, { kind: "group" }, { kind: "open" }]);
    expect(inside.sight.ids).toEqual(["node06", "node05", "node04"]);
  });

  it("puts the groups where a master is worst first", () => {
    const screen = { ...chosen({}, { groups: { column: "master-2", reverse: false } }), group: "site" };
    expect(look(mixed, usual, [], { screen }).sight.ids).toEqual(["site=b", "site=a"]);
  });

  it("is there on the pages of problems and operations too", () => {
    const problems = look(mixed, usual, [{ kind: "view", view: "problems" }]);
    const turned = look(mixed, usual, [{ kind: "view", view: "problems" }, { kind: "reverse" }]);
    expect(turned.sight.ids).toEqual(problems.sight.ids.toReversed());
    expect(titles(look(mixed, usual, [{ kind: "view", view: "operations" }]))).toEqual([
      "when",
      "who",
      "action",
      "masters",
      "outcome",
    ]);
  });

  it("is as it comes where the column is put away or of another fleet", () => {
    const plain = look(mixed, usual).sight.ids;
    for (const column of ["poll", "elsewhere"]) {
      const screen = chosen({}, { nodes: { column, reverse: true } });
      expect(look(mixed, usual, [], { screen }).sight.ids).toEqual(plain);
      expect(look(mixed, usual, [{ kind: "sort", by: 1 }], { screen }).screen.choices.sort.nodes).toBeUndefined();
    }
  });
});
