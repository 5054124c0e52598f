import type { FailureKind } from "./failure.ts";
import type { NodeRecord } from "./fleet.ts";
import type { FleetNode, Master } from "./inventory.ts";
import type { Intent } from "./ledger.ts";
import type { Source, StatsRow } from "./stats.ts";

/** Severity words are those of monitoring plugins; a problem of severity OK is a note. */
export type Severity = "OK" | "WARNING" | "CRITICAL" | "UNKNOWN";

/** `pending`: asked, nothing came back yet. A failure's kind stands for the node's state once it is no longer fresh. */
export type NodeState = "fresh" | "stale" | "pending" | FailureKind;

/** What one node says of one master, all its backends taken together (the worst of them). */
export type CellState = "up" | "down" | "drain" | "maint" | "absent" | "unknown";

/** One server line of one backend on one node. `usable`: it takes new connections now, or would as a backup. */
export type ServerCell = {
  readonly backend: string;
  readonly server: string;
  readonly row: StatsRow;
  readonly state: Exclude<CellState, "absent">;
  readonly usable: boolean;
  /** How it stands to the ledger; absent where the ledger has nothing to say of it. */
  readonly ledger?: ServerLedger;
};

/**
 * `held` out of service as asked; `drift` in service (or its drain surely lost) though it was taken out; `pending`
 * DOWN, with the drain that was asked hidden underneath; `elsewhere` in a state that nobody in the ledger asked for.
 */
export type LedgerRelation = "held" | "drift" | "pending" | "elsewhere";

/**
 * A server line beside what the ledger wants of it; `intent` is `undefined` where it never wanted anything.
 * Units: `agoMs` since it was asked, `restartedAgoMs` since HAProxy's restart after that.
 */
export type ServerLedger = {
  readonly relation: LedgerRelation;
  readonly intent: Intent | undefined;
  readonly agoMs: number;
  readonly isExpired: boolean;
  readonly restartedAgoMs: number | undefined;
};

/**
 * A node's opinion of one master. `servers` has one entry per backend that holds it (the fleet's own backend
 * first), empty when absent. Values of a node that is not fresh are its last good ones.
 */
export type MasterCell = {
  readonly master: string;
  readonly state: CellState;
  readonly servers: readonly ServerCell[];
  readonly sessions: number | undefined;
};

/**
 * One node as a whole.
 * Units: `ageMs` since the last good answer, `failure.agoMs` since that failure, `failure.forMs` since the first of the row.
 * `usableMasters` is `undefined` unless the node is fresh; over several backends it is the smallest number.
 * `cutOff`: fresh, sees no master usable while others do, so it has no vote.
 * `cells` is in the order of the fleet's masters.
 */
export type NodeView = {
  readonly name: string;
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly config: FleetNode;
  readonly record: NodeRecord | undefined;
  readonly state: NodeState;
  readonly ageMs: number | undefined;
  readonly usableMasters: number | undefined;
  readonly cutOff: boolean;
  readonly votes: boolean;
  readonly failure: NodeFailure | undefined;
  readonly version: string | undefined;
  readonly nodeName: string | undefined;
  readonly source: Source | undefined;
  readonly restartedAgoMs: number | undefined;
  readonly cells: readonly MasterCell[];
};

/** The failure that stands now, in words. */
export type NodeFailure = {
  readonly kind: FailureKind;
  readonly detail: string;
  readonly text: string;
  readonly hint: string;
  readonly agoMs: number;
  readonly forMs: number;
  readonly count: number;
};

/**
 * `partly-drained` covers maint on some nodes too; its reason says which. `drift`: in service somewhere though the
 * ledger says otherwise. A drain that the ledger remembers under a DOWN counts as a drain.
 */
export type Verdict = "up" | "path" | "down" | "drained" | "maint" | "partly-drained" | "drift" | "absent" | "unknown";

/** The evidence behind "up": `weak` 401 (TLS and HTTP only), `ready` 200, `mixed` both, `none` not checked. */
export type CheckEvidence = "weak" | "ready" | "mixed" | "none" | "unknown";

/**
 * One master over all nodes. `nodes` counts every node of the fleet once; a node without a vote is `unknown`.
 * Units: `checkMs` is the median over voting nodes that see it up. `sessions` sums fresh nodes only.
 */
export type MasterView = {
  readonly name: string;
  readonly master: Master;
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly reason: string;
  readonly nodes: Readonly<Record<CellState, number>>;
  readonly sessions: number;
  readonly pinnedSessions: number;
  readonly check: CheckEvidence;
  readonly checkMs: number | undefined;
  /** Nodes where it is not out of service as the ledger says, and those where a DOWN hides the drain; by name. */
  readonly drift: readonly string[];
  readonly drainPending: readonly string[];
  readonly intent: MasterIntent | undefined;
};

/**
 * Who took a master out of service, by the ledger: the operation that most of its nodes go back to.
 * Units: `sinceMs` and `untilMs` Unix time.
 */
export type MasterIntent = Pick<Intent, "id" | "who" | "reason" | "sinceMs" | "untilMs"> & {
  readonly state: "drain" | "maint";
  readonly isExpired: boolean;
  readonly nodes: readonly string[];
};

/** `kind` is a stable word for scripts; `text` names what is wrong, `fix` what to do about it. `nodes` by name. */
export type Problem = {
  readonly severity: Severity;
  readonly kind: ProblemKind;
  readonly master: string | undefined;
  readonly nodes: readonly string[];
  readonly text: string;
  readonly fix: string;
};

export type ProblemKind =
  | "no-answer"
  | "no-master-usable"
  | "node-cut-off"
  | "master-down"
  | "master-path"
  | "master-partly-drained"
  | "pinned-sessions"
  | "node-failure"
  | "node-stale"
  | "server-absent"
  | "server-extra"
  | "backend-absent"
  | "weight-zero"
  | "check-mixed"
  | "check-missing"
  | "status-unknown"
  | "version-skew"
  | "node-restarted"
  | "uneven-sessions"
  | "drift"
  | "drain-pending"
  | "expired-drain"
  | "changed-elsewhere";

/** The whole truth about a fleet at one moment. `problems` is worst first; `summary` is one line without line break. */
export type FleetView = {
  readonly cluster: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly masters: readonly MasterView[];
  readonly nodes: readonly NodeView[];
  readonly problems: readonly Problem[];
  /** There where a ledger was held beside it. Units: `lastAtMs` Unix time of the ledger's last entry. */
  readonly ledger?: { readonly lastAtMs: number };
};
