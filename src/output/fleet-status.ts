import type { FailureKind } from "../domain/failure.ts";
import type { Source } from "../domain/stats.ts";
import type { Admin, Health } from "../domain/status.ts";
import type {
  CellState,
  CheckEvidence,
  FleetView,
  LedgerRelation,
  MasterIntent,
  MasterView,
  NodeState,
  NodeView,
  ProblemKind,
  ServerCell,
  Severity,
  Verdict,
} from "../domain/view.ts";

/**
 * What scripts and alerts rely on (design §3): keys may be added, none is renamed. `null` is "not known", never 0.
 * Units are in the names; under `servers`, names and units are HAProxy's own (`check_duration` ms, `lastchg` s).
 */
export type FleetStatus = {
  readonly apiVersion: "k3s-lb/v1";
  readonly kind: "FleetStatus";
  readonly cluster: string;
  readonly at: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly masters: readonly MasterStatus[];
  readonly nodes: readonly NodeStatus[];
  readonly problems: readonly ProblemStatus[];
};

export type MasterStatus = {
  readonly name: string;
  readonly address: string;
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly reason: string;
  readonly nodes: Readonly<Record<CellState, number>>;
  readonly sessions: number;
  readonly pinnedSessions: number;
  readonly check: CheckEvidence;
  readonly checkMs: number | null;
  /** Nodes by name; empty too where there is no ledger that could tell. */
  readonly drift: readonly string[];
  readonly drainPending: readonly string[];
  readonly intent: IntentStatus | null;
};

/** Who took the master out of service, by the ledger; times are ISO 8601 in UTC. */
export type IntentStatus = {
  readonly operation: string;
  readonly state: "drain" | "maint";
  readonly user: string;
  readonly host: string;
  readonly sshClient: string | null;
  readonly reason: string | null;
  readonly since: string;
  readonly until: string | null;
  readonly expired: boolean;
  readonly nodes: readonly string[];
};

export type NodeStatus = {
  readonly name: string;
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly state: NodeState;
  readonly ageMs: number | null;
  readonly usableMasters: number | null;
  readonly cutOff: boolean;
  readonly failure: FailureStatus | null;
  readonly version: string | null;
  readonly source: Source | null;
  readonly restartedAgoMs: number | null;
  readonly servers: readonly ServerStatusRow[];
};

export type FailureStatus = {
  readonly kind: FailureKind;
  readonly detail: string;
  readonly text: string;
  readonly hint: string;
  readonly forMs: number;
};

/** A server line; `state` and `usable` are this program's reading of it, the rest is passed through from HAProxy. */
export type ServerStatusRow = {
  readonly backend: string;
  readonly server: string;
  readonly state: Exclude<CellState, "absent">;
  readonly usable: boolean;
  readonly status: string;
  readonly health: Health;
  readonly admin: Admin;
  readonly check_status: string | null;
  readonly check_code: number | null;
  readonly check_duration: number | null;
  readonly last_chk: string | null;
  readonly scur: number | null;
  readonly stot: number | null;
  readonly weight: number | null;
  readonly lastchg: number | null;
  readonly econ: number | null;
  readonly chkfail: number | null;
  readonly chkdown: number | null;
  /** How the line stands to the ledger of admin actions; null where it has nothing to say. */
  readonly ledger: LedgerRelation | null;
};

export type ProblemStatus = {
  readonly severity: Severity;
  readonly kind: ProblemKind;
  readonly master: string | null;
  readonly nodes: readonly string[];
  readonly text: string;
  readonly fix: string;
};

/** Makes the published object. Units: `at` is ISO 8601 in UTC, the time of the sweep's end on this machine. */
export function toFleetStatus(view: FleetView, at: string): FleetStatus {
  return {
    apiVersion: "k3s-lb/v1",
    kind: "FleetStatus",
    cluster: view.cluster,
    at,
    severity: view.severity,
    summary: view.summary,
    masters: view.masters.map(masterStatus),
    nodes: view.nodes.map(nodeStatus),
    problems: view.problems.map(({ severity, kind, master, nodes, text, fix }) => ({
      severity,
      kind,
      master: master ?? null,
      nodes,
      text,
      fix,
    })),
  };
}

function masterStatus(master: MasterView): MasterStatus {
  const { name, verdict, severity, reason, nodes, sessions, pinnedSessions, check } = master;
  const { up, down, drain, maint, absent, unknown } = nodes;
  return {
    name,
    address: master.master.address,
    verdict,
    severity,
    reason,
    nodes: { up, down, drain, maint, absent, unknown },
    sessions,
    pinnedSessions,
    check,
    checkMs: master.checkMs ?? null,
    drift: master.drift,
    drainPending: master.drainPending,
    intent: master.intent === undefined ? null : intentStatus(master.intent),
  };
}

function intentStatus(intent: MasterIntent): IntentStatus {
  const { id, state, who, reason, sinceMs, untilMs, isExpired, nodes } = intent;
  return {
    operation: id,
    state,
    user: who.user,
    host: who.host,
    sshClient: who.sshClient ?? null,
    reason: reason ?? null,
    since: new Date(sinceMs).toISOString(),
    until: untilMs === undefined ? null : new Date(untilMs).toISOString(),
    expired: isExpired,
    nodes,
  };
}

function nodeStatus(node: NodeView): NodeStatus {
  const { failure } = node;
  return {
    name: node.name,
    address: node.address,
    labels: node.labels,
    state: node.state,
    ageMs: wholeMs(node.ageMs),
    usableMasters: node.usableMasters ?? null,
    cutOff: node.cutOff,
    failure:
      failure === undefined
        ? null
        : {
            kind: failure.kind,
            detail: failure.detail,
            text: failure.text,
            hint: failure.hint,
            forMs: Math.round(failure.forMs),
          },
    version: node.version ?? null,
    source: node.source ?? null,
    restartedAgoMs: wholeMs(node.restartedAgoMs),
    servers: node.cells.flatMap((cell) => cell.servers.map(serverStatus)),
  };
}

function serverStatus({ backend, server, state, usable, row, ledger }: ServerCell): ServerStatusRow {
  return {
    backend,
    server,
    state,
    usable,
    status: row.status.text,
    health: row.status.health,
    admin: row.status.admin,
    check_status: row.checkStatus ?? null,
    check_code: row.checkCode ?? null,
    check_duration: row.checkDurationMs ?? null,
    last_chk: row.lastCheckText ?? null,
    scur: row.sessions ?? null,
    stot: row.sessionsTotal ?? null,
    weight: row.weight ?? null,
    lastchg: row.sinceChangeSeconds ?? null,
    econ: row.connectErrors ?? null,
    chkfail: row.checkFailures ?? null,
    chkdown: row.downTransitions ?? null,
    ledger: ledger?.relation ?? null,
  };
}

function wholeMs(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.round(ms);
}
