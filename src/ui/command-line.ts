import { parseDuration } from "../domain/duration.ts";
import type { View } from "./intent.ts";

/** What a line typed after `:` asks for; `mistake` says what is expected. */
export type Command =
  | { readonly kind: "arm"; readonly forMs: number }
  | { readonly kind: "disarm" }
  | { readonly kind: "quit" }
  | { readonly kind: "help" }
  | { readonly kind: "view"; readonly view: View }
  | { readonly kind: "write"; readonly file: string | undefined }
  | { readonly kind: "mistake"; readonly text: string };

/** One row of the table of commands: completion, hints and help are read off it. */
type CommandWord = {
  readonly word: string;
  readonly usage: string;
  readonly does: string;
  /** Only of use where something may be changed. */
  readonly isAct: boolean;
  readonly read: (argument: string) => Command;
};

const armMs = 5 * 60_000;
const longestMs = 60 * 60_000;

export const commandWords: readonly CommandWord[] = [
  {
    word: "arm",
    usage: "arm [5m]",
    does: "unlock the actions for five minutes, or as long as said",
    isAct: true,
    read: readArm,
  },
  {
    word: "disarm",
    usage: "disarm",
    does: "lock the actions again",
    isAct: true,
    read: () => ({ kind: "disarm" }),
  },
  {
    word: "events",
    usage: "events",
    does: "what happened",
    isAct: false,
    read: () => ({ kind: "view", view: "events" }),
  },
  {
    word: "operations",
    usage: "operations",
    does: "who did what, by the ledger",
    isAct: false,
    read: () => ({ kind: "view", view: "operations" }),
  },
  {
    word: "problems",
    usage: "problems",
    does: "every problem, with what to do",
    isAct: false,
    read: () => ({ kind: "view", view: "problems" }),
  },
  {
    word: "write",
    usage: "write [file]",
    does: "write the last ten minutes to a file",
    isAct: false,
    read: (file) => ({ kind: "write", file: file === "" ? undefined : file }),
  },
  { word: "help", usage: "help", does: "the keys and commands", isAct: false, read: () => ({ kind: "help" }) },
  { word: "q", usage: "q", does: "quit", isAct: false, read: () => ({ kind: "quit" }) },
];

/** Reads the line; an empty one asks for nothing. */
export function readCommand(line: string): Command | undefined {
  const [word = "", ...rest] = line.trim().split(/\s+/);
  if (word === "") return undefined;
  const command = commandWords.find((known) => known.word === word);
  if (command === undefined)
    return { kind: "mistake", text: `No command "${word}". There are: ${words(commandWords)}.` };
  const argument = rest.join(" ");
  if (argument !== "" && command.usage === word) return { kind: "mistake", text: `"${word}" takes nothing after it.` };
  return command.read(argument);
}

/** The line with its first word completed as far as there is one way to go on. */
export function completeCommand(line: string): string {
  if (line.includes(" ")) return line;
  const [first, ...others] = matching(line);
  if (first === undefined) return line;
  if (others.length === 0) return first.usage === first.word ? first.word : `${first.word} `;
  let shared = first.word;
  while (!others.every(({ word }) => word.startsWith(shared))) shared = shared.slice(0, -1);
  return shared;
}

/** What may be typed, beside the line that is being typed. */
export function commandHint(line: string): string {
  const found = matching(line.trimStart().split(/\s/)[0] ?? "");
  return found.map(({ usage }) => usage).join("  ");
}

function matching(start: string): readonly CommandWord[] {
  return commandWords.filter(({ word }) => word.startsWith(start));
}

function readArm(argument: string): Command {
  if (argument === "") return { kind: "arm", forMs: armMs };
  const read = parseDuration(argument);
  if (read.ok && read.ms >= 1000 && read.ms <= longestMs) return { kind: "arm", forMs: read.ms };
  return { kind: "mistake", text: `arm ${argument}: ${read.ok ? "from 1s to 1h" : read.expected} is expected` };
}

function words(commands: readonly CommandWord[]): string {
  return commands.map(({ word }) => word).join(", ");
}
