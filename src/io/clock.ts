/**
 * Real time; `app/clock.ts` says what is asked of it.
 * Units: milliseconds. `now` is monotonic and stands still while the machine sleeps (on Linux), `wall` is Unix time.
 */
export const systemClock: {
  readonly now: () => number;
  readonly wall: () => number;
  readonly after: (delayMs: number, run: () => void) => () => void;
} = {
  now: () => performance.now(),
  wall: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
