import { nameEndings } from "../domain/find-name.ts";
import { didYouMean } from "../domain/nearest.ts";
import { findCommand, offeredCommands } from "./command-line.ts";
import type { CommandContext, CommandWord, Offers } from "./command-word.ts";
import type { TypedLine } from "./typed-line.ts";

/** What may be typed at the cursor: words that fit, how the command is used, or that nothing fits. */
export type CommandHint =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "usage"; readonly text: string; readonly does: string }
  | { readonly kind: "nothing"; readonly text: string };

/** The line with the word at its cursor completed as far as there is one way to go on. */
export function completeCommand(line: TypedLine, context: CommandContext): TypedLine {
  const at = lookAt(line.before, context);
  if (at.offers === "text") return line;
  const [first, ...others] = at.fits;
  if (first === undefined) return line;
  if (others.length > 0) {
    return { ...line, before: at.head + longer(at.stem, sharedStart(at.fits.map(({ text }) => text))), isListed: true };
  }
  const next = offersAfter([...at.words, first.word], context);
  const goesOn = (next === "text" || next.length > 0) && !/^\s/u.test(line.after);
  return { ...line, before: `${at.head}${first.word}${goesOn ? " " : ""}`, isListed: false };
}

/** What is to be said beside a line that is being typed. */
export function commandHint({ before }: TypedLine, context: CommandContext): CommandHint {
  const at = lookAt(before, context);
  const [command] = at.words;
  if (at.offers === "text") return usage(command ?? "");
  const words = at.fits.map(({ word }) => word);
  const [only] = words;
  if (only === undefined) return nothingFits(at, command, context);
  if (command === undefined && words.length === 1) return usage(only);
  return words.length === 1 && only === at.stem ? usage(command ?? "") : { kind: "words", words };
}

/** A word that fits, and the part of it that what is typed is the beginning of. */
type Fit = { readonly word: string; readonly text: string };

type At = {
  readonly words: readonly string[];
  readonly head: string;
  readonly stem: string;
  readonly offers: Offers;
  readonly fits: readonly Fit[];
};

/** What stands before the cursor: whole words, then the one that is being typed, and what it may become. */
function lookAt(before: string, context: CommandContext): At {
  const typed = /\S*$/u.exec(before)?.[0] ?? "";
  const words = before
    .slice(0, before.length - typed.length)
    .split(/\s+/u)
    .filter((word) => word !== "");
  const offers = offersAfter(words, context);
  const possible = offers === "text" ? [] : offers;
  const whole = fitting(typed, possible);
  // In a list of node patterns the last of them is being typed: "node01,!no".
  const last = typed.slice(Math.max(typed.lastIndexOf(","), typed.lastIndexOf("!")) + 1);
  const stem = whole.length > 0 || words.length === 0 ? typed : last;
  const others = words.length === 0 ? offeredCommands(context).flatMap(({ aliases = [] }) => aliases) : possible;
  const fits = whole.length > 0 ? whole : fitting(stem, others);
  return { words, head: before.slice(0, before.length - stem.length), stem, offers, fits };
}

function offersAfter(words: readonly string[], context: CommandContext): Offers {
  const [word, ...others] = words;
  if (word === undefined) return offeredCommands(context).map((command) => command.word);
  return offeredCommand(word, context)?.offers?.(others, context) ?? [];
}

function offeredCommand(word: string, context: CommandContext): CommandWord | undefined {
  const command = findCommand(word);
  return command !== undefined && offeredCommands(context).includes(command) ? command : undefined;
}

/** The words that begin as typed, else those of which an ending does: "master-2" fits "k8s-de1-master-2". */
function fitting(typed: string, possible: readonly string[]): readonly Fit[] {
  const start = typed.toLowerCase();
  const begins = (text: string) => text.toLowerCase().startsWith(start);
  const whole = possible.filter(begins).map((word) => ({ word, text: word }));
  if (whole.length > 0) return whole;
  return possible.flatMap((word) => {
    const text = nameEndings(word).find(begins);
    return text === undefined ? [] : [{ word, text }];
  });
}

function nothingFits({ offers, stem, words }: At, command: string | undefined, context: CommandContext): CommandHint {
  if (command !== undefined && findCommand(command) === undefined) return nothing(`no command "${command}"`);
  if (command !== undefined && offeredCommand(command, context) === undefined) return nothing("of no use here");
  if (stem === "" || offers.length === 0) return nothing("nothing more is expected");
  // A single letter is as near to any other.
  const near = offers === "text" || stem.length < 2 ? "" : didYouMean(stem, offers);
  return nothing(`${words.length === 0 ? "no command" : "nothing"} fits${near}`);
}

/** A command that is known. */
function usage(word: string): CommandHint {
  const { does = "", usage: text = "" } = findCommand(word) ?? {};
  return { kind: "usage", text, does };
}

function nothing(text: string): CommandHint {
  return { kind: "nothing", text };
}

/** Ignoring case, what all of them begin with, as the first one has it. */
function sharedStart([first = "", ...others]: readonly string[]): string {
  let shared = first;
  while (!others.every((other) => other.toLowerCase().startsWith(shared.toLowerCase()))) shared = shared.slice(0, -1);
  return shared;
}

/** Completion never takes away what was typed. */
function longer(typed: string, shared: string): string {
  return shared.length >= typed.length ? shared : typed;
}
