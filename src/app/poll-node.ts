import type { Reading } from "../domain/fleet.ts";
import type { FleetNode } from "../domain/inventory.ts";
import type { Clock } from "./clock.ts";
import type { NodeReader } from "./reader.ts";
import type { Store } from "./store.ts";

export type PollDeps = { readonly reader: NodeReader; readonly clock: Clock; readonly store: Store };

/**
 * Asks one node once and puts what came of it into the store; the first time, and after the node's HAProxy was
 * replaced, also which process it is. Resolves to what was read, as the store keeps it, or `undefined`. `isCurrent` says whether an answer is still
 * wanted: a failure that only shows that this console was asleep is thrown away.
 */
export async function pollNode(
  node: FleetNode,
  deps: PollDeps,
  isCurrent: () => boolean,
): Promise<Reading | undefined> {
  const { reader, clock, store } = deps;
  const startedMs = clock.now();
  const result = await reader.read(node);
  const atMs = clock.now();
  if (!result.ok) {
    if (isCurrent()) store.dispatch(node.name, { type: "pollFailed", failure: result.failure, atMs });
    return undefined;
  }
  const before = store.get(node.name);
  store.dispatch(node.name, { type: "polled", reading: { ...result.page, atMs, durationMs: atMs - startedMs } });
  const { good } = store.get(node.name);
  if (result.process !== undefined) {
    store.dispatch(node.name, { type: "identified", process: result.process, atMs });
    return good;
  }
  const restarted = store.get(node.name).restartedAtMs !== before.restartedAtMs;
  if (before.good !== undefined && !restarted) return good;
  // Both questions share the node's time limit, so that a sweep never takes longer than it.
  const leftMs = node.poll.timeoutMs - (atMs - startedMs);
  if (leftMs <= 0) return good;
  const process = await reader.identify(node, leftMs);
  if (process !== undefined) store.dispatch(node.name, { type: "identified", process, atMs: clock.now() });
  return good;
}
