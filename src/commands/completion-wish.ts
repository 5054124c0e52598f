import type { Argument, Command, Option } from "commander";

/** Something that may be typed, and what there is to say of it. */
export type Candidate = { readonly value: string; readonly text: string };

/**
 * What may stand where the cursor is. `nodes` are patterns where `arePatterns`: labels and lists then too. `taken` stand
 * in the line already.
 */
export type Wish =
  | { readonly kind: "words"; readonly words: readonly Candidate[] }
  | { readonly kind: "files" }
  | { readonly kind: "folders" }
  | { readonly kind: "clusters" }
  | { readonly kind: "masters"; readonly taken: readonly string[] }
  | { readonly kind: "nodes"; readonly arePatterns: boolean };

/** The values of --config and of --cluster. */
export type FleetChoice = { readonly config?: string; readonly cluster?: string };

const nothing: Wish = { kind: "words", words: [] };

/**
 * Follows the words of a command line, without the program's name and the last one, through the program as commander
 * would. Shape: what `last`, the word at the cursor, may become, and which fleet file the line is about.
 */
export function wishOf(program: Command, words: readonly string[], last: string): { wish: Wish; fleet: FleetChoice } {
  let command = program;
  let waiting: Option | undefined;
  let fleet: FleetChoice = {};
  let isPlain = false;
  const given: string[] = [];
  for (const word of words) {
    const option = waiting;
    waiting = undefined;
    if (option !== undefined && (option.required || !word.startsWith("-"))) {
      fleet = chosenBy(program, option, word) ?? fleet;
    } else if (isPlain || !word.startsWith("-") || word === "-") {
      const below = given.length === 0 ? findCommand(command, word) : undefined;
      if (below === undefined) given.push(word);
      else command = below;
    } else if (word === "--") {
      isPlain = true;
    } else {
      const [flag = "", ...value] = word.split("=");
      const found = findOption(command, flag);
      if (value.length === 0 && takesValue(found)) waiting = found;
      if (value.length > 0) fleet = chosenBy(program, found, value.join("=")) ?? fleet;
    }
  }
  return { wish: wishAt({ program, command, waiting, isPlain, given, last }), fleet };
}

/** A command may have a flag of its own of that name, which chooses nothing. */
function chosenBy(program: Command, option: Option | undefined, value: string): FleetChoice | undefined {
  if (option === undefined || !program.options.includes(option)) return undefined;
  if (option.long === "--config") return { config: value };
  return option.long === "--cluster" ? { cluster: value } : undefined;
}

type Place = {
  readonly program: Command;
  readonly command: Command;
  readonly waiting: Option | undefined;
  readonly isPlain: boolean;
  readonly given: readonly string[];
  readonly last: string;
};

function wishAt({ program, command, waiting, isPlain, given, last }: Place): Wish {
  if (waiting?.required || (waiting !== undefined && !last.startsWith("-"))) return valueWish(program, waiting);
  if (!isPlain && last.startsWith("--") && last.includes("=")) {
    const option = findOption(command, last.slice(0, last.indexOf("=")));
    return takesValue(option) && option !== undefined ? valueWish(program, option) : nothing;
  }
  if (!isPlain && last.startsWith("-")) return { kind: "words", words: flagsOf(command, last) };
  const below = given.length === 0 ? commandsOf(command) : [];
  if (below.length > 0) return { kind: "words", words: below };
  // Commander has it for itself, beside the commands.
  if (given.length === 1 && given[0] === "help") return { kind: "words", words: commandsOf(command) };
  const args = command.registeredArguments;
  const argument = args[given.length] ?? args.findLast(({ variadic }) => variadic);
  return argument === undefined ? nothing : argumentWish(program, argument, given);
}

function argumentWish(program: Command, argument: Argument, given: readonly string[]): Wish {
  const { argChoices } = argument;
  if (argChoices !== undefined) return choiceWish(argChoices);
  switch (argument.name()) {
    case "master":
      return { kind: "masters", taken: given };
    case "file":
      return { kind: "files" };
    case "command":
      return { kind: "words", words: commandsOf(program) };
    default:
      return nothing;
  }
}

/** What is known of a flag's value by its choices, by its own name, or by the word in brackets that stands for it. */
function valueWish(program: Command, option: Option): Wish {
  const { argChoices, long, flags, description } = option;
  if (argChoices !== undefined) return choiceWish(argChoices);
  const [, word = ""] = /[<[]([^\]>]*)[\]>]/.exec(flags) ?? [];
  if (word === "master" || long === "--master") return { kind: "masters", taken: [] };
  if (long === "--cluster" && program.options.includes(option)) return { kind: "clusters" };
  if (long === "--node") return { kind: "nodes", arePatterns: word === "pattern" };
  if (word === "file" || word === "old") return { kind: "files" };
  if (word === "dir") return { kind: "folders" };
  return choiceWish(listedIn(description));
}

/** The values that a description begins with: "table, json, or jsonl: a line per step". */
function listedIn(description: string): readonly string[] {
  const [, list = ""] = /^((?:[\w-]+, )*[\w-]+,? or [\w-]+)(?=$|[:,])/.exec(description) ?? [];
  return list === "" ? [] : list.split(/,? or |, /);
}

function choiceWish(choices: readonly string[]): Wish {
  return { kind: "words", words: choices.map((value) => ({ value, text: "" })) };
}

/** The flags that the help of the command shows and those of the program, by their long names; a short one as typed. */
function flagsOf(command: Command, last: string): readonly Candidate[] {
  const own = command.createHelp().visibleOptions(command);
  const above = (lineage(command).slice(1).at(-1)?.options ?? []).filter(
    ({ long, hidden }) => !hidden && long !== "--version" && !own.some((option) => option.long === long),
  );
  const options = [...own, ...above];
  return options.flatMap(({ long, short, description }) => {
    const value = short === last ? short : long;
    return value ? [{ value, text: description }] : [];
  });
}

function commandsOf(command: Command): readonly Candidate[] {
  const commands = command.createHelp().visibleCommands(command);
  return commands.map((each) => ({ value: each.name(), text: each.description() }));
}

function findCommand(command: Command, word: string): Command | undefined {
  return command.commands.find((each) => each.name() === word || each.aliases().includes(word));
}

function findOption(command: Command, flag: string): Option | undefined {
  return lineage(command)
    .flatMap(({ options }) => options)
    .find(({ long, short }) => long === flag || short === flag);
}

/** The command and those above it, whose flags may be given anywhere. */
function lineage(command: Command): readonly Command[] {
  return command.parent === null ? [command] : [command, ...lineage(command.parent)];
}

function takesValue(option: Option | undefined): boolean {
  return option !== undefined && (option.required || option.optional);
}
