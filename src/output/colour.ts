import type { Tone } from "./tone.ts";

/** The sixteen colours of the terminal's own palette only: the user chose them, also on a light background. */
const SGR: Readonly<Record<Tone, string>> = {
  good: "32",
  warn: "33",
  bad: "1;31",
  info: "36",
  muted: "2",
  plain: "",
};

/** Wraps a text in its tone's colour; as it is where colour is off or the tone has none. */
export function paint(text: string, tone: Tone, colour: boolean): string {
  const code = SGR[tone];
  return colour && code !== "" && text !== "" ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** Bold, for headings: weight is no meaning either. */
export function strong(text: string, colour: boolean): string {
  return colour && text !== "" ? `\u001b[1m${text}\u001b[0m` : text;
}

/**
 * Does this output get colour? The first that speaks decides: `--no-color`, NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE,
 * TERM=dumb, CLICOLOR=0, then whether it is a terminal.
 * Source: no-color.org (any value that is not empty), bixense.com/clicolors, Node's own FORCE_COLOR ("0" is off).
 */
export function wantsColour(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
  noColorFlag: boolean,
): boolean {
  if (noColorFlag || isSet(env["NO_COLOR"])) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if (isSet(env["CLICOLOR_FORCE"]) && env["CLICOLOR_FORCE"] !== "0") return true;
  if (env["TERM"] === "dumb" || env["CLICOLOR"] === "0") return false;
  return isTerminal;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
