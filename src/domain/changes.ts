import { checkWords } from "./check-words.ts";
import type { FleetCheck } from "./inventory.ts";
import type { CellState, FleetView, MasterCell, NodeState, NodeView } from "./view.ts";

/**
 * One thing that one node showed differently from before.
 * Shape: `cause` is a clause ("connection refused"), where there is one to be had. A node that comes back after a failure
 * is compared with its last good answer, so that what happened meanwhile is told then.
 */
export type Change =
  | {
      readonly kind: "master";
      readonly master: string;
      readonly node: string;
      readonly from: CellState;
      readonly to: CellState;
      readonly cause: string | undefined;
    }
  | {
      readonly kind: "node";
      readonly node: string;
      readonly from: NodeState;
      readonly to: NodeState;
      readonly cause: string | undefined;
    }
  | { readonly kind: "restart"; readonly node: string };

/** What an observer keeps of a node to see the next change: values, so that no page is held in memory for it. */
type Seen = {
  readonly state: NodeState;
  readonly rows: unknown;
  readonly cells: readonly CellState[];
  readonly restartedAtMs: number | undefined;
};

/** Looks at one view after the other and tells what changed since the one before; the first tells nothing. */
export type ChangeWatcher = { look(view: Pick<FleetView, "nodes">): readonly Change[] };

/**
 * A node's first answer, and being asked anew after this console slept, are no changes: only what was known can change.
 * Cost: a node that shows the very page of the last look is passed over.
 */
export function watchChanges(expect: FleetCheck["expect"]): ChangeWatcher {
  const known = new Map<string, Seen>();
  return {
    look(view) {
      const changes: Change[] = [];
      for (const node of view.nodes) {
        const before = known.get(node.name);
        if (before !== undefined) changes.push(...changesOf(node, before, expect));
        const next = remember(node, before);
        if (next !== undefined && next !== before) known.set(node.name, next);
      }
      return changes;
    },
  };
}

function changesOf(node: NodeView, before: Seen, expect: FleetCheck["expect"]): Change[] {
  const changes: Change[] = [];
  if (node.state !== "pending" && node.state !== before.state) {
    changes.push({
      kind: "node",
      node: node.name,
      from: before.state,
      to: node.state,
      cause: node.state === "fresh" ? undefined : node.failure?.detail,
    });
  }
  if (node.state !== "fresh" || node.record?.good?.rows === before.rows) return changes;
  const restartedAtMs = node.record?.restartedAtMs;
  if (restartedAtMs !== undefined && restartedAtMs !== before.restartedAtMs) {
    changes.push({ kind: "restart", node: node.name });
  }
  node.cells.forEach((cell, index) => {
    const from = before.cells[index];
    if (from === undefined || from === cell.state) return;
    const cause = causeOf(cell, node, expect);
    changes.push({ kind: "master", master: cell.master, node: node.name, from, to: cell.state, cause });
  });
  return changes;
}

/** Of a node that nobody has heard of yet there is nothing to remember. */
function remember(node: NodeView, before: Seen | undefined): Seen | undefined {
  const rows = node.record?.good?.rows;
  const isNews = node.state === "fresh" && rows !== before?.rows;
  const state = node.state === "pending" ? before?.state : node.state;
  if (state === undefined) return undefined;
  if (before !== undefined && !isNews && state === before.state) return before;
  return {
    state,
    rows: isNews ? rows : before?.rows,
    cells: isNews ? node.cells.map((cell) => cell.state) : (before?.cells ?? []),
    restartedAtMs: isNews ? node.record?.restartedAtMs : before?.restartedAtMs,
  };
}

function causeOf(cell: MasterCell, node: NodeView, expect: FleetCheck["expect"]): string | undefined {
  if (cell.state !== "down") return undefined;
  const server = cell.servers.find(({ state }) => state === "down");
  return server === undefined ? undefined : checkWords(server.row, { expect, source: node.source });
}
