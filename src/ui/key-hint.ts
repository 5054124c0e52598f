import { type Keymap, showKey, standardKeys } from "./keymap.ts";

/** Whatever carries the keys in force, as a look does. */
type WithKeys = { readonly keys?: Keymap };

/** The first key of an action as people write it; `undefined` where a person took all of them away. */
export function keyFor({ keys = standardKeys }: WithKeys, action: string): string | undefined {
  const binding = keys.bindings.find((each) => each.action === action);
  if (binding === undefined) throw new Error(`no key is bound to an action ${action}`);
  const [first] = binding.keys;
  return first === undefined ? undefined : showKey(first);
}

/**
 * Hints of keys, two blanks apart: "Esc back  q quit".
 * Shape: each is an action and what is said of its key; one without a key is left out.
 */
export function keyHints(look: WithKeys, hints: readonly (readonly [action: string, does: string])[]): string {
  return hints
    .flatMap(([action, does]) => {
      const key = keyFor(look, action);
      return key === undefined ? [] : [`${key} ${does}`];
    })
    .join("  ");
}

/** "Enter, Esc or q": the first key of each action that has one. */
export function keysOr(look: WithKeys, actions: readonly string[]): string {
  const keys = [...new Set(actions.flatMap((action) => keyFor(look, action) ?? []))];
  const last = keys.pop() ?? "";
  return keys.length === 0 ? last : `${keys.join(", ")} or ${last}`;
}
