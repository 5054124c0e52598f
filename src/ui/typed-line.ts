import type { Intent } from "./intent.ts";
import { type Recalled, recall } from "./recall.ts";

/** A line that is being typed, cut in two at its cursor. `isListed` once Tab has found several ways to go on. */
export type TypedLine = {
  readonly before: string;
  readonly after: string;
  readonly recalled: Recalled | undefined;
  readonly isListed: boolean;
};

/** Longer texts are pasted by mistake, and each character of a filter would be looked for in every row. */
const longestLine = 200;

/** A line with the cursor at its end. */
export function lineOf(text: string): TypedLine {
  return { before: text, after: "", recalled: undefined, isListed: false };
}

export function lineText({ after, before }: TypedLine): string {
  return before + after;
}

/**
 * The line after a key; nothing is left of it where it was dropped, or was empty and is erased.
 * Shape: `past` is what was typed before, the oldest first. Keys that are not about a line leave it as it is.
 */
export function reduceLine(line: TypedLine, intent: Intent, past: readonly string[]): TypedLine | undefined {
  if (intent.kind === "back") return undefined;
  if (intent.kind === "erase" && intent.what === "character" && lineText(line) === "") return undefined;
  if (intent.kind === "recall") {
    const { recalled, text } = recall(lineText(line), line.recalled, past, intent.by);
    return { ...lineOf(text), recalled };
  }
  const edited = editLine(line, intent);
  return edited.before === line.before && edited.after === line.after ? line : { ...edited, isListed: false };
}

/** The line after a key that types, erases or moves the cursor. */
export function editLine(line: TypedLine, intent: Intent): TypedLine {
  const { after, before } = line;
  switch (intent.kind) {
    case "type":
      return {
        ...line,
        before: before + intent.text.slice(0, Math.max(0, longestLine - before.length - after.length)),
      };
    case "erase":
      return { ...line, ...erased(line, intent.what) };
    case "cursor":
      return { ...line, ...moved(line, intent.to) };
    default:
      return line;
  }
}

type Ends = Pick<TypedLine, "before" | "after">;

function erased({ after, before }: Ends, what: Extract<Intent, { kind: "erase" }>["what"]): Ends {
  switch (what) {
    case "character":
      return { before: withoutLast(before), after };
    case "word":
      return { before: before.replace(/\S*\s*$/u, ""), after };
    case "rest":
      return { before, after: "" };
    case "all":
      return { before: "", after: "" };
  }
}

function moved({ after, before }: Ends, to: Extract<Intent, { kind: "cursor" }>["to"]): Ends {
  const text = before + after;
  switch (to) {
    case "start":
      return { before: "", after: text };
    case "end":
      return { before: text, after: "" };
    case "left": {
      const left = withoutLast(before);
      return { before: left, after: text.slice(left.length) };
    }
    case "right": {
      const [next = ""] = after;
      return { before: before + next, after: after.slice(next.length) };
    }
  }
}

function withoutLast(text: string): string {
  return [...text].slice(0, -1).join("");
}
