import { adminFindings } from "./doctor-admin.ts";
import { checkModeFindings } from "./doctor-check-mode.ts";
import { exposureFindings } from "./doctor-exposure.ts";
import { type NodeFacts, readProcess } from "./doctor-facts.ts";
import { type DoctorVerdict, doctorChecks, type Finding, worstVerdict } from "./doctor-finding.ts";
import { fleetFindings } from "./doctor-fleet.ts";
import { networkFindings } from "./doctor-network.ts";
import { pageFindings } from "./doctor-page.ts";
import { trafficFindings } from "./doctor-traffic.ts";
import { versionFindings } from "./doctor-version.ts";
import type { Fleet } from "./inventory.ts";

/** A node with all its findings, in the order of `doctorChecks`. Units: `ms` for its examination; `undefined`: cut short. */
export type NodeDiagnosis = {
  readonly node: string;
  readonly address: string;
  readonly verdict: Exclude<DoctorVerdict, "skipped">;
  readonly version: string | undefined;
  readonly ms: number | undefined;
  readonly findings: readonly Finding[];
};

/** The whole examination. `counts` are findings by verdict. */
export type Diagnosis = {
  readonly cluster: string;
  readonly verdict: Exclude<DoctorVerdict, "skipped">;
  readonly counts: Readonly<Record<DoctorVerdict, number>>;
  readonly nodes: readonly NodeDiagnosis[];
};

/** Units: `nowMs` as the readings' times, `wallMs` Unix time. */
export type Moment = { readonly nowMs: number; readonly wallMs: number };

/** Judges what was found out. The nodes stay in their order. */
export function diagnose(fleet: Fleet, all: readonly NodeFacts[], { nowMs, wallMs }: Moment): Diagnosis {
  const beside = fleetFindings(fleet, all, nowMs);
  const nodes = all.map((facts): NodeDiagnosis => {
    const findings = inOrder([
      ...networkFindings(facts, wallMs),
      ...pageFindings(facts),
      ...versionFindings(facts, fleet.haproxy.version),
      ...(beside.get(facts.node.name) ?? []),
      ...checkModeFindings(facts, fleet, nowMs),
      ...adminFindings(facts, fleet.haproxy.admin),
      ...trafficFindings(facts, fleet.backend),
      ...exposureFindings(facts),
    ]);
    return {
      node: facts.node.name,
      address: facts.node.address,
      verdict: worstVerdict(findings.map(({ verdict }) => verdict)),
      version: readProcess(facts)?.version,
      ms: facts.ms,
      findings,
    };
  });
  const counts = { critical: 0, warning: 0, note: 0, ok: 0, skipped: 0 };
  for (const { findings } of nodes) for (const { verdict } of findings) counts[verdict] += 1;
  return { cluster: fleet.cluster, verdict: worstVerdict(nodes.map(({ verdict }) => verdict)), counts, nodes };
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return doctorChecks.flatMap(({ name }) => findings.filter(({ check }) => check === name));
}
