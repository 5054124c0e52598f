import type { Mistake } from "../domain/mistake.ts";
import { type KeyBinding, type Mode, typing } from "./key-binding.ts";
import { readKey } from "./key-name.ts";
import { showKey } from "./keymap.ts";

/** The keys of some actions, as a person wrote them. */
export type WantedKeys = Readonly<Record<string, readonly string[]>>;

/** Without a key for one of these somebody would be caught in a screen, a line, a dialog or an operation. */
export const neededActions: readonly string[] = ["back", "quit", "keep-line", "drop-line", "confirm", "cancel", "stop"];

/**
 * Puts a person's keys in the place of the table's, action by action.
 * Shape: every mistake at once, each at its place in the settings under `keys`; where there is one, `bindings` are of
 * no use. An action keeps its keys where nothing is said of it, so a key that moves must be taken from whoever has it.
 */
export function remapKeys(
  bindings: readonly KeyBinding[],
  wanted: WantedKeys,
): { readonly bindings: readonly KeyBinding[]; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const complain = (action: string, index: number | undefined, text: string) => {
    const path = index === undefined ? ["keys", action] : ["keys", action, index];
    mistakes.push({ path, at: "value", text });
  };
  const mapped = bindings.map((binding) => {
    const given = wanted[binding.action];
    if (given === undefined) return binding;
    const { action, modes } = binding;
    if (given.length === 0 && neededActions.includes(action)) {
      complain(action, undefined, `${action} is left without a key; expected one at least, or nobody gets out again`);
    }
    const keys = given.flatMap((text, index) => {
      const read = readKey(text);
      if (!read.ok) complain(action, index, read.text);
      else if (isTyped(read.key) && modes.some((mode) => typing.includes(mode))) {
        complain(
          action,
          index,
          `${showKey(read.key)} is typed as text where ${action} is asked for; expected ${KEYS_WHERE_TYPED}`,
        );
      } else return [read.key];
      return [];
    });
    return { ...binding, keys: [...new Set(keys)] };
  });
  if (mistakes.length > 0) return { bindings: mapped, mistakes };
  return { bindings: mapped, mistakes: conflicts(mapped, wanted) };
}

const KEYS_WHERE_TYPED = "a key that prints nothing, such as ctrl-x";

function isTyped(key: string): boolean {
  return key === "space" || [...key].length === 1;
}

/** Each key that two actions of a mode have, told at the one that the person bound. */
function conflicts(bindings: readonly KeyBinding[], wanted: WantedKeys): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const told = new Set<string>();
  const owners = new Map<string, string>();
  for (const { action, keys, modes } of bindings) {
    for (const [mode, key] of modes.flatMap((each) => keys.map((one) => [each, one] as const))) {
      const other = owners.get(`${mode} ${key}`);
      owners.set(`${mode} ${key}`, other ?? action);
      if (other === undefined || other === action || told.has(`${key} ${other} ${action}`)) continue;
      told.add(`${key} ${other} ${action}`);
      mistakes.push(conflict(key, mode, action, other, wanted));
    }
  }
  return mistakes;
}

function conflict(key: string, mode: Mode, action: string, other: string, wanted: WantedKeys): Mistake {
  const [own, theirs] = wanted[action] === undefined ? [other, action] : [action, other];
  const index = (wanted[own] ?? []).findIndex((text) => {
    const read = readKey(text);
    return read.ok && read.key === key;
  });
  const text = `${showKey(key)} is ${theirs} already, ${where[mode]}; expected another key, or other keys for ${theirs}`;
  return { path: ["keys", own, index], at: "value", text };
}

const where: Readonly<Record<Mode, string>> = {
  table: "in a table",
  help: "in the help",
  filter: "while a filter is typed",
  command: "while a command is typed",
  menu: "in a choice",
  plan: "under a plan",
  running: "while an operation runs",
  outcome: "in an outcome",
  replay: "in a replay",
};
