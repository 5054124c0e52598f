import { pad, textWidth, truncate } from "../output/width.ts";
import type { Sort } from "./sort.ts";
import { type Look, type Span, span } from "./spans.ts";

/**
 * A column of a table of `Row`s.
 * Shape: `width` in columns, the title included; `drop` says how early it goes when the screen is narrow (higher goes
 * first, 0 never); the column with `grow` takes what is left beyond its width. `order` makes it a column to sort by.
 */
export type Column<Row> = {
  readonly id: string;
  readonly title: string;
  readonly align?: "left" | "right";
  readonly width: number;
  readonly drop: number;
  readonly grow?: boolean;
  readonly cell: (row: Row) => Span;
  readonly order?: (a: Row, b: Row) => number;
};

/** The columns that fit, with the widths they get. */
export type Layout<Row> = readonly { readonly column: Column<Row>; readonly width: number }[];

export const gap = 1;
/** In front of every row: the cursor, and the mark. */
export const margin = 2;

/** Chooses columns and widths for a screen; stable as long as the columns and the screen are. */
export function layOut<Row>(columns: readonly Column<Row>[], screenColumns: number): Layout<Row> {
  let kept = [...columns];
  const need = () => margin + kept.reduce((sum, { width }) => sum + gap + width, -gap);
  while (need() > screenColumns) {
    const first = kept.reduce((worst, column) => (column.drop > worst.drop ? column : worst));
    if (first.drop === 0) break;
    kept = kept.filter((column) => column !== first);
  }
  const spare = Math.max(0, screenColumns - need());
  return kept.map((column) => ({ column, width: column.grow ? column.width + spare : column.width }));
}

/** The line of titles, with the mark of the order in force. */
export function headerSpans<Row>(layout: Layout<Row>, sort: Sort | undefined, look: Look): readonly Span[] {
  const cells = layout.map(({ column, width }) => {
    const isSorted = sort?.column === column.id;
    const mark = isSorted ? (sort.reverse ? look.glyphs.sortUp : look.glyphs.sortDown) : "";
    return pad(truncate(column.title, width - mark.length, look.glyphs.ellipsis) + mark, width, column.align);
  });
  return [span(`  ${cells.join(" ")}`.trimEnd(), "muted")];
}

/** One row: `>` where the cursor is, `*` where it is marked, then its cells. */
export function rowSpans<Row>(
  layout: Layout<Row>,
  row: Row,
  { isMarked, isSelected }: { readonly isMarked: boolean; readonly isSelected: boolean },
  look: Look,
): readonly Span[] {
  const spans: Span[] = [span(isSelected ? ">" : " "), span(isMarked ? "*" : " ", isMarked ? "info" : "plain")];
  for (const [index, { column, width }] of layout.entries()) {
    const cell = column.cell(row);
    const cut = truncate(cell.text, width, look.glyphs.ellipsis);
    const isLast = index === layout.length - 1;
    const blank = " ".repeat(Math.max(0, width - textWidth(cut)));
    if (column.align === "right") spans.push(span(blank), { ...cell, text: cut });
    else spans.push({ ...cell, text: cut }, span(isLast ? "" : blank));
    if (!isLast) spans.push(span(" "));
  }
  return spans;
}

/** Rows in the order of a column; equal ones keep the order in which they came. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | undefined,
): readonly Row[] {
  const order = columns.find((column) => column.id === sort?.column)?.order;
  if (order === undefined || sort === undefined) return rows;
  const sorted = [...rows].sort(order);
  return sort.reverse ? sorted.reverse() : sorted;
}

/** The columns that can be sorted by, from left to right. */
export function sortable<Row>(columns: readonly Column<Row>[]): readonly string[] {
  return columns.filter((column) => column.order !== undefined).map((column) => column.id);
}

export const byNumber =
  <Row>(value: (row: Row) => number | undefined) =>
  (a: Row, b: Row): number =>
    (value(b) ?? -1) - (value(a) ?? -1);

export const byText =
  <Row>(value: (row: Row) => string) =>
  (a: Row, b: Row): number =>
    value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0;
