import type { FleetCheck } from "../domain/inventory.ts";
import { wantsColour } from "../output/colour.ts";
import { chooseGlyphs } from "../output/glyphs.ts";
import type { Style } from "../output/style.ts";
import type { Shell } from "./shell.ts";

/** How texts for eyes are to look on this stream, by what it is, the environment and `--no-color`. */
export function styleOf(
  stream: NodeJS.WriteStream,
  { env }: Shell,
  { color, expect }: { readonly color: boolean; readonly expect: FleetCheck["expect"] },
): Style {
  const isTerminal = stream.isTTY === true;
  return {
    colour: wantsColour(env, isTerminal, !color),
    glyphs: chooseGlyphs(env),
    columns: isTerminal && stream.columns > 0 ? stream.columns : undefined,
    headers: true,
    expect,
  };
}
