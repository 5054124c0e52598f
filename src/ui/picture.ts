import type { Fleet } from "../domain/inventory.ts";
import type { Samples } from "../domain/samples.ts";
import type { Timeline } from "../domain/timeline.ts";
import type { FleetView } from "../domain/view.ts";
import type { BarFacts } from "./bar.ts";
import type { ClusterRow } from "./clusters.ts";
import type { PastState } from "./past.ts";
import { type Pane, type Screen, settle } from "./screen.ts";
import type { Sight } from "./sight.ts";
import type { Look } from "./spans.ts";

/** Units: columns and rows of the terminal. */
export type Size = { readonly columns: number; readonly rows: number };

/** All that a frame is made of. */
export type FrameInput = {
  readonly fleet: Fleet;
  readonly view: FleetView;
  readonly timeline: Timeline;
  readonly samples: Samples;
  readonly past: PastState;
  readonly screen: Screen;
  readonly size: Size;
  readonly look: Look;
  readonly facts: BarFacts;
  /** The clusters that are known, where there are several. */
  readonly clusters?: readonly ClusterRow[] | undefined;
};

/** A picture: its lines (as many as the screen has rows), what the next key must know, the screen with cursors put. */
export type Frame = { readonly lines: readonly string[]; readonly sight: Sight; readonly screen: Screen };

/** What a body hands back to be framed: the lines above the bar, and the list that the keys work on. */
export type Body = {
  readonly lines: readonly string[];
  readonly sight: Sight;
  readonly screen: Screen;
  readonly list: { readonly shown: number; readonly total: number; readonly filterNote: string | undefined };
};

/** Keeps every drawn cursor where it was drawn. */
export function settleAll(
  screen: Screen,
  drawn: readonly {
    readonly pane: Pane;
    readonly index: number;
    readonly offset: number;
  }[],
): Screen {
  return drawn.reduce((next, { index, offset, pane }) => settle(next, pane, index, offset), screen);
}

/** Whether two pictures look the same, so that the second need not be drawn. */
export function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
