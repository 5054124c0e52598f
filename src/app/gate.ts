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

/** Units: `holdMs` milliseconds. */
export function createGate(clock: Clock, places: number, holdMs = 200): Gate {
  let taken = 0;
  let waiting: (() => void)[] = [];
  return {
    enter() {
      if (taken >= places) return undefined;
      taken += 1;
      let held = true;
      const free = () => {
        if (!held) return;
        held = false;
        cancel();
        taken -= 1;
        const woken = waiting;
        waiting = [];
        for (const run of woken) run();
      };
      const cancel = clock.after(holdMs, free);
      return free;
    },
    onFree(run) {
      waiting.push(run);
    },
  };
}
