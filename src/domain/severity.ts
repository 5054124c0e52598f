import type { Problem, Severity } from "./view.ts";

/** UNKNOWN is the worst: where nothing answers, no other word is known to be true. */
const order: readonly Severity[] = ["UNKNOWN", "CRITICAL", "WARNING", "OK"];

/** The worst of these severities; OK for none. */
export function worstSeverity(severities: Iterable<Severity>): Severity {
  let worst = order.length - 1;
  for (const severity of severities) worst = Math.min(worst, order.indexOf(severity));
  return order[worst] ?? "OK";
}

/** Worst first, otherwise as they came. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
