import { gap, type Layout, margin } from "./table.ts";

/** The title of a column that can be sorted by. Units: columns of the screen from 0; `to` is the first behind it. */
export type TitleSpot = { readonly column: string; readonly from: number; readonly to: number };

/** Where the titles of a table stand, each with the gap behind it: some are one character wide. */
export function titleSpots<Row>(layout: Layout<Row>): readonly TitleSpot[] {
  let from = margin;
  return layout.flatMap(({ column, width }) => {
    const spot = { column: column.id, from, to: from + width + gap };
    from = spot.to;
    return column.order === undefined ? [] : [spot];
  });
}
