import { eventSeverity } from "./event-severity.ts";
import { worstSeverity } from "./severity.ts";
import type { FleetEvent, Timeline } from "./timeline.ts";
import type { FleetView, Severity } from "./view.ts";

/**
 * An event that is whole for now. `update` counts how often it was told before; `severity` is the worst while it grew,
 * and of one that goes back and forth the worst since it was told last.
 */
export type SettledEvent = { readonly event: FleetEvent; readonly severity: Severity; readonly update: number };

/** Watches a timeline for events that have settled. Units: `nowMs` monotonic. */
export type Settling = {
  look(timeline: Timeline, view: FleetView, nowMs: number): readonly SettledEvent[];
  /** What has not been told yet, as it is. */
  flush(): readonly SettledEvent[];
};

/** The nodes of a fleet notice a fault over a few seconds; an operator waits no longer than that. */
const quietMs = 2_000;
const limitMs = 10_000;
/** What goes back and forth for an hour is sixty lines and not six hundred. */
const flapPauseMs = 60_000;
/** More than a timeline holds, so that forgetting is seldom. */
const knownLimit = 4_000;

type Known = {
  readonly event: FleetEvent;
  readonly severity: Severity;
  readonly told: number;
  readonly toldMs: number;
  readonly untoldSinceMs: number;
  readonly grewMs: number;
};

/**
 * Tells an event once it has not grown for two seconds, ten seconds after its beginning at the latest, and again when it
 * grew after that. What goes back and forth is told anew once a minute.
 */
export function createSettling(): Settling {
  const known = new Map<number, Known>();
  const untold = new Set<number>();
  let seen: Timeline | undefined;

  function notice(timeline: Timeline, view: FleetView, nowMs: number): void {
    for (const event of timeline.events) {
      const before = known.get(event.id);
      if (before?.event === event) continue;
      const isWaiting = untold.has(event.id);
      const severities = before === undefined || (event.flaps > 0 && !isWaiting) ? [] : [before.severity];
      known.set(event.id, {
        event,
        severity: worstSeverity([...severities, eventSeverity(event, view)]),
        told: before?.told ?? 0,
        toldMs: before?.toldMs ?? Number.NEGATIVE_INFINITY,
        untoldSinceMs: isWaiting && before !== undefined ? before.untoldSinceMs : nowMs,
        grewMs: nowMs,
      });
      untold.add(event.id);
    }
  }

  function forget(timeline: Timeline): void {
    if (known.size <= knownLimit) return;
    const kept = new Set(timeline.events.map(({ id }) => id));
    for (const id of known.keys()) if (!kept.has(id) && !untold.has(id)) known.delete(id);
  }

  function tell(isDue: (one: Known) => boolean, nowMs: number): readonly SettledEvent[] {
    const due = [...untold].toSorted((a, b) => a - b).flatMap((id) => known.get(id) ?? []);
    return due.filter(isDue).map((one) => {
      const { event, severity, told } = one;
      untold.delete(event.id);
      known.set(event.id, { ...one, told: told + 1, toldMs: nowMs });
      return { event, severity, update: told };
    });
  }

  return {
    look(timeline, view, nowMs) {
      if (timeline !== seen) notice(timeline, view, nowMs);
      seen = timeline;
      const settled = tell((one) => isSettled(one, nowMs), nowMs);
      forget(timeline);
      return settled;
    },
    flush: () => tell(() => true, Number.NEGATIVE_INFINITY),
  };
}

function isSettled({ event, told, toldMs, untoldSinceMs, grewMs }: Known, nowMs: number): boolean {
  if (event.flaps > 0 && told > 0 && nowMs - toldMs < flapPauseMs) return false;
  return nowMs - grewMs >= quietMs || nowMs - untoldSinceMs >= limitMs;
}
