import type { Intent } from "./intent.ts";
import { type KeyBinding, type Mode, typing } from "./key-binding.ts";
import { keymap } from "./key-table.ts";

/** The keys in force: the table, or what a person made of it. */
export type Keymap = {
  readonly bindings: readonly KeyBinding[];
  readonly byPlace: ReadonlyMap<string, Intent>;
};

export function createKeymap(bindings: readonly KeyBinding[]): Keymap {
  const places = bindings.flatMap(({ keys, modes, intent }) =>
    modes.flatMap((mode) => keys.map((key) => [`${mode} ${key}`, intent] as const)),
  );
  return { bindings, byPlace: new Map(places) };
}

export const standardKeys: Keymap = createKeymap(keymap);

/** What this key asks for in this mode; where text is typed, a character that is no key there is typed. */
export function intentOf(
  key: string,
  mode: Mode,
  { byPlace }: Keymap = standardKeys,
  isReplay = false,
): Intent | undefined {
  const isReading = mode === "table" || mode === "help";
  const own = isReplay && isReading ? byPlace.get(`replay ${key}`) : undefined;
  const intent = own ?? byPlace.get(`${mode} ${key}`);
  if (intent !== undefined || !typing.includes(mode)) return intent;
  if (key === "space") return { kind: "type", text: " " };
  return [...key].length === 1 ? { kind: "type", text: key } : undefined;
}

const shown: Readonly<Record<string, string>> = {
  up: "Up",
  down: "Down",
  left: "Left",
  right: "Right",
  home: "Home",
  end: "End",
  pageup: "PgUp",
  pagedown: "PgDn",
  tab: "Tab",
  "shift-tab": "Shift-Tab",
  enter: "Enter",
  esc: "Esc",
  space: "Space",
  backspace: "Backspace",
};

/** The keys that print nothing, by the names of `key-names.ts`. */
export const namedKeys: readonly string[] = Object.keys(shown);

/** A key as people write it: "Ctrl-D", "PgDn", "g". */
export function showKey(key: string): string {
  return shown[key] ?? key.replace(/^ctrl-(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}
