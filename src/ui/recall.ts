import { type Memory, mostLines } from "./remembered.ts";

/** What was typed before, the oldest first: commands and filters, each in a row of its own. */
export type Recall = { readonly commands: readonly string[]; readonly filters: readonly string[] };

/** Where in the row of earlier lines a line stands, and what was being typed when the walk began. */
export type Recalled = { readonly at: number; readonly draft: string };

export const noRecall: Recall = { commands: [], filters: [] };

/** The row with one more line; blank ones and a second one of the same are not kept. */
export function keepTyped(lines: readonly string[], text: string): readonly string[] {
  const line = text.trim();
  if (line === "" || line === lines.at(-1)) return lines;
  return [...lines, line].slice(-mostLines);
}

/** One step back (-1) or on (1) from the line that is typed; behind the newest stands what was being typed. */
export function recall(
  text: string,
  recalled: Recalled | undefined,
  lines: readonly string[],
  by: 1 | -1,
): { readonly text: string; readonly recalled: Recalled | undefined } {
  const from = recalled?.at ?? lines.length;
  const at = Math.max(0, from + by);
  if (at === from || at > lines.length) return { text, recalled };
  const draft = recalled?.draft ?? text;
  const earlier = lines[at];
  return earlier === undefined ? { text: draft, recalled: undefined } : { text: earlier, recalled: { at, draft } };
}

/** What is remembered of the lines of earlier runs. */
export function recallFrom(memory: Memory | undefined): Recall {
  const { commands = [], filters = [] } = memory?.recalled ?? {};
  return { commands, filters };
}

/** Leaves in the memory what was typed between the two. */
export function keepLines(memory: Memory | undefined, before: Recall, { commands, filters }: Recall): void {
  if (commands !== before.commands) memory?.keep({ commands });
  if (filters !== before.filters) memory?.keep({ filters });
}
