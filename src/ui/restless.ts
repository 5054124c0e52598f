import { type Frame, sameLines } from "./picture.ts";

/** Colours are kept, as they say something; a number may have a point in it, and a lone point stands for none. */
const restless = /\u001b\[[\d;]*m|\d[\d.]*| +/g;

/**
 * Whether the second picture has the rows of the first, and differs from it only in its numbers and the blanks that they
 * moved. Such a picture is news to nobody who has looked a moment ago.
 */
export function isOnlyNumbers(before: Frame, after: Frame): boolean {
  return (
    before.lines.length === after.lines.length &&
    after.lines.every((line, row) => isSameButNumbers(before.lines[row] ?? "", line)) &&
    sameLines(before.sight.ids, after.sight.ids)
  );
}

function isSameButNumbers(before: string, after: string): boolean {
  return before === after || withoutNumbers(before) === withoutNumbers(after);
}

function withoutNumbers(line: string): string {
  return line.replace(restless, (found) => (found.startsWith("\u001b") ? found : ""));
}
