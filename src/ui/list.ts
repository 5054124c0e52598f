import { createFilter } from "./filter.ts";
import type { OwnTable } from "./own-table.ts";
import { cursorOf, type Level, type Pane } from "./screen.ts";
import type { Sort } from "./sort.ts";
import { type Look, paintLine, paintSelected, span } from "./spans.ts";
import { type Column, headerSpans, layOut, rowSpans, sortable, sortRows } from "./table.ts";
import { type TitleSpot, titleSpots } from "./title-spots.ts";
import { follow, locate } from "./window.ts";

/** A table on the screen: its rows in the order in which they come by themselves, and how they are read. */
export type List<Row> = {
  readonly pane: Pane;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** Where its columns and its order are a person's own; else the order is the cursor's. */
  readonly own?: OwnTable;
  readonly idOf: (row: Row) => string;
  /** What a filter looks at; without it the list is never filtered. */
  readonly wordsOf?: (row: Row) => string;
  readonly isMarked?: (row: Row) => boolean;
  /** What is said in place of rows where there are none at all. */
  readonly whenEmpty?: string;
  /** What words and order depend on beside the rows: with it, rows that are the very ones of before are not arranged again. */
  readonly arrangedBy?: string;
};

/** A drawn table, and where it was cut out of the whole. */
export type DrawnList<Row> = {
  readonly lines: readonly string[];
  readonly ids: readonly string[];
  readonly sortColumns: readonly string[];
  readonly own: OwnTable | undefined;
  /** Where the titles stand that can be sorted by. */
  readonly titles: readonly TitleSpot[];
  readonly selectedRow: Row | undefined;
  /** The selected row in all its columns, also those that the screen has no room for. */
  readonly selectedText: string | undefined;
  readonly index: number;
  readonly offset: number;
  readonly height: number;
  readonly total: number;
  readonly filterNote: string | undefined;
};

/** The row under the cursor, without drawing it. */
export function selectedRow<Row>(list: List<Row>, level: Level): Row | undefined {
  const { index, rows } = arrange(list, level);
  return rows[index];
}

type Arranged<Row> = {
  readonly rows: readonly Row[];
  readonly ids: readonly string[];
  readonly filterNote: string | undefined;
};

/** By the rows as they came: a key that only moves the cursor costs no sorting. */
const arranged = new WeakMap<readonly unknown[], { readonly by: string; readonly result: Arranged<unknown> }>();

/** The rows that the filter leaves, in their order, and where among them the cursor stands. */
function arrange<Row>(list: List<Row>, level: Level) {
  const cursor = cursorOf(level, list.pane);
  const sort = orderOf(list, cursor.sort);
  const by = JSON.stringify([list.arrangedBy, level.filter, sort]);
  const before = list.arrangedBy === undefined ? undefined : arranged.get(list.rows);
  // What stands there was made of these very rows.
  const result = before?.by === by ? (before.result as Arranged<Row>) : arrangeAnew(list, level.filter, sort);
  if (list.arrangedBy !== undefined && result !== before?.result) arranged.set(list.rows, { by, result });
  return { ...result, cursor, sort, index: locate(result.ids, cursor.selected, cursor.index) };
}

/** The order in force; a column that was put away, or that this fleet does not have, orders nothing. */
function orderOf<Row>({ columns, own }: List<Row>, sort: Sort | undefined): Sort | undefined {
  const wanted = own === undefined ? sort : own.sort;
  return columns.some(({ id }) => id === wanted?.column) ? wanted : undefined;
}

function arrangeAnew<Row>(list: List<Row>, text: string, sort: Sort | undefined): Arranged<Row> {
  const { wordsOf } = list;
  const filter = createFilter(wordsOf === undefined ? "" : text);
  const kept =
    wordsOf === undefined || filter.isOpen ? list.rows : list.rows.filter((row) => filter.matches(wordsOf(row)));
  const rows = sortRows(kept, list.columns, sort);
  return { rows, ids: rows.map(list.idOf), filterNote: filter.note };
}

function textOf<Row>(row: Row | undefined, columns: readonly Column<Row>[]): string | undefined {
  if (row === undefined) return undefined;
  return columns
    .map(({ cell }) => cell(row).text.trim())
    .filter((text) => text !== "" && text !== ".")
    .join("  ");
}

/** Draws the header and as many rows as `height` allows (header not counted): only those are ever formatted. */
export function drawList<Row>(
  list: List<Row>,
  level: Level,
  isFocused: boolean,
  { columns, height }: { readonly columns: number; readonly height: number },
  look: Look,
): DrawnList<Row> {
  const { cursor, filterNote, ids, index, rows, sort } = arrange(list, level);
  const offset = follow(cursor.offset, index, height, rows.length);
  const layout = layOut(list.columns, columns, list.own?.shown);
  const lines = rows.slice(offset, offset + height).map((row, line) => {
    const isSelected = isFocused && offset + line === index;
    const spans = rowSpans(layout, row, { isSelected, isMarked: list.isMarked?.(row) === true }, look);
    return isSelected ? paintSelected(spans, columns, look) : paintLine(spans, columns, look);
  });
  const instead = list.rows.length > 0 ? "no row fits the filter; Esc clears it" : list.whenEmpty;
  if (rows.length === 0 && instead !== undefined && height > 0)
    lines.push(paintLine([span(`  ${instead}`, "muted")], columns, look));
  return {
    lines: [paintLine(headerSpans(layout, sort, look), columns, look), ...lines],
    ids,
    sortColumns: sortable(list.columns),
    own: list.own,
    titles: titleSpots(layout),
    selectedRow: rows[index],
    selectedText: textOf(rows[index], list.columns),
    index,
    offset,
    height,
    total: list.rows.length,
    filterNote,
  };
}
