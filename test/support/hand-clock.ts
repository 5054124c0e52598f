import type { Clock } from "../../src/app/clock.ts";

/** A clock that stands still until a test turns it. `advance` runs what falls due, in order, letting promises settle between. */
export type HandClock = Clock & {
  advance(ms: number): Promise<void>;
  /** The wall clock runs ahead without monotonic time moving: the machine slept, or somebody set the clock. */
  jumpWall(ms: number): void;
  /** Monotonic time passes without a timer running: the process was stopped. */
  freeze(ms: number): void;
};

type Timer = { readonly atMs: number; readonly order: number; readonly run: () => void };

export function createHandClock(): HandClock {
  let nowMs = 1_000;
  let wallMs = 1_700_000_000_000;
  let order = 0;
  let timers: Timer[] = [];

  const settle = async () => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
  };

  return {
    now: () => nowMs,
    wall: () => wallMs,
    after(delayMs, run) {
      const timer = { atMs: nowMs + delayMs, order: order++, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      const endMs = nowMs + ms;
      await settle();
      for (;;) {
        const due = timers.filter((timer) => timer.atMs <= endMs).sort((a, b) => a.atMs - b.atMs || a.order - b.order);
        const [next] = due;
        if (next === undefined) break;
        timers = timers.filter((timer) => timer !== next);
        const stepMs = Math.max(0, next.atMs - nowMs);
        nowMs += stepMs;
        wallMs += stepMs;
        next.run();
        await settle();
      }
      wallMs += endMs - nowMs;
      nowMs = endMs;
    },
    jumpWall(ms) {
      wallMs += ms;
    },
    freeze(ms) {
      nowMs += ms;
      wallMs += ms;
    },
  };
}
