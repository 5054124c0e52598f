import type { Fleet, Master } from "./inventory.ts";
import { gatherLedger, type MasterLedger } from "./master-ledger.ts";
import type { CellState, CheckEvidence, MasterCell, NodeView, Verdict } from "./view.ts";

/**
 * One master's standing, counted over the fleet, before words are put to it.
 * `seen` holds the voting nodes by what they say of it. Units: `checkMs` the median over nodes that see it up.
 */
export type MasterTally = {
  readonly master: Master;
  readonly index: number;
  readonly verdict: Verdict;
  readonly nodes: Readonly<Record<CellState, number>>;
  readonly seen: Readonly<Record<CellState, readonly NodeView[]>>;
  readonly sessions: number;
  readonly pinnedSessions: number;
  readonly pinnedOn: readonly NodeView[];
  readonly check: CheckEvidence;
  readonly checkMs: number | undefined;
  readonly ledger: MasterLedger;
};

/** Counts every node once: one without a vote is `unknown`, whatever it said last. Source: design §4. */
export function tallyMasters(fleet: Fleet, nodes: readonly NodeView[]): readonly MasterTally[] {
  return fleet.masters.map((master, index) => tallyMaster(master, index, nodes));
}

function tallyMaster(master: Master, index: number, nodes: readonly NodeView[]): MasterTally {
  const seen: Record<CellState, NodeView[]> = { up: [], down: [], drain: [], maint: [], absent: [], unknown: [] };
  let sessions = 0;
  let pinnedSessions = 0;
  const pinnedOn: NodeView[] = [];
  const codes = new Set<CheckEvidence>();
  const checkTimes: number[] = [];
  let withoutVote = 0;
  for (const node of nodes) {
    const cell = node.cells[index];
    if (node.state === "fresh" && cell !== undefined) {
      sessions += cell.sessions ?? 0;
      const pinned = pinnedIn(cell);
      pinnedSessions += pinned;
      if (pinned > 0) pinnedOn.push(node);
    }
    if (!node.votes || cell === undefined) {
      withoutVote += 1;
      continue;
    }
    seen[cell.state].push(node);
    if (cell.state !== "up") continue;
    for (const server of cell.servers) {
      codes.add(evidenceOf(server.row.checkCode, server.row.checkStatus));
      if (server.row.checkDurationMs !== undefined) checkTimes.push(server.row.checkDurationMs);
    }
  }
  const ledger = gatherLedger(nodes, index);
  const counts = Object.fromEntries(Object.entries(seen).map(([state, list]) => [state, list.length]));
  return {
    master,
    index,
    verdict: verdictOf(seen, ledger),
    nodes: { up: 0, down: 0, drain: 0, maint: 0, absent: 0, ...counts, unknown: seen.unknown.length + withoutVote },
    seen,
    sessions,
    pinnedSessions,
    pinnedOn,
    check: join(codes),
    checkMs: median(checkTimes),
    ledger,
  };
}

const pinning: ReadonlySet<CellState> = new Set<CellState>(["down", "drain", "maint"]);

/** Sessions on server lines that take no new ones: nothing but their own end, or a kill, closes them. */
function pinnedIn(cell: MasterCell): number {
  let sum = 0;
  for (const server of cell.servers) if (pinning.has(server.state)) sum += server.row.sessions ?? 0;
  return sum;
}

/** A drain that the ledger remembers under a DOWN is a drain, not a fault: nobody is to be called for it. */
function verdictOf(seen: Readonly<Record<CellState, readonly NodeView[]>>, ledger: MasterLedger): Verdict {
  const up = seen.up.length > 0;
  const down = faultyNodes({ seen, ledger }).length > 0;
  const isHidden = seen.down.some((node) => ledger.hidden.has(node));
  const drained = seen.drain.length > 0 || (isHidden && (up || !down));
  const out = drained || seen.maint.length > 0;
  const isWorse = down && (up || !out);
  if (ledger.drift.length > 0 && (up || out) && !isWorse) return "drift";
  if (up) return down ? "path" : out ? "partly-drained" : "up";
  if (out) return drained ? "drained" : "maint";
  if (down) return "down";
  return seen.unknown.length === 0 && seen.absent.length > 0 ? "absent" : "unknown";
}

/** The voting nodes that see it down without a drain underneath: where something is wrong. */
export function faultyNodes({ seen, ledger }: Pick<MasterTally, "seen" | "ledger">): readonly NodeView[] {
  return ledger.hidden.size === 0 ? seen.down : seen.down.filter((node) => !ledger.hidden.has(node));
}

/**
 * What a finished check proves: 200 is readiness; 401, or a check that never asked HTTP, is only that something
 * listens. Anything else proves nothing either way.
 */
export function evidenceOf(code: number | undefined, checkStatus: string | undefined): CheckEvidence {
  if (code === 200) return "ready";
  if (code === 401) return "weak";
  if (checkStatus === "L4OK" || checkStatus === "L6OK") return "weak";
  return checkStatus === undefined ? "none" : "unknown";
}

/** The weakest evidence speaks for the master, but both kinds of answer are a change-over half done. */
function join(found: ReadonlySet<CheckEvidence>): CheckEvidence {
  if (found.has("weak") && found.has("ready")) return "mixed";
  return (["weak", "none", "ready"] as const).find((evidence) => found.has(evidence)) ?? "unknown";
}

function median(values: number[]): number | undefined {
  if (values.length === 0) return undefined;
  values.sort((a, b) => a - b);
  return values[values.length >> 1];
}
