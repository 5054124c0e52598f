import type { Intent } from "./intent.ts";
import type { Cursor, Level } from "./screen.ts";

/** The list that was pointed at gets the keys, and its cursor or its order what was pointed at. */
export function pointed(
  level: Level,
  intent: Extract<Intent, { readonly kind: "place" | "order" }>,
  noCursor: Cursor,
): Pick<Level, "pane" | "cursors"> {
  const { pane } = intent;
  const cursor = level.cursors[pane] ?? noCursor;
  const change =
    intent.kind === "place" ? { selected: intent.id, index: intent.index } : { sort: sortBy(cursor, intent) };
  return { pane, cursors: { ...level.cursors, [pane]: { ...cursor, ...change } } };
}

/** By this column; where that is so already, the other way round. */
function sortBy({ sort }: Cursor, { column }: { readonly column: string }): Cursor["sort"] {
  return { column, reverse: sort?.column === column && !sort.reverse };
}
