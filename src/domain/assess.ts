import { commonCause } from "./cause.ts";
import type { NodeRecord } from "./fleet.ts";
import { fleetProblems } from "./fleet-problems.ts";
import type { Fleet } from "./inventory.ts";
import type { LedgerFacts } from "./ledger.ts";
import { type IntentIndex, indexIntents, markNode } from "./ledger-relation.ts";
import { masterProblems } from "./master-problems.ts";
import { masterReason } from "./master-reason.ts";
import { type MasterTally, tallyMasters } from "./master-view.ts";
import { type NodeCells, readNodeCells } from "./node-cells.ts";
import { nodeProblems } from "./node-problems.ts";
import { viewNode } from "./node-view.ts";
import { sortProblems, worstSeverity } from "./severity.ts";
import type { StatsRow } from "./stats.ts";
import { summarize } from "./summary.ts";
import { unevenSessions } from "./uneven-sessions.ts";
import type { FleetView, MasterView, NodeView, Problem } from "./view.ts";

/**
 * How to look at the fleet. `alone`: watch only the fleet's own backend, not the others that hold masters too.
 * `ledger`: hold the nodes beside it too; without one nobody is said to have done or undone anything.
 * Units: `intervalMs` is one polling interval for all nodes in place of their own, `ledger.wallMs` Unix time at `nowMs`.
 */
export type AssessOptions = {
  readonly alone?: boolean;
  readonly intervalMs?: number | undefined;
  readonly ledger?: { readonly facts: LedgerFacts; readonly wallMs: number } | undefined;
};

/** Judges a fleet by what is known of its nodes at `nowMs` (monotonic, as the records are). */
export type Assessor = (records: ReadonlyMap<string, NodeRecord>, nowMs: number, options?: AssessOptions) => FleetView;

/** The whole truth once. Source: design §4. */
export function assess(
  fleet: Fleet,
  records: ReadonlyMap<string, NodeRecord>,
  nowMs: number,
  options: AssessOptions = {},
): FleetView {
  return createAssessor(fleet)(records, nowMs, options);
}

/** The same again and again: what a page says is read once per page, however often it is looked at. */
export function createAssessor(fleet: Fleet): Assessor {
  const known = new WeakMap<readonly StatsRow[], { readonly alone: boolean; readonly cells: NodeCells }>();
  const nothing: NodeCells = readNodeCells([], fleet, false);
  const unseen: NodeCells = { ...nothing, cells: nothing.cells.map((cell) => ({ ...cell, state: "unknown" })) };

  const indexes = new WeakMap<LedgerFacts, IntentIndex>();

  function indexOf(facts: LedgerFacts): IntentIndex {
    const index = indexes.get(facts) ?? indexIntents(facts);
    indexes.set(facts, index);
    return index;
  }

  function cellsOf(record: NodeRecord | undefined, alone: boolean): NodeCells {
    const rows = record?.good?.rows;
    if (rows === undefined) return unseen;
    const before = known.get(rows);
    if (before?.alone === alone) return before.cells;
    const cells = readNodeCells(rows, fleet, alone);
    known.set(rows, { alone, cells });
    return cells;
  }

  return (records, nowMs, { alone = false, intervalMs, ledger } = {}) => {
    const index = ledger && indexOf(ledger.facts);
    const read = new Map<NodeView, NodeCells>();
    const views = fleet.nodes.map((config) => {
      const record = records.get(config.name);
      const cells = cellsOf(record, alone);
      const seen = viewNode(config, record, cells, intervalMs ?? config.poll.intervalMs, nowMs);
      const view = index === undefined ? seen : markNode(seen, index, ledger?.wallMs ?? 0);
      if (view.state === "fresh") read.set(view, cells);
      return view;
    });
    const nodes = takeVotes(views, read);
    const tallies = tallyMasters(fleet, nodes);
    const view = judge(fleet, nodes, read, tallies);
    return ledger === undefined ? view : { ...view, ledger: { lastAtMs: ledger.facts.lastAtMs } };
  };
}

/** A fresh node without a usable master has no vote on masters as long as another has one. */
function takeVotes(views: readonly NodeView[], read: Map<NodeView, NodeCells>): readonly NodeView[] {
  const someUsable = views.some((view) => (view.usableMasters ?? 0) > 0);
  return views.map((view) => {
    if (!someUsable || view.usableMasters !== 0) return view;
    const cutOff: NodeView = { ...view, cutOff: true, votes: false };
    const cells = read.get(view);
    if (cells !== undefined) read.set(cutOff, cells);
    read.delete(view);
    return cutOff;
  });
}

function judge(
  fleet: Fleet,
  nodes: readonly NodeView[],
  read: ReadonlyMap<NodeView, NodeCells>,
  tallies: readonly MasterTally[],
): FleetView {
  const mastersLeft = tallies.filter((tally) => tally.seen.up.length > 0).length;
  const problems: Problem[] = [...fleetProblems(fleet, nodes, read, tallies), ...nodeProblems(nodes)];
  const masters = tallies.map((tally): MasterView => {
    const cause = commonCause(tally.seen.down, tally.index, fleet.check.expect);
    const own = masterProblems(tally, cause, mastersLeft);
    problems.push(...own);
    return {
      name: tally.master.name,
      master: tally.master,
      verdict: tally.verdict,
      severity: worstSeverity(own.map((problem) => problem.severity)),
      reason: masterReason(tally, cause),
      nodes: tally.nodes,
      sessions: tally.sessions,
      pinnedSessions: tally.pinnedSessions,
      check: tally.check,
      checkMs: tally.checkMs,
      drift: tally.ledger.drift.map(({ node }) => node.name),
      drainPending: tally.ledger.pending.map(({ node }) => node.name),
      intent: tally.ledger.intent,
    };
  });
  const sorted = sortProblems([...problems, ...unevenSessions(masters)]);
  const severity = worstSeverity(sorted.map((problem) => problem.severity));
  return {
    cluster: fleet.cluster,
    severity,
    summary: summarize(severity, masters, nodes, sorted),
    masters,
    nodes,
    problems: sorted,
  };
}
