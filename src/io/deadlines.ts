/** Something that must be over by a time. `tick` belongs to the wheel; it starts as `noDeadline`. */
export type Timed = { tick: number; expire(): void };

/** The `tick` of something that is not waited for. */
export const noDeadline = -1;

/** One timer for all requests under way. Units: milliseconds on the clock of `now`. */
export type Deadlines = {
  now(): number;
  /** Lets `timed` expire at `atMs` at the latest, and up to one tick earlier. */
  set(timed: Timed, atMs: number): void;
  clear(timed: Timed): void;
};

/**
 * Makes a wheel that turns only while something is waited for, and never keeps the process alive.
 * A timer per request costs 15 % of a poll, an AbortSignal 72 % (polling.md §4); a wheel 9 %.
 */
export function createDeadlines(tickMs = 25): Deadlines {
  const now = () => performance.now();
  const ticks = new Map<number, Timed[]>();
  let waiting = 0;
  let turning = false;

  function turn(): void {
    // Answers that came while this process was busy or stopped are read before anybody is given up: timers run ahead
    // of sockets, immediates behind them.
    setTimeout(() => setImmediate(expireDue), tickMs).unref();
  }

  function expireDue(): void {
    const current = Math.floor(now() / tickMs);
    for (const [tick, timed] of ticks) {
      if (tick > current) continue;
      ticks.delete(tick);
      for (const one of timed) if (one.tick === tick) expire(one);
    }
    if (waiting === 0) {
      ticks.clear();
      turning = false;
    } else turn();
  }

  function expire(timed: Timed): void {
    timed.tick = noDeadline;
    waiting -= 1;
    timed.expire();
  }

  return {
    now,
    set(timed, atMs) {
      if (timed.tick === noDeadline) waiting += 1;
      // Entries are not taken out when an answer comes; what has another tick by then is passed over.
      timed.tick = Math.floor(atMs / tickMs);
      const same = ticks.get(timed.tick);
      if (same === undefined) ticks.set(timed.tick, [timed]);
      else same.push(timed);
      if (!turning) {
        turning = true;
        turn();
      }
    },
    clear(timed) {
      if (timed.tick === noDeadline) return;
      timed.tick = noDeadline;
      waiting -= 1;
    },
  };
}
