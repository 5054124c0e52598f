import { paint, strong } from "./colour.ts";
import type { Style } from "./style.ts";
import type { Tone } from "./tone.ts";
import { textWidth, truncate } from "./width.ts";

/**
 * A column by its head. `shrinkTo` lets it give way where the terminal is narrow, the last such column first;
 * at 0 it may vanish.
 */
export type Column = { readonly head: string; readonly align?: "right"; readonly shrinkTo?: number };

export type Cell = { readonly text: string; readonly tone: Tone };

const GAP = 2;

/** The beginning of a sentence that is shorter tells nothing. */
const WORTH_READING = 20;

/** Lines of a table, each column as wide as its widest cell; no trailing blanks. No rows, no lines. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly (Cell | string)[])[],
  style: Style,
): readonly string[] {
  if (rows.length === 0) return [];
  const widths = fitWidths(columns, naturalWidths(columns, rows, style), style.columns);
  const heads = columns.map((column) => column.head);
  const lines = rows.map((row) => joinCells(columns, row, widths, style));
  return style.headers ? [strong(joinCells(columns, heads, widths, style), style.colour), ...lines] : lines;
}

function naturalWidths(
  columns: readonly Column[],
  rows: readonly (readonly (Cell | string)[])[],
  { headers }: Style,
): readonly number[] {
  return columns.map((column, index) =>
    rows.reduce((width, row) => Math.max(width, textWidth(textOf(row[index]))), headers ? textWidth(column.head) : 0),
  );
}

/** Takes what is too much from the columns that may shrink; a column of width 0 goes with its gap. */
function fitWidths(
  columns: readonly Column[],
  natural: readonly number[],
  limit: number | undefined,
): readonly number[] {
  const widths = [...natural];
  if (limit === undefined) return widths;
  const total = () => widths.reduce((sum, width) => sum + (width === 0 ? 0 : width + GAP), -GAP);
  for (let index = columns.length - 1; index >= 0; index -= 1) {
    const over = total() - limit;
    const shrinkTo = columns[index]?.shrinkTo;
    const width = widths[index] ?? 0;
    if (over <= 0 || shrinkTo === undefined || width <= shrinkTo) continue;
    const smaller = Math.max(shrinkTo, width - over);
    widths[index] = shrinkTo === 0 && smaller < WORTH_READING ? 0 : smaller;
  }
  return widths;
}

function joinCells(
  columns: readonly Column[],
  row: readonly (Cell | string)[],
  widths: readonly number[],
  style: Style,
): string {
  let line = "";
  let used = 0;
  let owed = "";
  columns.forEach((column, index) => {
    const room = Math.min(widths[index] ?? 0, (style.columns ?? Number.POSITIVE_INFINITY) - used);
    if (room <= 0) return;
    const cell = row[index];
    const text = truncate(textOf(cell), room, style.glyphs.ellipsis);
    const blanks = " ".repeat(Math.max(0, room - textWidth(text)));
    const painted = paint(text, toneOf(cell), style.colour);
    line += text === "" ? "" : owed + (column.align === "right" ? blanks + painted : painted);
    owed = (text === "" ? owed + " ".repeat(room) : column.align === "right" ? "" : blanks) + " ".repeat(GAP);
    used += room + GAP;
  });
  return line;
}

function textOf(cell: Cell | string | undefined): string {
  return typeof cell === "string" ? cell : (cell?.text ?? "");
}

function toneOf(cell: Cell | string | undefined): Tone {
  return typeof cell === "object" ? cell.tone : "plain";
}

/** A text broken at blanks into lines of at most `columns`, every line behind `indent` (the first behind `first`). */
export function wrapLines(text: string, columns: number | undefined, first: string, indent: string): readonly string[] {
  if (columns === undefined) return [first + text];
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && textWidth(line) + 1 + textWidth(word) > columns) {
      lines.push(line);
      line = indent + word;
    } else {
      line += isEmpty ? word : ` ${word}`;
    }
    isEmpty = false;
  }
  return [...lines, line];
}
