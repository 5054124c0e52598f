import type { Command } from "commander";
import type { ManualBlock, ManualPage, ManualSection } from "../output/manual-page.ts";
import { type ManualCommand, readCommand } from "./manual-commands.ts";
import { purpose } from "./manual-facts.ts";
import {
  exitBlocks,
  exitBlocksOf,
  fileBlocks,
  keySections,
  section,
  sentence,
  termItem,
  variableBlocks,
} from "./manual-page-parts.ts";

/** The commands that are a screen with keys. */
const withKeys: readonly string[] = ["top", "replay"];

/** Every page: the one of the program, then one for each of its commands, in the order of the help. */
export function manualPages(program: Command): readonly ManualPage[] {
  const whole = readCommand(program);
  const version = program.version() ?? "";
  return [mainPage(whole, version), ...whole.commands.map((command) => commandPage(command, whole, version))];
}

function mainPage(program: ManualCommand, version: string): ManualPage {
  const { usage, description, options, commands, help } = program;
  return {
    name: "k3s-lb",
    does: description.replace(/^The /, "the ").replace(/\.$/, ""),
    version,
    sections: [
      ...section("SYNOPSIS", [{ kind: "usage", text: usage }]),
      ...section("DESCRIPTION", [
        { kind: "text", text: purpose },
        { kind: "text", text: "Each command has a page of its own, such as k3s-lb-top(1), with more to say of it." },
      ]),
      ...section("OPTIONS", options.map(termItem)),
      ...section("COMMANDS", [...overview(commands), ...commands.flatMap(reference)]),
      ...keySections(),
      ...section("EXIT STATUS", exitBlocks()),
      ...section("ENVIRONMENT", variableBlocks()),
      ...section("FILES", fileBlocks()),
      ...section("EXAMPLES", help.examples),
      ...seeAlso([...commands.map(pageName), "haproxy"]),
    ],
  };
}

/** The commands in the groups of the help, a line each. */
function overview(commands: readonly ManualCommand[]): readonly ManualBlock[] {
  const groups = [...new Set(commands.map(({ group }) => group))];
  return groups.flatMap((group): readonly ManualBlock[] => [
    { kind: "text", text: group },
    ...commands
      .filter((command) => command.group === group)
      .map(({ name, description }) => termItem({ term: name, text: description })),
  ]);
}

/** A command with its arguments, flags and examples, then those below it. */
function reference(command: ManualCommand): readonly ManualBlock[] {
  const { usage, description, args, options, help, commands, shared } = command;
  return [
    { kind: "heading", text: usage },
    { kind: "text", text: sentence(description) },
    ...[...args, ...options].map(termItem),
    ...(help.examples.length === 0 ? [] : [{ kind: "text" as const, text: "Examples:" }, ...help.examples]),
    ...commands.flatMap(reference),
    ...sharedBlocks(command.name, shared),
  ];
}

function sharedBlocks(name: string, shared: ManualCommand["shared"]): readonly ManualBlock[] {
  if (shared.length === 0) return [];
  return [{ kind: "heading", text: `Options of every ${name} command` }, ...shared.map(termItem)];
}

function commandPage(command: ManualCommand, program: ManualCommand, version: string): ManualPage {
  const { name, aliases, usage, description, args, options, help, commands, shared } = command;
  const also = aliases.length === 0 ? [] : [{ kind: "text" as const, text: `Also called ${aliases.join(", ")}.` }];
  const neighbours = program.commands.filter((each) => each.group === command.group && each !== command);
  const below = commands.flatMap((each): readonly ManualBlock[] => [
    { kind: "heading", text: each.usage },
    { kind: "text", text: sentence(each.description) },
    ...[...each.args, ...each.options].map(termItem),
    ...each.help.notes,
  ]);
  return {
    name: pageName(command),
    does: description,
    version,
    sections: [
      ...section("SYNOPSIS", [{ kind: "usage", text: usage }]),
      ...section("DESCRIPTION", [{ kind: "text", text: sentence(description) }, ...also, ...help.notes]),
      ...section("ARGUMENTS", args.map(termItem)),
      ...section("OPTIONS", options.map(termItem)),
      ...section("COMMANDS", [...below, ...sharedBlocks(name, shared)]),
      ...section("OPTIONS OF EVERY COMMAND", everywhere(program, command).map(termItem)),
      ...(withKeys.includes(name) ? keySections() : []),
      ...section("EXIT STATUS", exitBlocksOf(command)),
      ...section(
        "EXAMPLES",
        [command, ...commands].flatMap((each) => each.help.examples),
      ),
      ...seeAlso(["k3s-lb", ...neighbours.map(pageName)]),
    ],
  };
}

/** The program's own flags that go with a command, less those that it has another meaning for. */
function everywhere(program: ManualCommand, { options }: ManualCommand): ManualCommand["options"] {
  const own = options.map(({ term }) => term);
  return program.options.filter(({ term }) => !/--version\b/.test(term) && !own.includes(term));
}

function pageName({ name }: ManualCommand): string {
  return `k3s-lb-${name}`;
}

function seeAlso(names: readonly string[]): readonly ManualSection[] {
  return section("SEE ALSO", [{ kind: "text", text: `${names.map((name) => `${name}(1)`).join(", ")}` }]);
}
