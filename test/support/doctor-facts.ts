import { blankFacts, type NodeFacts } from "../../src/domain/doctor-facts.ts";
import type { DoctorCheck, Finding } from "../../src/domain/doctor-finding.ts";
import type { PollFailure } from "../../src/domain/failure.ts";
import type { FleetNode } from "../../src/domain/inventory.ts";
import type { StatsRow } from "../../src/domain/stats.ts";
import { fleetOf } from "./fleet.ts";
import { aRow } from "./fleet-view.ts";
import { rowsOf } from "./scene.ts";

export const fleet = fleetOf({ nodes: 2 });
const [first] = fleet.nodes;
if (first === undefined) throw new Error("a fleet has nodes");
export const node: FleetNode = first;

/** A failure in the words of the reader. */
export function failureOf(kind: PollFailure["kind"], detail: string, statusCode?: number): PollFailure {
  return { kind, detail, statusCode };
}

/** The page of a healthy node: its masters, and the backend's own row. */
export function pageRows(part: Partial<StatsRow> = {}): readonly StatsRow[] {
  return [
    ...rowsOf(fleet, () => ({ sessions: 0, checkStatus: "L7OK", checkCode: 401, ...part })),
    aRow({ proxy: fleet.backend, name: "BACKEND", type: "backend" }),
  ];
}

/** A page that was read after three milliseconds. */
export function pageOf(rows: readonly StatsRow[] = pageRows(), atMs = 1_000): NodeFacts["page"] {
  return { ok: true, rows, ms: 3, atMs };
}

/** A node as it should be: HAProxy 3.2.4, /metrics closed, orders through ssh. */
export function factsOf(part: Partial<NodeFacts> = {}): NodeFacts {
  return {
    ...blankFacts(node, 5_000),
    ms: 40,
    resolution: { kind: "literal" },
    connected: { ok: true, ms: 2 },
    page: pageOf(),
    bare: { kind: "closed" },
    metrics: { kind: "closed", process: { version: "3.2.4", nodeName: undefined, startedAtSeconds: 1 } },
    heading: { version: undefined },
    right: "denied",
    ssh: { kind: "reached", right: "allowed", page: { ok: true, rows: pageRows(), ms: 90, atMs: 1_090 } },
    sample: "refused",
    others: [],
    ...part,
  };
}

/** The findings of one check, as "verdict: text". */
export function said(findings: readonly Finding[], check: DoctorCheck): readonly string[] {
  return findings.filter((one) => one.check === check).map(({ verdict, text }) => `${verdict}: ${text}`);
}
