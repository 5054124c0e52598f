/** How bad a finding is: what breaks or opens the load balancer, what will hurt one day, what is worth to know. */
export type LintSeverity = "error" | "warning" | "note";

/** The worst first, as findings are counted and `--fail-on` has them. */
export const lintSeverities: readonly LintSeverity[] = ["error", "warning", "note"];

/** A rule in words. `finds` completes "this rule finds ...", `fix` is what to write in general. */
export type LintRuleText = {
  readonly id: string;
  readonly name: string;
  readonly severity: LintSeverity;
  readonly finds: string;
  readonly reason: string;
  readonly fix: string;
};

/**
 * One thing that a rule found. No text in it holds a password or a character that a terminal obeys.
 * Shape: `section` is as "backend k8s-de1-kube-api", empty where the line is in none; `text` is what is there, `reason`
 * why it hurts, `fix` what to write. `allowed` is the reason of the comment that allows it, `undefined` without one.
 */
export type LintFinding = {
  readonly id: string;
  readonly name: string;
  readonly severity: LintSeverity;
  readonly file: string;
  readonly line: number;
  readonly section: string;
  readonly text: string;
  readonly reason: string;
  readonly fix: string;
  readonly allowed: string | undefined;
};

/**
 * The findings of a configuration, in the order of its lines, with those that a comment allows.
 * Shape: `remarks` say what could not be judged, and why.
 */
export type LintResult = { readonly findings: readonly LintFinding[]; readonly remarks: readonly string[] };

/** How many findings count, by severity, and how many do not. */
export type LintCounts = Readonly<Record<LintSeverity, number>> & { readonly allowed: number };

/** Counts findings; one that a comment allows counts as that only. */
export function countFindings(findings: readonly LintFinding[]): LintCounts {
  const counts = { error: 0, warning: 0, note: 0, allowed: 0 };
  for (const { severity, allowed } of findings) counts[allowed === undefined ? severity : "allowed"] += 1;
  return counts;
}

/** Whether a finding counts that is at least as bad as `least`. */
export function hasFinding(findings: readonly LintFinding[], least: LintSeverity): boolean {
  const rank = lintSeverities.indexOf(least);
  return findings.some(({ severity, allowed }) => allowed === undefined && lintSeverities.indexOf(severity) <= rank);
}
