import type { Intent } from "./intent.ts";

/** Longer texts are pasted by mistake, and each character of a filter would be looked for in every row. */
const longestLine = 200;

/** A line that is being typed, after a key that types or erases; other keys leave it as it is. */
export function typed(line: string, intent: Intent): string {
  if (intent.kind === "type") return (line + intent.text).slice(0, longestLine);
  if (intent.kind !== "erase") return line;
  return intent.what === "all" ? "" : [...line].slice(0, -1).join("");
}
