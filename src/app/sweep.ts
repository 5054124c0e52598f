import type { FleetNode } from "../domain/inventory.ts";
import { createGate } from "./gate.ts";
import { type PollDeps, pollNode } from "./poll-node.ts";

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
  const waiting = [...options.nodes];
  const running: Promise<unknown>[] = [];
  await new Promise<void>((resolve) => {
    const startWhatFits = () => {
      for (;;) {
        const node = waiting[0];
        if (node === undefined) return resolve();
        const release = gate.enter();
        if (release === undefined) return gate.onFree(startWhatFits);
        waiting.shift();
        running.push(pollNode(node, options, () => true).finally(release));
      }
    };
    startWhatFits();
  });
  await Promise.all(running);
}
