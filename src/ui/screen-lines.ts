import { completeCommand } from "./command-line.ts";
import type { Intent } from "./intent.ts";
import { scrolled } from "./scrolling.ts";
import { typed } from "./typing.ts";

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

/** The line after a key; nothing is left of it where it was dropped. What Enter does with it is the controller's. */
export function reduceCommand(command: string, intent: Intent): string | undefined {
  if (intent.kind === "accept" || intent.kind === "back") return undefined;
  if (intent.kind === "erase" && command === "") return undefined;
  return intent.kind === "complete" ? completeCommand(command) : typed(command, intent);
}
