import type { ManualBlock } from "./manual-page.ts";

/** What stands below the flags in the help of a command, by where it belongs in a page of the manual. */
export type HelpText = {
  readonly notes: readonly ManualBlock[];
  readonly exits: readonly ManualBlock[];
  readonly examples: readonly ManualBlock[];
};

/**
 * Reads the text that a command adds to its help: paragraphs; lists, which are indented below a line that ends in a
 * colon; `Examples:`; and what begins with `Exit code`.
 */
export function readHelpText(help: string): HelpText {
  const notes: ManualBlock[] = [];
  const exits: ManualBlock[] = [];
  const examples: ManualBlock[] = [];
  const parts = help
    .replaceAll(/\n(?=Exit codes?:)/g, "\n\n")
    .split(/\n(?:[ \t]*\n)+/)
    .map((part) => part.replace(/^\n+|\s+$/g, ""));
  for (const part of parts) {
    const [first = "", ...rest] = part.split("\n");
    const isList = first.endsWith(":") && rest.length > 0 && rest.every((line) => line.startsWith("  "));
    if (part === "") continue;
    else if (isList && first === "Examples:") examples.push(...readExamples(rest));
    else if (/^Exit codes?:/.test(first)) exits.push({ kind: "text", text: flow(part.replace(/^Exit codes?: */, "")) });
    else if (isList) notes.push({ kind: "text", text: first }, { kind: "lines", lines: outdent(rest) });
    else if (first.startsWith("  ")) notes.push({ kind: "lines", lines: outdent([first, ...rest]) });
    else notes.push({ kind: "text", text: flow(part) });
  }
  return { notes, exits, examples };
}

/** An example a line, with what it is for after some blanks; what is indented deeper belongs to the one before it. */
function readExamples(lines: readonly string[]): readonly ManualBlock[] {
  const groups: string[][] = [];
  for (const line of outdent(lines)) {
    const last = groups.at(-1);
    if (last !== undefined && line.startsWith(" ")) last.push(line);
    else groups.push([line]);
  }
  return groups.map((group) => {
    const [only = ""] = group;
    if (group.length > 1) return { kind: "lines", lines: group };
    const [, command = only, text = ""] = /^(.*?\S) {2,}(\S.*)$/.exec(only) ?? [];
    return { kind: "example", command, text };
  });
}

function outdent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(/^ {2}/, ""));
}

function flow(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ").trim();
}
