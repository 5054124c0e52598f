import type { Clock } from "./clock.ts";

/** By which interval it is judged how old an answer may be. Units: milliseconds; `undefined` is each node's own. */
export type JudgedInterval = {
  /** The interval in force from now on. */
  set(intervalMs: number): void;
  at(nowMs: number): number | undefined;
};

/**
 * Follows the interval in force. Where it gets shorter the old one counts for two of the new ones more: the answers of
 * now came at the old pace, and a key must not make them stale. `firstMs` is the longest before anything is set.
 */
export function createJudgedInterval(clock: Clock, firstMs: number): JudgedInterval {
  let current: number | undefined;
  let before: { readonly intervalMs: number; readonly untilMs: number } | undefined;
  const at = (nowMs: number) => (before !== undefined && nowMs <= before.untilMs ? before.intervalMs : current);
  return {
    at,
    set(intervalMs) {
      const nowMs = clock.now();
      const oldMs = at(nowMs) ?? firstMs;
      before = oldMs > intervalMs ? { intervalMs: oldMs, untilMs: nowMs + 2 * intervalMs } : undefined;
      current = intervalMs;
    },
  };
}
