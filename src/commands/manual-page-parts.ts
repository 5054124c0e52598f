import type { ManualBlock, ManualSection } from "../output/manual-page.ts";
import { commandWords } from "../ui/command-line.ts";
import { keymap } from "../ui/key-table.ts";
import { showKey } from "../ui/keymap.ts";
import type { ManualCommand, ManualTerm } from "./manual-commands.ts";
import { exitRows, otherExits } from "./manual-exits.ts";
import { type Fact, files, variables } from "./manual-facts.ts";

/** The keys of `top` by their groups, as they are without a person's settings. */
export function keySections(): readonly ManualSection[] {
  const groups = [...new Set(keymap.map(({ group }) => group))];
  const keys = groups.flatMap((group): readonly ManualBlock[] => [
    { kind: "heading", text: group },
    ...keymap
      .filter((binding) => binding.group === group)
      .map(({ keys, label }): ManualBlock => ({ kind: "item", term: keys.map(showKey).join(", "), text: label })),
  ]);
  return [
    {
      heading: "KEYS",
      blocks: [
        {
          kind: "text",
          text:
            "The keys of k3s-lb top; ? shows them there, as they are in force. No single key changes anything on a node. " +
            "They can be changed in top.yaml, see FILES in k3s-lb(1).",
        },
        ...keys,
      ],
    },
    {
      heading: "COMMANDS OF TOP",
      blocks: [
        { kind: "text", text: "Typed after a colon in k3s-lb top." },
        ...commandWords.map(({ usage, does }): ManualBlock => ({ kind: "item", term: `:${usage}`, text: does })),
      ],
    },
  ];
}

/** The exit codes of every command. */
export function exitBlocks(): readonly ManualBlock[] {
  const rows = exitRows.flatMap(({ commands, meanings }): readonly ManualBlock[] => [
    { kind: "heading", text: commands.length === 0 ? "All others" : commands.join(", ") },
    ...Object.entries(meanings).map(([code, text]): ManualBlock => ({ kind: "item", term: code, text: plain(text) })),
  ]);
  const others = otherExits.map(
    ({ codes, of, means }): ManualBlock => ({ kind: "item", term: codes, text: `${plain(of)}: ${plain(means)}` }),
  );
  return [...rows, { kind: "heading", text: "Above 3" }, ...others];
}

/** What the help of a command says of its exit codes; where it says nothing, its row of the table. */
export function exitBlocksOf(command: ManualCommand): readonly ManualBlock[] {
  const said = [command, ...command.commands].flatMap(({ help }) => help.exits);
  const own = said.filter((block, index) => said.findIndex((other) => isSame(other, block)) === index);
  if (own.length > 0) return own;
  const row = exitRows.find(({ commands }) => commands.includes(command.name)) ?? exitRows.at(-1);
  return Object.entries(row?.meanings ?? {}).map(([code, text]) => ({ kind: "item", term: code, text: plain(text) }));
}

export function fileBlocks(): readonly ManualBlock[] {
  return files.map(factItem);
}

export function variableBlocks(): readonly ManualBlock[] {
  return variables.map(factItem);
}

export function termItem({ term, text }: ManualTerm): ManualBlock {
  return { kind: "item", term, text };
}

/** A description as a sentence. A first word that is more than letters is a name and stays as it is. */
export function sentence(text: string): string {
  const begun = /^[a-z]+[ ,:;]/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** A section, unless there is nothing in it. */
export function section(heading: string, blocks: readonly ManualBlock[]): readonly ManualSection[] {
  return blocks.length === 0 ? [] : [{ heading, blocks }];
}

function factItem({ name, means }: Fact): ManualBlock {
  return { kind: "item", term: name, text: plain(means) };
}

/** The tables mark what is typed as the README does. */
function plain(text: string): string {
  return text.replaceAll("`", "");
}

function isSame(one: ManualBlock, other: ManualBlock): boolean {
  return one.kind === "text" && other.kind === "text" && one.text === other.text;
}
