import { formatAge, formatDuration } from "../domain/ages.ts";
import { cellLedger } from "../domain/master-ledger.ts";
import type { StatsRow } from "../domain/stats.ts";
import type { CellState, LedgerRelation, MasterCell, NodeView } from "../domain/view.ts";
import type { Glyphs } from "../output/glyphs.ts";
import { cellTone, type Tone } from "../output/tone.ts";
import { calmTone } from "./master-columns.ts";
import { span } from "./spans.ts";

/** What the matrix shows of each master on each node. */
export type MatrixMode = (typeof matrixModes)[number]["mode"];

/** Every mode in its turn, with the words that name it. */
export const matrixModes = [
  { mode: "state", words: "" },
  { mode: "check", words: "time of the last check" },
  { mode: "sessions", words: "sessions" },
  { mode: "change", words: "time since the last change" },
  { mode: "errors", words: "failed connects" },
] as const;

/** Columns of a cell that shows a value. */
export const matrixValueWidth = 6;

/** The mode after this one. */
export function nextMode(mode: MatrixMode): MatrixMode {
  const at = matrixModes.findIndex((one) => one.mode === mode);
  return matrixModes[(at + 1) % matrixModes.length]?.mode ?? "state";
}

/** One cell: the mark of the state, or a value; a master that is not up keeps its mark in front of it. */
export function matrixCell(
  node: NodeView,
  cell: MasterCell | undefined,
  mode: MatrixMode,
  glyphs: Glyphs,
): { text: string; tone: Tone } {
  if (cell === undefined || node.state === "pending") return span(glyphs.cell.unknown, "muted");
  const relation = cellLedger(cell)?.relation;
  const mark = glyphs.cell[cell.state] + (node.state === "fresh" ? ledgerMark(relation, glyphs) : "");
  const value = valueText(cell, mode);
  const text = mode === "state" || value === undefined ? mark : cell.state === "up" ? value : `${mark}${value}`;
  // The last good values of a node that does not answer are shown, and shown to be old.
  if (node.state !== "fresh") return span(text, "muted");
  return span(text, relation === "drift" || isPinned(cell, mode) ? "warn" : calmTone(cellTone(cell.state)));
}

/** How striking a state is. */
export const stateRanks: Readonly<Record<CellState, number>> = {
  up: 0,
  unknown: 1,
  drain: 2,
  maint: 3,
  absent: 4,
  down: 5,
};

/** What a column of the matrix is sorted by, the most striking first. */
export function cellRank(cell: MasterCell | undefined, mode: MatrixMode): number | undefined {
  if (mode === "state") return stateRanks[cell?.state ?? "unknown"];
  const value = cell && measureOf(cell, mode);
  if (mode !== "change") return value;
  // What changed last is the news; what is not known is none.
  return value === undefined ? Number.MIN_SAFE_INTEGER : -value;
}

function valueText(cell: MasterCell, mode: MatrixMode): string | undefined {
  const value = measureOf(cell, mode);
  if (value === undefined) return undefined;
  if (mode === "check") return formatDuration(value);
  return mode === "change" ? formatAge(value) : String(value);
}

/** Over several backends the one with the largest value counts, and of changes the latest. */
function measureOf(cell: MasterCell, mode: MatrixMode): number | undefined {
  switch (mode) {
    case "state":
      return undefined;
    case "check":
      return largest(cell, (row) => row.checkDurationMs);
    case "sessions":
      return cell.sessions;
    case "errors":
      return largest(cell, (row) => row.connectErrors);
    case "change": {
      const latest = largest(cell, (row) =>
        row.sinceChangeSeconds === undefined ? undefined : -row.sinceChangeSeconds,
      );
      return latest === undefined ? undefined : -latest * 1000;
    }
  }
}

function largest({ servers }: MasterCell, valueOfRow: (row: StatsRow) => number | undefined): number | undefined {
  const known = servers.flatMap(({ row }) => valueOfRow(row) ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}

function isPinned({ sessions, state }: MasterCell, mode: MatrixMode): boolean {
  return mode === "sessions" && state !== "up" && (sessions ?? 0) > 0;
}

/** Behind a cell's mark: what HAProxy does not show of it and the ledger knows. */
function ledgerMark(relation: LedgerRelation | undefined, glyphs: Glyphs): string {
  if (relation === "drift") return glyphs.severity.WARNING;
  return relation === "pending" ? glyphs.cell.drain : "";
}
