import { type Colour, wantsColour } from "../output/colour.ts";
import { type ThemeChoice, themeOf } from "../output/theme.ts";
import type { Shell } from "./shell.ts";

/** The flags of every command that say how it looks. `color` is false for --no-color. */
export type ColourFlags = { readonly color?: boolean; readonly theme?: ThemeChoice | undefined };

/** The colour of a stream, by what it is, the environment and the flags. */
export function colourOf({ env }: Shell, isTerminal: boolean, { color, theme }: ColourFlags): Colour {
  return wantsColour(env, isTerminal, color === false) && themeOf(theme ?? "auto", env);
}
