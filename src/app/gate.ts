import type { Clock } from "./clock.ts";

/**
 * Limits how many requests are begun at once, without letting dead nodes hold the places: a request that has not come
 * back after `holdMs` gives its place free. A healthy sweep stays smooth, and a tenth of the fleet hanging costs
 * the others a fifth of a second and not the time limit.
 */
export type Gate = {
  /** Takes a place and returns its release, or `undefined` when all are taken. */
  enter(): (() => void) | undefined;
  /** Calls `run` once as soon as a place may be free. */
  onFree(run: () => void): void;
};

type Place = { isHeld: boolean; readonly untilMs: number };

/** Units: `holdMs` milliseconds. One timer for all places, as one each would be a good part of what a poll costs. */
export function createGate(clock: Clock, places: number, holdMs = 200): Gate {
  let taken = 0;
  let waiting: (() => void)[] = [];
  /** The places in the order they were taken, so that the first one held is the first to run out. */
  let held: Place[] = [];
  let cancelTimer: (() => void) | undefined;

  function free(place: Place): void {
    if (!place.isHeld) return;
    place.isHeld = false;
    taken -= 1;
    if (taken === 0) rest();
    const woken = waiting;
    waiting = [];
    for (const run of woken) run();
  }

  /** Nothing is begun: no timer may keep the process alive. */
  function rest(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    held = [];
  }

  function time(): void {
    const [first] = held;
    cancelTimer = first === undefined ? undefined : clock.after(Math.max(0, first.untilMs - clock.now()), runOut);
  }

  function runOut(): void {
    const now = clock.now();
    for (const place of held) if (place.untilMs <= now) free(place);
    held = held.filter((place) => place.isHeld);
    time();
  }

  return {
    enter() {
      if (taken >= places) return undefined;
      taken += 1;
      const place = { isHeld: true, untilMs: clock.now() + holdMs };
      held.push(place);
      if (cancelTimer === undefined) time();
      return () => free(place);
    },
    onFree(run) {
      waiting.push(run);
    },
  };
}
