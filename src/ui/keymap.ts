import type { Intent } from "./intent.ts";
import { type Mode, typing } from "./key-binding.ts";
import { keymap } from "./key-table.ts";

const byMode = new Map<string, Intent>(
  keymap.flatMap(({ keys, modes, intent }) =>
    modes.flatMap((mode) => keys.map((key) => [`${mode} ${key}`, intent] as const)),
  ),
);

/** What this key asks for in this mode; where text is typed, a character that is no key there is typed. */
export function intentOf(key: string, mode: Mode, isReplay = false): Intent | undefined {
  const isReading = mode === "table" || mode === "help";
  const intent = (isReplay && isReading ? byMode.get(`replay ${key}`) : undefined) ?? byMode.get(`${mode} ${key}`);
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

/** A key as people write it: "Ctrl-D", "PgDn", "g". */
export function showKey(key: string): string {
  return shown[key] ?? key.replace(/^ctrl-(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}
