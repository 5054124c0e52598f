import { cleanText } from "./text.ts";

/** Reads the text of some bytes; the same bytes give the same string, as long as it is remembered. */
export type Intern = (bytes: Uint8Array, start: number, end: number, hash: number) => string;

/**
 * Keeps one string for texts that come back with every poll (names, states), so that reading a page makes no garbage
 * and no string keeps a page of bytes alive.
 * Shape: cleaned text (`text.ts`). Plain ASCII is remembered in `places` (a power of two) by the caller's hash, the
 * newest taking the place; so the memory is bounded whatever a network sends. Other text is cleaned anew each time.
 */
export function createIntern(places = 4096): Intern {
  const mask = places - 1;
  const known: (string | undefined)[] = new Array<string | undefined>(places).fill(undefined);
  return (bytes, start, end, hash) => {
    const place = (hash ^ (hash >>> 12)) & mask;
    const candidate = known[place];
    if (candidate !== undefined && isSame(candidate, bytes, start, end)) return candidate;
    const text = cleanText(bytes.subarray(start, end));
    if (isSame(text, bytes, start, end)) known[place] = text;
    return text;
  };
}

/** True only for ASCII: any other text differs from its bytes in length or in a unit. */
function isSame(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
