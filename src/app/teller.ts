import type { FleetEvent, Timeline } from "../domain/timeline.ts";
import type { FleetView } from "../domain/view.ts";

/** Something to say in one line. `isAgain`: the event was told before, of fewer nodes or changes. */
export type Told =
  | { readonly kind: "event"; readonly event: FleetEvent; readonly isAgain: boolean }
  | { readonly kind: "headline"; readonly view: FleetView };

/** Looks at the truth of one moment after the other, and says what of it is to be told now. */
export type Teller = { look(view: FleetView, timeline: Timeline, wallMs: number): readonly Told[] };

/** The nodes see one fault within a few seconds, and a line that is read aloud cannot be taken back: wait for the rest. */
const quietMs = 2500;
/** What does not come to rest is told as it stands. */
const patienceMs = 10_000;
/** What goes back and forth is told anew once in this time. */
const flapMs = 60_000;

type Before = { readonly event: FleetEvent; readonly atMs: number };

/**
 * Tells events when no further node joins them, and the headline when it has stood still; each once, and again when it
 * has grown. `first` is what has been told already. Units: Unix time in milliseconds.
 */
export function createTeller(first: FleetView): Teller {
  let told = new Map<number, Before>();
  let said = first;
  let changing: { readonly view: FleetView; readonly sinceMs: number; readonly firstMs: number } | undefined;

  function headline(view: FleetView, wallMs: number): readonly Told[] {
    if (isSame(view, said)) {
      changing = undefined;
      return [];
    }
    const isNew = changing === undefined || !isSame(view, changing.view);
    changing = {
      view,
      sinceMs: changing === undefined || isNew ? wallMs : changing.sinceMs,
      firstMs: changing?.firstMs ?? wallMs,
    };
    if (wallMs - changing.sinceMs < quietMs && wallMs - changing.firstMs < patienceMs) return [];
    said = view;
    changing = undefined;
    return [{ kind: "headline", view }];
  }

  return {
    look(view, { events }, wallMs) {
      const lines: Told[] = [];
      const next = new Map<number, Before>();
      for (const event of events.toReversed()) {
        const before = told.get(event.id);
        if (before !== undefined) next.set(event.id, before);
        if (before?.event === event || !isRipe(event, before, wallMs)) continue;
        next.set(event.id, { event, atMs: wallMs });
        lines.push({ kind: "event", event, isAgain: before !== undefined });
      }
      told = next;
      return [...lines, ...headline(view, wallMs)];
    },
  };
}

/** A clock that was set back would keep an event waiting for long: its age counts either way. */
function isRipe({ firstMs, flaps, lastMs }: FleetEvent, before: Before | undefined, wallMs: number): boolean {
  if (flaps > 0 && before !== undefined && Math.abs(wallMs - before.atMs) < flapMs) return false;
  return Math.abs(wallMs - lastMs) >= quietMs || Math.abs(wallMs - firstMs) >= patienceMs;
}

function isSame(a: FleetView, b: FleetView): boolean {
  return a.severity === b.severity && a.summary === b.summary;
}
