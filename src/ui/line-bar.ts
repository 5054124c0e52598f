import { textWidth, truncate } from "../output/width.ts";
import { type CommandHint, commandHint } from "./command-completion.ts";
import type { CommandContext } from "./command-word.ts";
import { keyHints } from "./key-hint.ts";
import { type Look, paintEnds, paintLine, type Span, span } from "./spans.ts";
import type { TypedLine } from "./typed-line.ts";

/** Lines of words above the line that is typed, at most. */
const mostLines = 4;
/** Less room than this says nothing. */
const leastHint = 8;

/** The bar while a filter is typed: what is left of the rows, and how to end it. */
export function drawFilterLine(line: TypedLine, note: string, columns: number, look: Look): string {
  const keys = [
    ["keep-line", "keeps"],
    ["drop-line", "drops"],
  ] as const;
  const right = `${note}  ${keyHints(look, keys)}`;
  const left = typedText("/", line, columns - textWidth(right) - 2, look);
  return paintEnds([span(left, "info")], [span(right, "muted")], columns, look);
}

/** The bar while a command is typed, under what Tab has found where that is more than the bar has room for. */
export function drawCommandLines(
  line: TypedLine,
  context: CommandContext,
  columns: number,
  look: Look,
): readonly string[] {
  const hint = commandHint(line, context);
  const keys = keyHints(look, [["drop-line", "drops"]]);
  const typed = typedText(":", line, columns, look);
  const room = columns - textWidth(typed) - textWidth(keys) - 4;
  const left = span(typed, "info");
  if (room < leastHint) return [paintLine([left], columns, look)];
  const text = textOf(hint, room);
  const right = [span(truncate(text, room, look.glyphs.ellipsis), toneOf(hint)), span(`  ${keys}`, "muted")];
  const bar = paintEnds([left], right, columns, look);
  if (hint.kind !== "words" || !line.isListed || textWidth(text) <= room) return [bar];
  return [...wordLines(hint.words, columns, look), bar];
}

function textOf(hint: CommandHint, room: number): string {
  if (hint.kind === "words") return hint.words.join("  ");
  const whole = hint.kind === "usage" ? `${hint.text}: ${hint.does}` : hint.text;
  return textWidth(whole) > room ? hint.text : whole;
}

function toneOf({ kind }: CommandHint): Span["tone"] {
  return kind === "nothing" ? "warn" : "muted";
}

/** The line with its cursor: `_` behind its end, a stroke between two characters. Around the cursor it is seen. */
function typedText(sign: string, { after, before }: TypedLine, columns: number, look: Look): string {
  const { ellipsis, utf8 } = look.glyphs;
  const cursor = after === "" ? "_" : utf8 ? "│" : "|";
  const room = Math.max(0, columns - 1 - textWidth(cursor));
  const rest = truncate(after, Math.max(room - textWidth(before), Math.floor(room / 3)), ellipsis);
  return `${sign}${endOf(before, room - textWidth(rest), ellipsis)}${cursor}${rest}`;
}

/** The end of what is typed, where the typing goes on. */
function endOf(text: string, columns: number, ellipsis: string): string {
  let kept = text;
  while (kept !== "" && textWidth(kept) + (kept === text ? 0 : 1) > columns) kept = [...kept].slice(1).join("");
  return kept === text ? text : ellipsis + kept;
}

/** As many words as a few lines hold, and how many more there are. */
function wordLines(words: readonly string[], columns: number, look: Look): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const [index, word] of words.entries()) {
    const longer = line === "" ? word : `${line}  ${word}`;
    const more = `  and ${words.length - index} more`;
    const isLast = lines.length === mostLines - 1;
    const isEnd = index === words.length - 1;
    if (textWidth(longer) + (isLast && !isEnd ? textWidth(more) : 0) <= columns) {
      line = longer;
    } else if (isLast) {
      line += more;
      break;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((text) => paintLine([span(text, "muted")], columns, look));
}
