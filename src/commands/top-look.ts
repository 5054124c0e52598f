import { ASCII_GLYPHS, chooseGlyphs } from "../output/glyphs.ts";
import type { Look } from "../ui/spans.ts";
import { type ColourFlags, colourOf } from "./colour-of.ts";
import type { Shell } from "./shell.ts";

/** How to draw on this terminal, by its environment and the flags. */
export function lookOf(shell: Shell, flags: ColourFlags & { readonly ascii?: boolean }): Look {
  return {
    glyphs: flags.ascii === true ? ASCII_GLYPHS : chooseGlyphs(shell.env),
    colour: colourOf(shell, true, flags),
  };
}
