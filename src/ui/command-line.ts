import { didYouMean } from "../domain/nearest.ts";
import { actCommands } from "./act-commands.ts";
import { type Command, type CommandContext, type CommandWord, isOffered, mistake } from "./command-word.ts";
import { whyLocked } from "./lock.ts";
import { lastCommands, lookCommands } from "./look-commands.ts";

/** Every command that can be typed after `:`, in the order in which the help tells them. */
export const commandWords: readonly CommandWord[] = [...lookCommands, ...actCommands, ...lastCommands];

/** The command of this word, which may be one of its other names. */
export function findCommand(word: string): CommandWord | undefined {
  return commandWords.find((known) => known.word === word || known.aliases?.includes(word) === true);
}

/** The commands that are of use here. */
export function offeredCommands({ isReplay, lock }: CommandContext): readonly CommandWord[] {
  return commandWords.filter((command) => isOffered(command, { canAct: lock.kind !== "absent", isReplay }));
}

/** Reads the line; an empty one asks for nothing. */
export function readCommand(line: string, context: CommandContext): Command | undefined {
  const [word = "", ...words] = line.trim().split(/\s+/);
  if (word === "") return undefined;
  const command = findCommand(word);
  if (command === undefined) {
    const known = offeredCommands(context).map((each) => each.word);
    return mistake(`No command "${word}"${didYouMean(word, known) || "."} There are: ${known.join(", ")}.`);
  }
  if (command.needs === "acting" && context.lock.kind === "absent") return mistake(whyLocked(context.lock) ?? "");
  if (command.needs === "polling" && context.isReplay)
    return mistake(`"${word}" is of no use in a replay: it polls nothing.`);
  if (words.length > 0 && command.offers === undefined) return mistake(`"${word}" takes nothing after it.`);
  return command.read(words, context, line.trim().slice(word.length).trim());
}
