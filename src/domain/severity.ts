import type { Problem, ProblemKind, Severity } from "./view.ts";

/** UNKNOWN is the worst: where nothing answers, no other word is known to be true. */
const order: readonly Severity[] = ["UNKNOWN", "CRITICAL", "WARNING", "OK"];

/** The worst of these severities; OK for none. */
export function worstSeverity(severities: Iterable<Severity>): Severity {
  let worst = order.length - 1;
  for (const severity of severities) worst = Math.min(worst, order.indexOf(severity));
  return order[worst] ?? "OK";
}

/**
 * What comes first within one severity: what keeps everybody from the API, then what explains other lines, then a
 * master, then a node, then what can wait.
 */
const rank: Readonly<Record<ProblemKind, number>> = {
  "no-answer": 0,
  "no-master-usable": 1,
  "node-cut-off": 2,
  "check-mixed": 3,
  "master-down": 4,
  "master-path": 5,
  "master-partly-drained": 6,
  "node-failure": 7,
  "backend-absent": 8,
  "server-absent": 9,
  "status-unknown": 10,
  "pinned-sessions": 11,
  "weight-zero": 12,
  "check-missing": 13,
  "node-stale": 14,
  "server-extra": 15,
  "version-skew": 16,
  "node-restarted": 17,
};

/** Worst first, then by what an operator has to know first; otherwise as they came. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || rank[a.kind] - rank[b.kind],
  );
}
