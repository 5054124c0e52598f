import type { Intent } from "./intent.ts";
import { editLine, lineOf, lineText } from "./typed-line.ts";

/** A line without a cursor of its own, after a key that types or erases; other keys leave it as it is. */
export function typed(line: string, intent: Intent): string {
  return intent.kind === "type" || intent.kind === "erase" ? lineText(editLine(lineOf(line), intent)) : line;
}
