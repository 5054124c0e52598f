/**
 * The only source of time in `app`. Tests turn it by hand; `io/clock.ts` is the real one.
 * Units: milliseconds; `now` is monotonic (never steps back, keeps no relation to the calendar, may stand still while
 * the machine sleeps); `wall` is Unix time, which jumps then and whenever somebody sets the clock.
 */
export type Clock = {
  now(): number;
  wall(): number;
  /** Calls `run` once after `delayMs`; returns the cancel. */
  after(delayMs: number, run: () => void): () => void;
};
