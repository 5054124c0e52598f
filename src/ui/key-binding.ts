import type { Intent } from "./intent.ts";

/**
 * Where keys mean what they mean: in a table, in the help, in the line that a filter or a command is typed into, and in
 * the dialogs: a choice, a plan that is to be confirmed, a running operation, an outcome. `replay` comes before table and help there.
 */
export type Mode = "table" | "help" | "filter" | "command" | "menu" | "plan" | "running" | "outcome" | "replay";

/**
 * One row of the table of keys; help and README are read off it.
 * Shape: `action` is its name in a person's settings, and never changes; `keys` are the names of `key-names.ts`, or the
 * printed character; `group` heads a block of the help.
 */
export type KeyBinding = {
  readonly action: string;
  readonly keys: readonly string[];
  readonly intent: Intent;
  readonly label: string;
  readonly modes: readonly Mode[];
  readonly group:
    | "Move"
    | "Look"
    | "Act"
    | "Poll"
    | "Leave"
    | "While a filter or a command is typed"
    | "In a dialog"
    | "In a replay";
};

/** Modes in which text is typed. */
export const typing: readonly Mode[] = ["filter", "command", "plan"];
