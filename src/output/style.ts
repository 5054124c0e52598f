import type { FleetCheck } from "../domain/inventory.ts";
import type { Colour } from "./colour.ts";
import type { Glyphs } from "./glyphs.ts";

/**
 * How texts for eyes are to look. `columns` is the terminal's width, `undefined` where nothing must be cut (a pipe).
 * `expect` is the fleet's check, for the words about an answer that it did not want.
 */
export type Style = {
  readonly colour: Colour;
  readonly glyphs: Glyphs;
  readonly columns: number | undefined;
  readonly headers: boolean;
  readonly expect: FleetCheck["expect"];
};
