import type { Intent } from "./intent.ts";

/** A line that is being typed, after a key that types or erases; other keys leave it as it is. */
export function typed(line: string, intent: Intent): string {
  if (intent.kind === "type") return line + intent.text;
  if (intent.kind !== "erase") return line;
  return intent.what === "all" ? "" : [...line].slice(0, -1).join("");
}
