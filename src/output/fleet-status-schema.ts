import * as z from "zod/mini";
import type { FailureKind } from "../domain/failure.ts";
import type { Source } from "../domain/stats.ts";
import type { Admin, Health } from "../domain/status.ts";
import type {
  CellState,
  CheckEvidence,
  LedgerRelation,
  NodeState,
  ProblemKind,
  Severity,
  Verdict,
} from "../domain/view.ts";
import type { FleetStatus } from "./fleet-status.ts";
import { said, words } from "./words-schema.ts";

const severity = words<Severity>()(["OK", "WARNING", "CRITICAL", "UNKNOWN"]);
const count = z.int().check(z.nonnegative());
const known = z.nullable(z.number());
const text = z.nullable(z.string());

/** Every kind of failure, as an enum takes it. */
export const failureKinds = [
  "unreachable",
  "timeout",
  "unauthorized",
  "forbidden",
  "tls",
  "http-status",
  "too-large",
  "not-stats",
  "dns",
] as const;
const failureKind = words<FailureKind>()(failureKinds);

const problemKind = words<ProblemKind>()([
  "no-answer",
  "no-master-usable",
  "node-cut-off",
  "master-down",
  "master-path",
  "master-partly-drained",
  "pinned-sessions",
  "node-failure",
  "node-stale",
  "server-absent",
  "server-extra",
  "backend-absent",
  "weight-zero",
  "check-mixed",
  "check-missing",
  "status-unknown",
  "version-skew",
  "node-restarted",
  "uneven-sessions",
  "drift",
  "drain-pending",
  "expired-drain",
  "changed-elsewhere",
]);

function nodeNames(description: string): z.ZodMiniArray<z.ZodMiniString> {
  return z.array(z.string()).check(z.describe(description));
}

const intent = z.looseObject({
  operation: said("as k3s-lb history takes it"),
  state: words<"drain" | "maint">()(["drain", "maint"]),
  user: z.string(),
  host: z.string(),
  sshClient: text,
  reason: text,
  since: z.iso.datetime(),
  until: z.nullable(z.iso.datetime()),
  expired: z.boolean().check(z.describe("until is over, and it is still out of service")),
  nodes: z.array(z.string()),
});

const master = z.looseObject({
  name: z.string(),
  address: z.string(),
  verdict: words<Verdict>()(["up", "path", "down", "drained", "maint", "partly-drained", "drift", "absent", "unknown"]),
  severity,
  reason: said("why this verdict, in words"),
  nodes: z.looseObject({ up: count, down: count, drain: count, maint: count, absent: count, unknown: count }),
  sessions: count.check(z.describe("sessions of all fresh nodes to this master")),
  pinnedSessions: count.check(z.describe("those on nodes that send it no new ones")),
  check: words<CheckEvidence>()(["weak", "ready", "mixed", "none", "unknown"]),
  checkMs: known.check(z.describe("median duration of the check over the nodes that see it up, ms")),
  drift: nodeNames("nodes where it is not out of service though the ledger of admin actions says so"),
  drainPending: nodeNames("nodes where it is DOWN and a drain, which HAProxy does not show, waits underneath"),
  intent: z.nullable(intent).check(z.describe("who took it out of service, by the ledger; most of its nodes")),
});

const server = z.looseObject({
  backend: z.string(),
  server: z.string(),
  state: words<Exclude<CellState, "absent">>()(["up", "down", "drain", "maint", "unknown"]),
  usable: z.boolean().check(z.describe("takes new connections now, or would as a backup")),
  status: said("HAProxy's status column as it is, such as UP 1/2"),
  health: words<Health>()(["up", "stopping", "down", "unchecked", "unknown"]),
  admin: words<Admin>()(["ready", "drain", "maint", "unknown"]),
  check_status: text,
  check_code: known,
  check_duration: known.check(z.describe("ms")),
  last_chk: text,
  scur: known,
  stot: known,
  weight: known,
  lastchg: known.check(z.describe("seconds since the last change of state")),
  econ: known,
  chkfail: known,
  chkdown: known,
  ledger: z
    .nullable(words<LedgerRelation>()(["held", "drift", "pending", "elsewhere"]))
    .check(z.describe("how it stands to the ledger of admin actions")),
});

const node = z.looseObject({
  name: z.string(),
  address: z.string(),
  labels: z.record(z.string(), z.string()),
  state: words<NodeState>()(["fresh", "stale", "pending", ...failureKinds]),
  ageMs: known.check(z.describe("since the last good answer; the values of the node are that old")),
  usableMasters: z.nullable(count).check(z.describe("null unless the node is fresh")),
  cutOff: z.boolean().check(z.describe("sees no usable master though other nodes do")),
  failure: z.nullable(
    z.looseObject({
      kind: failureKind,
      detail: z.string(),
      text: z.string(),
      hint: z.string(),
      forMs: z.number(),
    }),
  ),
  version: text,
  source: z.nullable(words<Source>()(["stats", "metrics"])),
  restartedAgoMs: known,
  servers: z.array(server),
});

const problem = z.looseObject({
  severity,
  kind: problemKind,
  master: text,
  nodes: z.array(z.string()),
  text: z.string(),
  fix: said("what to do about it; may be empty"),
});

/** The type says that the two definitions agree: what the schema describes is a FleetStatus. */
const fleetStatus: z.core.$ZodType<FleetStatus> = z.looseObject({
  apiVersion: z.literal("k3s-lb/v1"),
  kind: z.literal("FleetStatus"),
  cluster: z.string(),
  at: z.iso.datetime().check(z.describe("end of the sweep, by the clock of this machine")),
  severity,
  summary: said("one line"),
  masters: z.array(master),
  nodes: z.array(node),
  problems: z.array(problem),
});

/** The JSON Schema (draft 2020-12) of `status -o json`, `-o yaml` and each line of `-o jsonl`. */
export function fleetStatusJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    ...z.toJSONSchema(fleetStatus),
    title: "FleetStatus of k3s-lb",
    description: "What k3s-lb status -o json prints. Keys may be added, none is renamed; null means not known.",
  };
}
