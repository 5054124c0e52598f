import type { Problem, ProblemKind, Severity } from "./view.ts";

/** UNKNOWN is the worst: where nothing answers, no other word is known to be true. */
const order: readonly Severity[] = ["UNKNOWN", "CRITICAL", "WARNING", "OK"];

/** The worst of these severities; OK for none. */
export function worstSeverity(severities: Iterable<Severity>): Severity {
  let worst = order.length - 1;
  for (const severity of severities) worst = Math.min(worst, order.indexOf(severity));
  return order[worst] ?? "OK";
}

/** Whether `severity` is this bad or worse. */
export function isAtLeastAsBad(severity: Severity, than: Severity): boolean {
  return order.indexOf(severity) <= order.indexOf(than);
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
  drift: 6,
  "master-partly-drained": 7,
  "expired-drain": 8,
  "node-failure": 9,
  "backend-absent": 10,
  "server-absent": 11,
  "status-unknown": 12,
  "changed-elsewhere": 13,
  "pinned-sessions": 14,
  "weight-zero": 15,
  "check-missing": 16,
  "node-stale": 17,
  "server-extra": 18,
  "version-skew": 19,
  "drain-pending": 20,
  "node-restarted": 21,
  "uneven-sessions": 22,
};

/** Worst first, then by what an operator has to know first; otherwise as they came. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || rank[a.kind] - rank[b.kind],
  );
}
