import type { Size } from "./picture.ts";
import { sharedStart } from "./shared-start.ts";

/**
 * Draws whole frames on a terminal: of each line what comes after its first change, in one synchronized update.
 * Shape: `frame` gives the bytes to write, "" where nothing changed; `forget` makes the next frame a whole one.
 */
export type Painter = {
  frame(text: string, size: Size): string;
  forget(): void;
};

const begin = "\u001b[?2026h";
const end = "\u001b[?2026l";

export function createPainter(): Painter {
  let shown: readonly string[] | undefined;
  let shownSize: Size | undefined;

  return {
    frame(text, size) {
      const lines = text.split("\n").slice(0, size.rows);
      const isSameSize = shownSize?.columns === size.columns && shownSize.rows === size.rows;
      const before = isSameSize ? shown : undefined;
      shown = lines;
      shownSize = size;
      const changes: string[] = before === undefined ? ["\u001b[0m\u001b[2J"] : [];
      const last = Math.max(lines.length, before?.length ?? 0);
      for (let row = 0; row < last; row += 1) {
        const line = lines[row] ?? "";
        const old = before?.[row] ?? "";
        if (line === old) continue;
        const { column, index } = sharedStart(old, line);
        changes.push(`\u001b[${row + 1};${column + 1}H`);
        // Cleared first: after a line of full width the cursor stands on its last character, which would be cleared.
        if (old !== "") changes.push("\u001b[K");
        changes.push(line.slice(index));
      }
      return changes.length === 0 ? "" : `${begin}${changes.join("")}${end}`;
    },
    forget() {
      shown = undefined;
    },
  };
}
