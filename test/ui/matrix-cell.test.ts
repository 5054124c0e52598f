import { describe, expect, it } from "vitest";
import { ASCII_GLYPHS, UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import { cellRank, matrixCell, matrixModes, nextMode } from "../../src/ui/matrix-cell.ts";
import { byNumber } from "../../src/ui/table.ts";
import { aCell, aDeadNode, aNode } from "../support/fleet-view.ts";
import { look, situation, textOf, usual } from "../support/screens.ts";

const node = aNode();
const up = aCell("up", "m", { checkDurationMs: 3, sessions: 4, sinceChangeSeconds: 90, connectErrors: 0 });
const down = aCell("down", "m", { checkDurationMs: 2000, sessions: 14, sinceChangeSeconds: 5, connectErrors: 31 });

describe("matrixCell", () => {
  it("shows the mark of a state, or in front of a value wherever a master is not up", () => {
    const modes = matrixModes.map(({ mode }) => mode);
    expect(modes.map((mode) => matrixCell(node, up, mode, UTF8_GLYPHS).text)).toEqual(["✓", "3ms", "4", "90s", "0"]);
    expect(modes.map((mode) => matrixCell(node, down, mode, ASCII_GLYPHS).text)).toEqual([
      "X",
      "X2.0s",
      "X14",
      "X5s",
      "X31",
    ]);
  });

  it("warns of sessions that are still attached to what takes no new ones", () => {
    expect(matrixCell(node, aCell("drain", "m", { sessions: 2 }), "sessions", UTF8_GLYPHS)).toEqual({
      text: "⇣2",
      tone: "warn",
    });
  });

  it("shows values of a silent node as old, and none where none is known", () => {
    expect(matrixCell({ ...node, state: "stale" }, up, "check", UTF8_GLYPHS)).toEqual({ text: "3ms", tone: "muted" });
    const unchecked = aCell("up", "m", { checkDurationMs: undefined });
    expect(matrixCell(node, unchecked, "check", UTF8_GLYPHS).text).toBe("✓");
    expect(matrixCell(aDeadNode(), undefined, "check", UTF8_GLYPHS).text).toBe("?");
  });
});

describe("cellRank", () => {
  it("puts the most striking first: the slowest check, the latest change", () => {
    expect(cellRank(down, "check")).toBeGreaterThan(cellRank(up, "check") ?? 0);
    expect(cellRank(down, "change")).toBeGreaterThan(cellRank(up, "change") ?? 0);
    expect(cellRank(down, "state")).toBeGreaterThan(cellRank(up, "state") ?? 0);
  });
});

describe("an order by a column of the matrix", () => {
  it("puts what is not known behind all that is, whatever the matrix shows", () => {
    const unknown = aCell("up", "m", { checkDurationMs: undefined, sinceChangeSeconds: undefined });
    for (const mode of ["check", "change"] as const) {
      const order = byNumber(({ cell }: { readonly cell: typeof up | undefined }) => cellRank(cell, mode));
      const rows = [undefined, unknown, up, down].map((cell) => ({ cell }));
      expect(rows.sort(order).map(({ cell }) => cell)).toEqual([down, up, undefined, unknown]);
    }
  });
});

describe("m", () => {
  it("goes round through all that the matrix can show", () => {
    const seen = matrixModes.map(({ mode }) => nextMode(mode));
    expect(seen).toEqual(["check", "sessions", "change", "errors", "state"]);
  });

  it("names what the matrix shows, with its unit", () => {
    const masterDown = situation(() => (master) => (master === 2 ? "DOWN" : "UP"), 2);
    expect(
      textOf(look(masterDown, usual, [{ kind: "mode" }]))
        .split("\n")
        .slice(-6, -2),
    ).toMatchInlineSnapshot(`
      [
        "── nodes: time of the last check ───────────────────────────────────────────────",
        "  NODE   STATE                  1      2      3   SESS",
        "> node01 ok                   3ms   ✗3ms    3ms      8 master-2 down: connectio…",
        "  node02 ok                   3ms   ✗3ms    3ms      8 master-2 down: connectio…",
      ]
    `);
  });
});
