import type { FleetCheck } from "../domain/inventory.ts";
import { chooseGlyphs } from "../output/glyphs.ts";
import type { Style } from "../output/style.ts";
import { type ColourFlags, colourOf } from "./colour-of.ts";
import type { Shell } from "./shell.ts";

/** How texts for eyes are to look on this stream, by what it is, the environment, `--no-color` and `--theme`. */
export function styleOf(
  stream: NodeJS.WriteStream,
  shell: Shell,
  flags: ColourFlags,
  expect: FleetCheck["expect"],
): Style {
  const isTerminal = stream.isTTY === true;
  return {
    colour: colourOf(shell, isTerminal, flags),
    glyphs: chooseGlyphs(shell.env),
    columns: isTerminal && stream.columns > 0 ? stream.columns : undefined,
    headers: true,
    expect,
  };
}
