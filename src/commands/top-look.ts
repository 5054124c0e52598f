import { ASCII_GLYPHS, chooseGlyphs } from "../output/glyphs.ts";
import type { Look } from "../ui/spans.ts";
import { type ColourFlags, colourOf } from "./colour-of.ts";
import type { Shell } from "./shell.ts";
import type { TopSettings } from "./top-settings.ts";

/** How to draw on this terminal, by its environment, the flags, and the person's settings where no flag says it. */
export function lookOf(
  shell: Shell,
  flags: ColourFlags & { readonly ascii?: boolean | undefined },
  { ascii, keys, theme }: TopSettings,
): Look {
  return {
    glyphs: flags.ascii === true || ascii === true ? ASCII_GLYPHS : chooseGlyphs(shell.env),
    colour: colourOf(shell, true, { color: flags.color !== false, theme: flags.theme ?? theme }),
    ...(keys === undefined ? {} : { keys }),
  };
}
