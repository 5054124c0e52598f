import type { Command, Help, Option } from "commander";
import { type HelpText, readHelpText } from "../output/manual-help.ts";

/** Something that is typed, with what the help says of it: defaults and choices too. */
export type ManualTerm = { readonly term: string; readonly text: string };

/** A command as its help tells it. `group` heads its block in the help; `shared` are flags that all sub-commands have. */
export type ManualCommand = {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly usage: string;
  readonly description: string;
  readonly group: string;
  readonly args: readonly ManualTerm[];
  readonly options: readonly ManualTerm[];
  readonly help: HelpText;
  readonly commands: readonly ManualCommand[];
  readonly shared: readonly ManualTerm[];
};

/** Reads a command and all below it off the program itself, as `--help` does. */
export function readCommand(command: Command): ManualCommand {
  const help = command.createHelp();
  const commands = namedCommands(command).map(readCommand);
  const shared = commands.length < 2 ? [] : sharedBy(commands);
  return {
    name: command.name(),
    aliases: command.aliases(),
    usage: help.commandUsage(command),
    description: command.description(),
    group: command.helpGroup(),
    args: help.visibleArguments(command).map((argument) => ({
      term: argumentTerm(argument.name(), argument.required, argument.variadic),
      text: help.argumentDescription(argument),
    })),
    options: help.visibleOptions(command).map((option) => termOf(help, option)),
    help: readHelpText(addedHelp(command)),
    commands: commands.map((each) => ({ ...each, options: without(each.options, shared) })),
    shared,
  };
}

/** The commands below this one that the help lists, without `help` itself. */
export function namedCommands(command: Command): readonly Command[] {
  const visible = new Set(command.createHelp().visibleCommands(command));
  return command.commands.filter((each) => visible.has(each));
}

function termOf(help: Help, option: Option): ManualTerm {
  return { term: help.optionTerm(option), text: help.optionDescription(option) };
}

function argumentTerm(name: string, isRequired: boolean, isVariadic: boolean): string {
  const word = isVariadic ? `${name}...` : name;
  return isRequired ? `<${word}>` : `[${word}]`;
}

function sharedBy([first, ...others]: readonly ManualCommand[]): readonly ManualTerm[] {
  return (first?.options ?? []).filter((option) =>
    others.every(({ options }) => without([option], options).length === 0),
  );
}

function without(terms: readonly ManualTerm[], others: readonly ManualTerm[]): readonly ManualTerm[] {
  return terms.filter(({ term, text }) => !others.some((other) => other.term === term && other.text === text));
}

/** What `addHelpText` put below the flags: the whole help less what commander makes of the flags. */
function addedHelp(command: Command): string {
  const before = command.configureOutput();
  let whole = "";
  command.configureOutput({
    writeOut(text) {
      whole += text;
    },
  });
  command.outputHelp();
  const own = command.helpInformation();
  command.configureOutput(before);
  return whole.slice(own.length);
}
