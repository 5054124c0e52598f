import { cleanText } from "../domain/text.ts";
import { namedKeys, showKey } from "./keymap.ts";

/** A key by the name that `key-names.ts` gives it, or what is to be said of a text that names none. */
export type ReadKey = { readonly ok: true; readonly key: string } | { readonly ok: false; readonly text: string };

/** What a terminal sends for these is another key, which nobody can tell from them. */
const twins: Readonly<Record<string, string>> = {
  "ctrl-i": "tab",
  "ctrl-m": "enter",
  "ctrl-j": "enter",
  "ctrl-h": "backspace",
};

const byWord = new Map(namedKeys.flatMap((key) => [key, showKey(key).toLowerCase()].map((word) => [word, key])));

/** What a key may be called, to follow the word "expected". */
export const KEY_NAMES: string = `a character such as x, G or "?", ctrl-a to ctrl-z, ${namedKeys.join(", ")}`;

/**
 * Reads a key as people write it: "j", "G", "ctrl-d", "Ctrl-D", "PgDn", "esc".
 * Shape: upper and lower case count in a single character only. Keys with Alt and function keys are none of top's.
 */
export function readKey(text: string): ReadKey {
  const word = text.toLowerCase();
  const named = text === " " ? "space" : byWord.get(word);
  if (named !== undefined) return { ok: true, key: named };
  const twin = twins[word];
  if (twin !== undefined) {
    return { ok: false, text: `${JSON.stringify(text)} cannot be told from ${showKey(twin)} in a terminal` };
  }
  const isCharacter = [...text].length === 1 && cleanText(text) === text;
  if (isCharacter || /^ctrl-[a-z]$/.test(word)) return { ok: true, key: isCharacter ? text : word };
  return { ok: false, text: `${JSON.stringify(cleanText(text).slice(0, 30))} is no key; expected ${KEY_NAMES}` };
}
