import type { Intent } from "./intent.ts";

/** The ladder of intervals that + and - go along. Units: milliseconds. */
const intervals: readonly number[] = [500, 1000, 2000, 3000, 5000, 10_000, 20_000, 30_000, 60_000];

/** What an intent asks for: this one, or the next step on the ladder; an interval of the fleet file that is no step goes to its neighbour. */
export function nextInterval(intervalMs: number, intent: Extract<Intent, { kind: "interval" }>): number {
  if ("toMs" in intent) return intent.toMs;
  const { by } = intent;
  const next = by === 1 ? intervals.find((step) => step > intervalMs) : intervals.findLast((step) => step < intervalMs);
  return next ?? intervalMs;
}
