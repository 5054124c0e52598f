import { applySgr, type CellStyle, plainStyle } from "./sgr.ts";

/**
 * A painted line cut into cells: `text` has one character a column and `styles` how each is drawn.
 * Shape: blanks at the end that show nothing are left out, as an erased line shows the same.
 */
export type CellLine = { readonly text: string; readonly styles: readonly CellStyle[] };

/** Characters that take one column each, in every terminal. */
const oneColumn =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u203a\u2190-\u21ff\u2298\u2500-\u257f\u2581-\u2588\u25b4\u25be\u2713\u2717]*$/;
const sequence = /\u001b\[([\d;]*)m/g;

/**
 * Cuts a line into cells, at most `columns` of them.
 * Shape: `undefined` for a line with anything but one-column characters and colours: how wide terminals draw that is
 * not known well enough to change parts of it.
 */
export function cellLine(line: string, columns: number): CellLine | undefined {
  let text = "";
  let style = plainStyle;
  const styles: CellStyle[] = [];
  let index = 0;
  const add = (part: string) => {
    text += part;
    for (let n = 0; n < part.length; n += 1) styles.push(style);
  };
  for (const match of line.matchAll(sequence)) {
    add(line.slice(index, match.index));
    style = applySgr(style, match[1] ?? "");
    index = match.index + match[0].length;
  }
  add(line.slice(index));
  if (!oneColumn.test(text)) return undefined;
  let length = Math.min(text.length, columns);
  while (length > 0 && text[length - 1] === " " && showsNothing(styles[length - 1])) length -= 1;
  return { text: text.slice(0, length), styles: styles.slice(0, length) };
}

const inverse = 16;
const underlined = 8 | 32;

/** Whether a blank in this style looks like an erased cell. */
function showsNothing(style: CellStyle | undefined): boolean {
  return style === undefined || ((style.bits & (inverse | underlined)) === 0 && style.back === "");
}

/** A stretch of cells to be written: columns `from` up to and without `to`. */
export type Run = { readonly from: number; readonly to: number };

/** Cells in between that are cheaper to write again than to jump over. */
const shortGap = 4;

/**
 * The stretches in which a line differs from what stood there.
 * Shape: in order; cells beyond the end of `after` are not in them, they are to be erased. Unchanged cells between two
 * changes are written too where the jump over them would cost more.
 */
export function changedRuns(before: CellLine, after: CellLine): readonly Run[] {
  const runs: { from: number; to: number }[] = [];
  for (let column = 0; column < after.text.length; column += 1) {
    const same =
      after.text[column] === (before.text[column] ?? " ") &&
      (before.styles[column] === after.styles[column] ||
        (after.text[column] === " " && showsNothing(before.styles[column]) && showsNothing(after.styles[column])));
    if (same) continue;
    const last = runs.at(-1);
    if (last !== undefined && column - last.to < shortGap && isPlainGap(after, last.to, column)) last.to = column + 1;
    else runs.push({ from: column, to: column + 1 });
  }
  return runs;
}

/** A gap in other colours than its neighbours would cost their codes as well. */
function isPlainGap({ styles }: CellLine, from: number, to: number): boolean {
  for (let column = from; column < to; column += 1) {
    if (styles[column] !== styles[from - 1] && styles[column] !== styles[to]) return false;
  }
  return true;
}
