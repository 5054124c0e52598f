import type { DrawnList } from "./list.ts";
import type { Pane } from "./screen.ts";
import type { TitleSpot } from "./title-spots.ts";

/** What stands on one row of the screen: which list, and which of its rows (or its titles), if any. */
export type Spot = {
  readonly pane: Pane;
  readonly ids: readonly string[];
  readonly index: number | undefined;
  readonly titles: readonly TitleSpot[];
};

/** By row of the screen, from the top; `undefined` where no list stands. */
export type SightMap = readonly (Spot | undefined)[];

type Listed = { readonly pane: Pane; readonly ids: readonly string[] };

/** So many rows that belong to a list and are none of its rows: the words above it. */
export function besideSpots(list: Listed, count: number): readonly Spot[] {
  return Array.from({ length: count }, () => beside(list));
}

/** A drawn table: its titles, then its rows. */
export function listSpots(
  pane: Pane,
  { ids, lines, offset, titles }: Pick<DrawnList<unknown>, "ids" | "lines" | "offset" | "titles">,
): readonly Spot[] {
  return lines.map((_, line) =>
    line === 0 ? { ...beside({ pane, ids }), titles } : spotOf({ pane, ids }, offset + line - 1),
  );
}

/** Lines of which each belongs to a row of the list, or to none. */
export function rowSpots(list: Listed, rows: readonly (number | undefined)[]): readonly (Spot | undefined)[] {
  return list.ids.length === 0 ? rows.map(() => undefined) : rows.map((index) => spotOf(list, index));
}

/** As much of it as the screen shows; the room under the last list is that list's. */
export function coverMap(map: SightMap, rows: number): SightMap {
  const last = map.at(-1);
  const rest = last && beside(last);
  return Array.from({ length: rows }, (_, row) => (row < map.length ? map[row] : rest));
}

function spotOf(list: Listed, index: number | undefined): Spot {
  return { ...beside(list), index: index !== undefined && index < list.ids.length ? index : undefined };
}

function beside({ ids, pane }: Listed): Spot {
  return { pane, ids, index: undefined, titles: [] };
}
