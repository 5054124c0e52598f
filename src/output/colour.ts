import type { ClusterColor } from "../domain/cluster-color.ts";
import { DARK_THEME, MONO_THEME, type Theme } from "./theme.ts";
import type { Tone } from "./tone.ts";

/** No colour, that of the default theme, or that of a theme. */
export type Colour = boolean | Theme;

/** Wraps a text in its tone's colour; as it is where colour is off or the tone has none. */
export function paint(text: string, tone: Tone, colour: Colour): string {
  if (colour === false || text === "") return text;
  const code = (colour === true ? DARK_THEME : colour)[tone];
  return code === "" ? text : `\u001b[${code}m${text}\u001b[0m`;
}

const badgeCodes: Readonly<Record<ClusterColor, string>> = {
  red: ";31",
  green: ";32",
  yellow: ";33",
  blue: ";34",
  magenta: ";35",
  cyan: ";36",
};

/** A name on a ground of its own colour: it says which cluster this is, and never how it is. */
export function paintBadge(text: string, color: ClusterColor, colour: Colour): string {
  if (colour === false || text === "") return text;
  return `\u001b[7${colour === MONO_THEME ? "" : badgeCodes[color]}m${text}\u001b[0m`;
}

/** Bold, for headings: weight is no meaning either. */
export function strong(text: string, colour: Colour): string {
  return colour !== false && text !== "" ? `\u001b[1m${text}\u001b[0m` : text;
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
