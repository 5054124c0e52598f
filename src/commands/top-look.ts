import { wantsColour } from "../output/colour.ts";
import { ASCII_GLYPHS, chooseGlyphs, type Glyphs } from "../output/glyphs.ts";
import type { Shell } from "./shell.ts";

/** How to draw on this terminal, by its environment and the flags. */
export function lookOf(
  { env }: Shell,
  flags: { readonly ascii?: boolean; readonly color?: boolean },
): { readonly glyphs: Glyphs; readonly colour: boolean } {
  return {
    glyphs: flags.ascii === true ? ASCII_GLYPHS : chooseGlyphs(env),
    colour: wantsColour(env, true, flags.color === false),
  };
}
