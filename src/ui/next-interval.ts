/** The ladder of intervals that + and - go along. Units: milliseconds. */
const intervals: readonly number[] = [500, 1000, 2000, 3000, 5000, 10_000, 20_000, 30_000, 60_000];

/** The next step on the ladder; an interval of the fleet file that is no step goes to its neighbour. */
export function nextInterval(intervalMs: number, by: 1 | -1): number {
  const next = by === 1 ? intervals.find((step) => step > intervalMs) : intervals.findLast((step) => step < intervalMs);
  return next ?? intervalMs;
}
