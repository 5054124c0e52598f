/**
 * The only source of time in `app`. Tests turn it by hand; `io/clock.ts` is the real one.
 * Units: milliseconds; `now` is monotonic (never steps back, keeps no relation to the calendar).
 */
export type Clock = {
  now(): number;
  /** Calls `run` once after `delayMs`; returns the cancel. */
  after(delayMs: number, run: () => void): () => void;
};
