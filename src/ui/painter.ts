import { type CellLine, cellLine, changedRuns } from "./cell-line.ts";
import { createPen, type Pen } from "./pen.ts";
import type { Size } from "./picture.ts";

/**
 * Draws whole frames on a terminal: the cells that changed, in one synchronized update.
 * Shape: `frame` gives the bytes to write, "" where nothing changed; `forget` makes the next frame a whole one.
 */
export type Painter = {
  frame(text: string, size: Size): string;
  forget(): void;
};

/** A line as it stands on the terminal; `cells` is `undefined` where it can only be written whole. */
type Shown = { readonly text: string; readonly cells: CellLine | undefined };

const begin = "\u001b[?2026h";
const end = "\u001b[?2026l";
const empty: Shown = { text: "", cells: { text: "", styles: [] } };

export function createPainter(): Painter {
  let shown: readonly Shown[] | undefined;
  let shownSize: Size | undefined;
  const pen = createPen();

  return {
    frame(text, size) {
      const isSameSize = shownSize?.columns === size.columns && shownSize.rows === size.rows;
      const before = isSameSize ? shown : undefined;
      if (before === undefined) pen.clear();
      const texts = text.split("\n").slice(0, size.rows);
      const lines = Array.from({ length: Math.max(texts.length, before?.length ?? 0) }, (_, row): Shown => {
        const old = before?.[row] ?? empty;
        const next = texts[row] ?? "";
        if (next === old.text) return old;
        const line = { text: next, cells: cellLine(next, size.columns) };
        drawLine(pen, row, old, line, size.columns);
        return line;
      });
      shown = lines;
      shownSize = size;
      const { bytes, pieces } = pen.take();
      // One piece is drawn at once anyhow, and the marks would be most of what is sent for it.
      return pieces <= 1 ? bytes : `${begin}${bytes}${end}`;
    },
    forget() {
      shown = undefined;
    },
  };
}

function drawLine(pen: Pen, row: number, old: Shown, line: Shown, columns: number): void {
  if (old.cells === undefined || line.cells === undefined) {
    pen.writeLine(row, line.text, old.text !== "");
    return;
  }
  for (const { from, to } of changedRuns(old.cells, line.cells)) pen.write(row, from, line.cells, to, columns);
  const length = line.cells.text.length;
  if (old.cells.text.length > length) pen.erase(row, length, old.cells.text.length - length);
}
