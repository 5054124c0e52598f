import type { OutcomeWord, StepResult } from "./outcome.ts";
import type { Plan, PlanStep } from "./plan.ts";

/**
 * What became of a whole action, in one word.
 * `verified`: proved everywhere. `unchanged`: it was so before, nothing was sent. `accepted`: HAProxy took every order,
 * but not every node can show it. `partial`: done on some nodes. `failed`: on none. `guarded`: refused on every node
 * before anything was sent. `timed-out`: done, but what was waited for did not come. `interrupted`: stopped by hand.
 */
export type AdminWord =
  | "verified"
  | "unchanged"
  | "accepted"
  | "partial"
  | "failed"
  | "guarded"
  | "timed-out"
  | "interrupted";

/**
 * How an action ended, beside what became of its steps. `isTimedOut`: what was waited for did not come.
 * `isContradicted`: somebody's change made waiting pointless on some node.
 */
export type AdminEnd = {
  readonly isInterrupted: boolean;
  readonly isTimedOut: boolean;
  readonly isContradicted?: boolean;
};

/** How many steps ended in each outcome; outcomes that did not occur are left out. */
export function countOutcomes(results: readonly StepResult[]): Partial<Record<OutcomeWord, number>> {
  const counts: Partial<Record<OutcomeWord, number>> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

const PROVED: ReadonlySet<OutcomeWord> = new Set(["verified", "unchanged"]);

/**
 * The word for all results together; `results` have those of refused steps too.
 * Shape: a server line that a node does not have is no failure as long as another node has it. A failure on a node
 * outweighs a wait that ran out; an interruption outweighs everything, as nobody knows what would have come.
 */
export function judgeAdmin(results: readonly StepResult[], plan: Plan, end: AdminEnd): AdminWord {
  if (end.isInterrupted) return "interrupted";
  if (isRefused(plan)) return "guarded";
  const absent = new Set(plan.refusals.flatMap(({ kind, steps }) => (kind === "absent" ? steps.map(keyOf) : [])));
  const counting = results.filter(({ step }) => !absent.has(keyOf(step)));
  if (counting.length === 0) return "failed";
  const isProved = ({ outcome }: StepResult) => PROVED.has(outcome);
  const isTaken = (result: StepResult) => isProved(result) || result.outcome === "accepted";
  if (counting.every(({ outcome }) => outcome === "guarded")) return "guarded";
  if (!counting.some(isTaken)) return "failed";
  if (!counting.every(isTaken)) return "partial";
  if (end.isTimedOut) return "timed-out";
  if (end.isContradicted === true) return "partial";
  if (!counting.every(isProved)) return "accepted";
  return counting.every(({ outcome }) => outcome === "unchanged") ? "unchanged" : "verified";
}

/** Would nothing be sent because every node with such a server line is refused? */
export function isRefused(plan: Plan): boolean {
  return plan.steps.length === 0 && plan.refusals.some(({ kind }) => kind !== "absent");
}

function keyOf({ node, backend, server }: PlanStep): string {
  return `${node}\n${backend}\n${server}`;
}

const EXIT_CODES: Readonly<Record<AdminWord, number>> = {
  verified: 0,
  unchanged: 0,
  failed: 1,
  guarded: 3,
  // Taken is not proved, and 0 promises proof.
  accepted: 4,
  partial: 4,
  "timed-out": 5,
  interrupted: 130,
};

/** The exit code of an action. Source: design §3. */
export function exitCodeOf(word: AdminWord): number {
  return EXIT_CODES[word];
}

/**
 * The outcomes after which it is worth trying the same again, on those nodes only. A guard is asked anew each time, so
 * a node that was refused, or could not be seen, is among them.
 */
export const RETRYABLE: ReadonlySet<OutcomeWord> = new Set([
  "denied",
  "refused",
  "unreached",
  "unknown",
  "contradicted",
  "guarded",
]);
