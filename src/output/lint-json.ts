import { countFindings, type LintCounts, type LintFinding, type LintSeverity } from "../domain/lint-report.ts";

/** What `lint -o json` prints. `null` is: not known, or none. */
export type LintReport = {
  readonly apiVersion: "k3s-lb/v1";
  readonly kind: "LintReport";
  readonly files: readonly string[];
  readonly fleet: string | null;
  readonly haproxyVersion: string | null;
  readonly counts: LintCounts;
  readonly findings: readonly LintReportFinding[];
};

export type LintReportFinding = {
  readonly id: string;
  readonly rule: string;
  readonly severity: LintSeverity;
  readonly file: string;
  readonly line: number;
  readonly section: string;
  readonly text: string;
  readonly reason: string;
  readonly fix: string;
  readonly allowed: string | null;
};

/** What was judged, and by what else than the files. */
export type LintSubjectNames = {
  readonly files: readonly string[];
  readonly fleet: string | undefined;
  readonly version: string | undefined;
};

/** `-o json`: one object, those findings included that a comment allows. */
export function formatLintJson(findings: readonly LintFinding[], { files, fleet, version }: LintSubjectNames): string {
  const report: LintReport = {
    apiVersion: "k3s-lb/v1",
    kind: "LintReport",
    files,
    fleet: fleet ?? null,
    haproxyVersion: version ?? null,
    counts: countFindings(findings),
    findings: findings.map(({ id, name, severity, file, line, section, text, reason, fix, allowed }) => ({
      id,
      rule: name,
      severity,
      file,
      line,
      section,
      text,
      reason,
      fix,
      allowed: allowed ?? null,
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
