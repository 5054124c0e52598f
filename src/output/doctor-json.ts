import type { DoctorCheck, DoctorVerdict } from "../domain/doctor-finding.ts";
import type { Diagnosis } from "../domain/doctor-judge.ts";

/** What `doctor -o json` prints: keys may be added, none is renamed. `null` is "not known", or nothing to do. */
export type DoctorReport = {
  readonly apiVersion: "k3s-lb/v1";
  readonly kind: "DoctorReport";
  readonly cluster: string;
  readonly at: string;
  readonly verdict: Exclude<DoctorVerdict, "skipped">;
  /** False where Ctrl-C came first. */
  readonly complete: boolean;
  readonly counts: Readonly<Record<DoctorVerdict, number>>;
  readonly nodes: readonly DoctorNode[];
};

export type DoctorNode = {
  readonly name: string;
  readonly address: string;
  readonly verdict: Exclude<DoctorVerdict, "skipped">;
  readonly version: string | null;
  readonly ms: number | null;
  readonly checks: readonly DoctorCheckResult[];
};

export type DoctorCheckResult = {
  readonly check: DoctorCheck;
  readonly verdict: DoctorVerdict;
  readonly text: string;
  readonly fix: string | null;
};

/** Makes the published object. Units: `at` is ISO 8601 in UTC, the end of the examination on this machine. */
export function toDoctorReport(diagnosis: Diagnosis, at: string, complete: boolean): DoctorReport {
  const { cluster, verdict, counts, nodes } = diagnosis;
  return {
    apiVersion: "k3s-lb/v1",
    kind: "DoctorReport",
    cluster,
    at,
    verdict,
    complete,
    counts,
    nodes: nodes.map(({ node, address, verdict: worst, version, ms, findings }) => ({
      name: node,
      address,
      verdict: worst,
      version: version ?? null,
      ms: ms === undefined ? null : Math.round(ms),
      checks: findings.map(({ check, verdict: word, text, fix }) => ({ check, verdict: word, text, fix: fix ?? null })),
    })),
  };
}

/** `-o json`. */
export function formatDoctorJson(report: DoctorReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
