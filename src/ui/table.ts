import { pad, textWidth, truncate } from "../output/width.ts";
import type { ShownColumns } from "./remembered.ts";
import type { Sort } from "./sort.ts";
import { type Look, type Span, span } from "./spans.ts";

/**
 * A column without what is in it.
 * Shape: `width` in columns, the title included; `drop` says how early it goes when the screen is narrow (higher goes
 * first, 0 never); the column with `grow` takes what is left beyond its width. `words` say what it means. A table always
 * has its `isName`; what is `isHidden` shows once somebody chose it.
 */
export type ColumnHead = {
  readonly id: string;
  readonly title: string;
  readonly words?: string;
  readonly align?: "left" | "right";
  readonly width: number;
  readonly drop: number;
  readonly grow?: boolean;
  readonly isName?: boolean;
  readonly isHidden?: boolean;
};

/** A column of a table of `Row`s. `order` makes it a column to sort by. */
export type Column<Row> = ColumnHead & {
  readonly cell: (row: Row) => Span;
  readonly order?: (a: Row, b: Row) => number;
};

/** The columns that fit, with the widths they get. */
export type Layout<Row> = readonly { readonly column: Column<Row>; readonly width: number }[];

export const gap = 1;
/** In front of every row: the cursor, and the mark. */
export const margin = 2;

/** Whether a column is shown where there is room. */
export function isShown({ id, isHidden, isName }: ColumnHead, shown: ShownColumns): boolean {
  return isName === true || (shown[id] ?? isHidden !== true);
}

/** Chooses columns for a screen: what a person chose goes last. Stable as long as the columns and the screen are. */
export function fitting<Head extends ColumnHead>(
  columns: readonly Head[],
  screenColumns: number,
  shown: ShownColumns,
): readonly Head[] {
  let kept = columns;
  for (const isChosen of [false, true]) {
    while (widthOf(kept) > screenColumns) {
      const candidates = kept.filter(({ id, isName }) => isName !== true && (shown[id] === true) === isChosen);
      const first = candidates.reduce<Head | undefined>(
        // Of those that nobody can do without in general, a person who chose others can.
        (worst, column) => (column.drop > (worst?.drop ?? (isChosen ? -1 : 0)) ? column : worst),
        undefined,
      );
      if (first === undefined) break;
      kept = kept.filter((column) => column !== first);
    }
  }
  return kept;
}

/** The columns that fit, with the widths they get. */
export function layOut<Row>(
  columns: readonly Column<Row>[],
  screenColumns: number,
  shown: ShownColumns = {},
): Layout<Row> {
  const kept = fitting(columns, screenColumns, shown);
  const spare = Math.max(0, screenColumns - widthOf(kept));
  return kept.map((column) => ({ column, width: column.grow ? column.width + spare : column.width }));
}

function widthOf(columns: readonly ColumnHead[]): number {
  return margin + columns.reduce((sum, { width }) => sum + gap + width, -gap);
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
