import { cleanText } from "../domain/text.ts";

/**
 * Lines that begin with `#`, as YAML, nft and shells read them.
 * Shape: each text is one line; what would end it (also what only YAML 1.1 counts as a line end) becomes a blank. An
 * empty text gives a bare `#`. Ends with a line end.
 */
export function hashComment(lines: readonly string[]): string {
  return lines.map((line) => `${`# ${cleanText(line)}`.trimEnd()}\n`).join("");
}
