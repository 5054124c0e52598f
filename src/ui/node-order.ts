import { cellLedger } from "../domain/master-ledger.ts";
import type { FleetView, MasterCell, MasterView, NodeView } from "../domain/view.ts";
import { isCommonState } from "../output/node-note.ts";

/**
 * Worst first: a node that is left without a master, one that cannot be seen, one that differs from the others, then
 * those that only share what is wrong with a master. `masters` are in the order of the node's cells.
 */
export function badness(node: NodeView, masters: readonly MasterView[]): number {
  const isFresh = node.state === "fresh";
  if (isFresh && node.usableMasters === 0) return 0;
  if (node.state === "stale") return 2;
  if (node.state === "pending") return 6;
  if (!isFresh) return 1;
  const odd = node.cells.filter(({ state }, index) => !isCommonState(state, masters[index]));
  if (node.cells.some(hasDrifted) || odd.some(({ state }) => state === "down" || state === "absent")) return 3;
  if (odd.length > 0) return odd.some(({ state }) => state === "unknown") ? 4 : 5;
  return node.cells.every(({ state }) => state === "up") ? 8 : 7;
}

/** Whether the node has it in service though the ledger says otherwise. */
export function hasDrifted(cell: MasterCell): boolean {
  return cellLedger(cell)?.relation === "drift";
}

/** A view is drawn again for every key. */
const orders = new WeakMap<FleetView, readonly NodeView[]>();

/** The nodes of the fleet, worst first, otherwise in the order of the fleet file. */
export function worstFirst(view: FleetView): readonly NodeView[] {
  const { masters, nodes } = view;
  const before = orders.get(view);
  if (before !== undefined) return before;
  const ranked = nodes.map((node, index) => ({ node, index, rank: badness(node, masters) }));
  const order = ranked.sort((a, b) => a.rank - b.rank || a.index - b.index).map(({ node }) => node);
  orders.set(view, order);
  return order;
}
