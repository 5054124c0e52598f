import type { FleetNode } from "../domain/inventory.ts";
import { createGate } from "./gate.ts";
import { type PollDeps, pollNode } from "./poll-node.ts";
import { throughGate } from "./through-gate.ts";

export type SweepOptions = PollDeps & {
  readonly nodes: readonly FleetNode[];
  /** How many requests may be begun at once. */
  readonly parallel: number;
};

/**
 * Asks every node once, all at the same time as far as `parallel` lets it. Resolves when each has answered or failed,
 * which takes no longer than the nodes' own time limits: no dead node holds a place that another needs.
 */
export async function sweep(options: SweepOptions): Promise<void> {
  const gate = createGate(options.clock, options.parallel);
  await throughGate(options.nodes, gate, (node) => pollNode(node, options, () => true));
}
