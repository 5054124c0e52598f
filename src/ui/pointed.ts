import type { Intent } from "./intent.ts";
import type { Cursor, Level } from "./screen.ts";

/** The list that was pointed at gets the keys, and its cursor the row. */
export function pointed(
  level: Level,
  { id, index, pane }: Extract<Intent, { readonly kind: "place" }>,
  noCursor: Cursor,
): Pick<Level, "pane" | "cursors"> {
  const cursor = level.cursors[pane] ?? noCursor;
  return { pane, cursors: { ...level.cursors, [pane]: { ...cursor, selected: id, index } } };
}
