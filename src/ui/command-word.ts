import type { FleetNode } from "../domain/inventory.ts";
import { labelNames } from "../domain/node-groups.ts";
import type { FleetView } from "../domain/view.ts";
import type { PlanWish } from "./dialog.ts";
import type { Intent } from "./intent.ts";
import type { Lock } from "./lock.ts";

/**
 * What a line typed after `:` asks for: `plan` to see a plan and no more, `do` what keys ask for too; `mistake` says what
 * is expected.
 */
export type Command =
  | { readonly kind: "arm"; readonly forMs: number }
  | { readonly kind: "disarm" }
  | PlanWish
  | { readonly kind: "do"; readonly intent: Intent }
  | { readonly kind: "mistake"; readonly text: string };

/** What a command may be about, as it is on the screen now. */
export type CommandContext = {
  readonly masters: readonly string[];
  readonly nodes: readonly FleetNode[];
  readonly labels: readonly string[];
  /** What the list with the cursor can be sorted by. */
  readonly columns: readonly string[];
  /** The clusters that are known, this one as well. */
  readonly clusters: readonly string[];
  readonly lock: Lock;
  readonly isReplay: boolean;
};

/** What may stand next in a line: one of these words, or any text. No words: nothing more. */
export type Offers = readonly string[] | "text";

/** One row of the table of commands: reading, completion, hints, the help and the README's table are read off it. */
export type CommandWord = {
  readonly word: string;
  readonly aliases?: readonly string[];
  readonly usage: string;
  readonly does: string;
  /** `acting`: of no use where nothing can be changed. `polling`: nor in a replay, which polls nothing. */
  readonly needs?: "acting" | "polling";
  /** What fits behind these words; without it nothing may stand behind the command. */
  readonly offers?: (words: readonly string[], context: CommandContext) => Offers;
  /** `words` are those behind the command, `rest` is the same as it was typed. */
  readonly read: (words: readonly string[], context: CommandContext, rest: string) => Command;
};

/** What commands are about in this view; `columns` are those of the list with the cursor. */
export function commandContext(
  view: FleetView,
  { columns }: { readonly columns: readonly string[] },
  rest: Pick<CommandContext, "lock" | "isReplay" | "clusters">,
): CommandContext {
  return {
    masters: view.masters.map(({ name }) => name),
    nodes: view.nodes.map(({ config }) => config),
    labels: labelNames(view),
    columns,
    ...rest,
  };
}

/** Whether a command is of use here, and so worth to be offered. */
export function isOffered(
  { needs }: CommandWord,
  { canAct, isReplay }: { canAct: boolean; isReplay: boolean },
): boolean {
  return needs === "acting" ? canAct : needs !== "polling" || !isReplay;
}

export function mistake(text: string): Command {
  return { kind: "mistake", text };
}
