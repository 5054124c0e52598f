import { badgeSpan, type Look, paintLine, span } from "./spans.ts";

/** A list longer than its window says where in it the window is. */
export function placeText(list: {
  readonly ids: readonly string[];
  readonly offset: number;
  readonly height: number;
}): string {
  const { height, ids, offset } = list;
  if (ids.length <= height) return "";
  return `, ${offset + 1}-${Math.min(ids.length, offset + height)} of ${ids.length}`;
}

/**
 * A line across the screen with a name in it; it parts two tables and says which one has the keys. `cluster` stands before
 * the name where there are several.
 */
export function ruleLine(text: string, isFocused: boolean, columns: number, look: Look, cluster?: string): string {
  const dash = look.glyphs.utf8 ? "─" : "-";
  const badge = cluster === undefined || look.badge === undefined ? [] : [badgeSpan(cluster, look.badge), span(" ")];
  const spans = [span(`${dash}${dash} `, "muted"), ...badge, span(`${text} `, isFocused ? "info" : "muted")];
  return paintLine([...spans, span(dash.repeat(columns), "muted")], columns, {
    ...look,
    glyphs: { ...look.glyphs, ellipsis: dash },
  });
}
