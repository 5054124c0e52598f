import type { Fleet } from "../domain/inventory.ts";
import { type NodeCells, readNodeCells } from "../domain/node-cells.ts";
import { viewNode } from "../domain/node-view.ts";
import type { StatsRow } from "../domain/stats.ts";
import type { NodeView } from "../domain/view.ts";
import type { Clock } from "./clock.ts";
import type { Store } from "./store.ts";

/** One node as it stands now, by its own newest answer alone. Errors: a name that the fleet has not. */
export type Look = (node: string) => NodeView;

/**
 * Makes a look at single nodes, where judging the whole fleet for each of them would cost its square.
 * Units: a node is fresh by its own interval, as the fleet file has it.
 */
export function createLook(options: {
  readonly fleet: Fleet;
  readonly alone: boolean;
  readonly store: Store;
  readonly clock: Clock;
}): Look {
  const { fleet, alone, store, clock } = options;
  /** A page is read once, however often its node is looked at. */
  const known = new WeakMap<readonly StatsRow[], NodeCells>();
  const nothing: NodeCells = readNodeCells([], fleet, alone);
  const cellsOf = (rows: readonly StatsRow[] | undefined): NodeCells => {
    if (rows === undefined) return nothing;
    const cells = known.get(rows) ?? readNodeCells(rows, fleet, alone);
    known.set(rows, cells);
    return cells;
  };
  const configs = new Map(fleet.nodes.map((node) => [node.name, node]));
  return (name) => {
    const config = configs.get(name);
    if (config === undefined) throw new Error(`no node ${name} in this fleet`);
    const record = store.records.get(name);
    return viewNode(config, record, cellsOf(record?.good?.rows), config.poll.intervalMs, clock.now());
  };
}
