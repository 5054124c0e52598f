import type { CellLine } from "./cell-line.ts";
import { type CellStyle, plainStyle, sgrBetween } from "./sgr.ts";

/**
 * The terminal's cursor, moved and coloured with as few bytes as may be. From one frame to the next it remembers nothing:
 * what somebody else wrote to this terminal (wall, a message of the kernel) must not put a later frame in the wrong place.
 * Shape: `take` gives what was written since the last time, and in how many pieces it lies on the screen. Rows and
 * columns count from 0.
 */
export type Pen = {
  /** The whole screen is empty from now on. */
  clear(): void;
  /** The cells from column `from` up to and without `to`. */
  write(row: number, from: number, line: CellLine, to: number, columns: number): void;
  /** A whole line as it is, with its own colours. */
  writeLine(row: number, text: string, wasUsed: boolean): void;
  /** `count` cells from here to the end of what stands in the row. */
  erase(row: number, column: number, count: number): void;
  take(): { readonly bytes: string; readonly pieces: number };
};

export function createPen(): Pen {
  let bytes = "";
  let pieces = 0;
  let style: CellStyle = plainStyle;
  /** Where the cursor stands; `undefined` where terminals differ, as after the last column. */
  let at: { row: number; column: number } | undefined;

  function move(row: number, column: number): void {
    if (at?.row === row && at.column === column) return;
    pieces += 1;
    const byPlace = `\u001b[${row + 1}${column === 0 ? "" : `;${column + 1}`}H`;
    const onLine = at?.row === row ? `\u001b[${column + 1}G` : byPlace;
    const ahead =
      at?.row === row && column > at.column ? `\u001b[${column - at.column === 1 ? "" : column - at.column}C` : byPlace;
    bytes += [byPlace, onLine, ahead].reduce((best, one) => (one.length < best.length ? one : best));
    at = { row, column };
  }

  function colour(next: CellStyle): void {
    bytes += sgrBetween(style, next);
    style = next;
  }

  return {
    clear() {
      bytes += "\u001b[0m\u001b[2J";
      pieces += 1;
      style = plainStyle;
      at = undefined;
    },
    write(row, from, { text, styles }, to, columns) {
      move(row, from);
      for (let column = from; column < to; ) {
        const next = styles[column] ?? plainStyle;
        let stop = column + 1;
        while (stop < to && styles[stop] === next) stop += 1;
        colour(next);
        bytes += text.slice(column, stop);
        column = stop;
      }
      at = to < columns ? { row, column: to } : undefined;
    },
    writeLine(row, text, wasUsed) {
      at = undefined;
      move(row, 0);
      colour(plainStyle);
      // Cleared first: after a line of full width the cursor stands on its last character, which would be cleared.
      bytes += `${wasUsed ? "\u001b[K" : ""}${text}\u001b[0m`;
      at = undefined;
    },
    erase(row, column, count) {
      move(row, column);
      // Erased cells take the colour of the ground in force.
      if (style.back !== "" || count <= 3) colour(plainStyle);
      if (count > 3) {
        bytes += "\u001b[K";
        return;
      }
      bytes += " ".repeat(count);
      at = undefined;
    },
    take() {
      colour(plainStyle);
      const taken = { bytes, pieces };
      at = undefined;
      bytes = "";
      pieces = 0;
      return taken;
    },
  };
}
