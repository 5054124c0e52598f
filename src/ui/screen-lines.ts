import type { Intent } from "./intent.ts";
import { keepTyped, type Recall } from "./recall.ts";
import { scrolled } from "./scrolling.ts";
import { lineText, reduceLine, type TypedLine } from "./typed-line.ts";

/** Where the help stands after a key; `undefined` once it is closed. */
export function reduceHelp(
  offset: number,
  intent: Intent,
  { helpLines, height }: { readonly helpLines: number; readonly height: number },
): number | undefined {
  switch (intent.kind) {
    case "help":
    case "back":
    case "leave":
      return undefined;
    default:
      return scrolled(offset, intent, { lines: helpLines, height });
  }
}

/** The filter while it is typed: in force with every key, gone where it is dropped, and kept among the others at its end. */
export function reduceFilter(
  typing: TypedLine,
  recall: Recall,
  intent: Intent,
): { readonly filter: string; readonly typing: TypedLine | undefined; readonly recall: Recall } {
  const text = lineText(typing);
  if (intent.kind === "accept") {
    return { filter: text, typing: undefined, recall: { ...recall, filters: keepTyped(recall.filters, text) } };
  }
  const line = reduceLine(typing, intent, recall.filters);
  return { filter: line === undefined ? "" : lineText(line), typing: line, recall };
}
