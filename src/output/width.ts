import stringWidth from "string-width";

/** ASCII, Latin, and the marks of `glyphs.ts`: one column each. Saves the grapheme work for nearly every text. */
const SIMPLE =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u2298\u2500-\u257f\u2581-\u2588\u25b4\u25be\u2713\u2717]*$/;

/** Terminal columns of a text without escape sequences. */
export function textWidth(text: string): number {
  return SIMPLE.test(text) ? text.length : stringWidth(text);
}

/** Fills up to `columns`; a longer text stays as it is. */
export function pad(text: string, columns: number, align: "left" | "right" = "left"): string {
  const gap = Math.max(0, columns - textWidth(text));
  return align === "left" ? text + " ".repeat(gap) : " ".repeat(gap) + text;
}

/** Cuts a text to at most `columns`, the ellipsis (one column) included. */
export function truncate(text: string, columns: number, ellipsis: string): string {
  if (textWidth(text) <= columns) return text;
  if (columns <= 0) return "";
  if (SIMPLE.test(text)) return text.slice(0, columns - 1) + ellipsis;
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > columns - 1) break;
    kept += segment;
  }
  return kept + ellipsis;
}
