import type { Intent } from "./intent.ts";
import { scrolled } from "./scrolling.ts";

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
