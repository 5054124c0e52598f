import type { Key } from "ink";
import { cleanText } from "../domain/text.ts";

const named = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageUp", "pageup"],
  ["pageDown", "pagedown"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "esc"],
  ["backspace", "backspace"],
  // Most terminals send DEL for the backspace key, which Ink calls delete.
  ["delete", "backspace"],
] as const;

/**
 * The names of the keys in what Ink delivers at once: fast typing and pasting come as one string ("jjj").
 * Shape: a printed character is its own name; others are as in `keymap.ts`. What has no name gives none.
 */
export function keyNames(input: string, key: Key): readonly string[] {
  if (key.tab) return [key.shift ? "shift-tab" : "tab"];
  for (const [flag, name] of named) if (key[flag]) return [name];
  if (key.ctrl) return input === "" ? [] : [`ctrl-${input}`];
  if (key.meta) return [];
  return [...input].flatMap(charactersName);
}

/** The characters of the first line of a paste: whoever pastes has not seen yet what an Enter would do. */
export function pastedKeys(text: string): readonly string[] {
  const [line = ""] = text.split(/[\r\n]/, 1);
  return [...cleanText(line)].flatMap(charactersName);
}

/** Control characters inside a typed-ahead string are keys too: nobody else will say so. */
function charactersName(character: string): readonly string[] {
  switch (character) {
    case " ":
      return ["space"];
    case "\r":
    case "\n":
      return ["enter"];
    case "\t":
      return ["tab"];
    case "\u001b":
      return ["esc"];
    case "\u007f":
    case "\b":
      return ["backspace"];
    default:
      break;
  }
  if (character < " ") return [`ctrl-${String.fromCharCode(character.charCodeAt(0) + 0x60)}`];
  // What draws as nothing, or moves a terminal (C1): somebody pasted it, nobody typed it.
  return cleanText(character) === "" ? [] : [character];
}
