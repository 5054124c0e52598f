import type { OutcomeWord, StepResult } from "./outcome.ts";

/**
 * What became of a whole operation. `verified`: every node has the wanted state, proved (`unchanged`: had it already).
 * `accepted`: every node took it, but some cannot show it. `guarded`: nothing was done because of guards. `partial`:
 * some have it. `failed`: none has. `interrupted`: some orders were held back on request.
 */
export type RunOutcome = "verified" | "unchanged" | "accepted" | "partial" | "failed" | "guarded" | "interrupted";

/** Counts results by their outcome; words that did not come up are left out. */
export function countOutcomes(results: readonly StepResult[]): Readonly<Partial<Record<OutcomeWord, number>>> {
  const counts: Partial<Record<OutcomeWord, number>> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** One word for all results. Nothing to do at all is `failed`: nobody has what was asked for. */
export function outcomeOf(results: readonly StepResult[], isInterrupted: boolean): RunOutcome {
  if (isInterrupted) return "interrupted";
  const isAll = (...words: readonly OutcomeWord[]) =>
    results.length > 0 && results.every((result) => words.includes(result.outcome));
  if (isAll("unchanged")) return "unchanged";
  if (isAll("verified", "unchanged")) return "verified";
  if (isAll("verified", "unchanged", "accepted")) return "accepted";
  if (isAll("guarded")) return "guarded";
  const some: readonly OutcomeWord[] = ["verified", "unchanged", "accepted"];
  return results.some((result) => some.includes(result.outcome)) ? "partial" : "failed";
}
