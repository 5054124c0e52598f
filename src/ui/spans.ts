import type { ClusterColor } from "../domain/cluster-color.ts";
import { type Colour, paint, paintBadge } from "../output/colour.ts";
import type { Glyphs } from "../output/glyphs.ts";
import type { Tone } from "../output/tone.ts";
import { pad, textWidth, truncate } from "../output/width.ts";
import type { Keymap } from "./keymap.ts";

/**
 * How this terminal is drawn on, and by which keys it is told; without them by the standard ones. `badge` is the colour
 * of the cluster's name.
 */
export type Look = {
  readonly glyphs: Glyphs;
  readonly colour: Colour;
  readonly keys?: Keymap;
  readonly badge?: ClusterColor | undefined;
};

/** A piece of a line with its meaning; the colour is computed from the tone, or is a name's own, never from the text. */
export type Span = { readonly text: string; readonly tone: Tone; readonly badge?: ClusterColor | undefined };

export function span(text: string, tone: Tone = "plain"): Span {
  return { text, tone };
}

/** A cluster's name: on a ground of its colour where it has one. */
export function badgeSpan(name: string, badge: ClusterColor | undefined): Span {
  return badge === undefined ? span(name) : { text: ` ${name} `, tone: "plain", badge };
}

/** One line of exactly or at most `columns`: spans one after the other, what is too much cut off with an ellipsis. */
export function paintLine(spans: readonly Span[], columns: number, look: Look): string {
  let line = "";
  let left = columns;
  for (const { badge, text, tone } of spans) {
    if (left <= 0) break;
    const cut = truncate(text, left, look.glyphs.ellipsis);
    line += badge === undefined ? paint(cut, tone, look.colour) : paintBadge(cut, badge, look.colour);
    left -= textWidth(cut);
  }
  return line;
}

/** The selected line: over the whole width and turned round where there is colour; its mark says the same without. */
export function paintSelected(spans: readonly Span[], columns: number, look: Look): string {
  const text = paintLine(spans, columns, { ...look, colour: false });
  return look.colour === false ? text : `\u001b[7m${pad(text, columns)}\u001b[27m`;
}

/** A line with something at its left and something at its right end; the left side gives way. */
export function paintEnds(left: readonly Span[], right: readonly Span[], columns: number, look: Look): string {
  const rightWidth = right.reduce((sum, { text }) => sum + textWidth(text), 0);
  if (rightWidth === 0 || rightWidth + 4 > columns) return paintLine(left, columns, look);
  const room = columns - rightWidth - 1;
  const leftWidth = Math.min(
    room,
    left.reduce((sum, { text }) => sum + textWidth(text), 0),
  );
  return `${paintLine(left, room, look)}${" ".repeat(columns - rightWidth - leftWidth)}${paintLine(right, rightWidth, look)}`;
}

/** Breaks a text into lines at blanks; a word that is too long for a line is broken. */
export function wrapText(text: string, columns: number, maxLines: number, look: Look): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (textWidth(line) > columns && columns > 0) {
      const head = truncate(line, columns + 1, "");
      if (head === "") break;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  lines.push(line);
  if (lines.length <= maxLines) return lines.map((full) => truncate(full, columns, look.glyphs.ellipsis));
  const kept = lines.slice(0, maxLines - 1);
  return [...kept, truncate(lines.slice(maxLines - 1).join(" "), columns, look.glyphs.ellipsis)];
}
