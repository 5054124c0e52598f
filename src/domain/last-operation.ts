import type { AdminAction } from "./action.ts";
import { RETRYABLE } from "./admin-verdict.ts";
import type { LedgerEntry } from "./ledger.ts";

/** An operation of the past, for `--retry-failed`: its nodes of which one step or more is worth trying again. */
export type LastOperation = { readonly id: string; readonly at: string; readonly failedNodes: ReadonlySet<string> };

/**
 * Finds the last operation of this action on exactly these masters. `read` takes the ledger's entries from the newest
 * to the oldest and answers false when it needs no more; `found` is the operation then, or `undefined`.
 * Shape: an order without a line on what became of it counts as failed, as its console did not live to see it. Batches
 * (`<id>-batch-3`, down to 1) count as one operation.
 */
export function createOperationFinder(
  action: AdminAction,
  masters: readonly string[],
): { read(entry: LedgerEntry): boolean; found(): LastOperation | undefined } {
  const wanted = [...masters].sort().join("\n");
  const steps = new Map<string, Step[]>();
  const failedNodes = new Set<string>();
  let operation: LastOperation | undefined;

  function take(begun: Begun, told: readonly Step[]): void {
    const known = new Set(told.map(keyOf));
    for (const { node, outcome } of told) if (RETRYABLE.has(outcome)) failedNodes.add(node);
    for (const order of begun.orders) if (!known.has(keyOf(order))) failedNodes.add(order.node);
  }

  return {
    read(entry) {
      if (entry.kind === "step") {
        const told = steps.get(entry.id);
        if (told === undefined) steps.set(entry.id, [entry]);
        else told.push(entry);
      }
      if (entry.kind !== "begun") return true;
      const told = steps.get(entry.id) ?? [];
      steps.delete(entry.id);
      if (entry.action !== action || [...entry.masters].sort().join("\n") !== wanted) return true;
      const [, id = entry.id, batch = "1"] = /^(.*)-(?:batch|kill)-(\d+)$/.exec(entry.id) ?? [];
      if (operation !== undefined && operation.id !== id) return true;
      take(entry, told);
      operation = { id, at: entry.at, failedNodes };
      return batch !== "1";
    },
    found: () => operation,
  };
}

type Begun = Extract<LedgerEntry, { kind: "begun" }>;
type Step = Extract<LedgerEntry, { kind: "step" }>;
type Place = { readonly node: string; readonly backend: string; readonly server: string };

function keyOf({ node, backend, server }: Place): string {
  return `${node}\n${backend}\n${server}`;
}
