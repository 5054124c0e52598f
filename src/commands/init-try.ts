import { createStore } from "../app/store.ts";
import { sweep } from "../app/sweep.ts";
import { describeFailure } from "../domain/describe-failure.ts";
import type { NodeRecord } from "../domain/fleet.ts";
import type { FleetNode } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import { openReader } from "./open-reader.ts";
import type { Shell } from "./shell.ts";

/** What came of asking one node: its rows and version, or the sentences that say why not. */
export type Look =
  | { readonly ok: true; readonly record: NodeRecord & { readonly good: NonNullable<NodeRecord["good"]> } }
  | { readonly ok: false; readonly lines: readonly string[] };

/**
 * Asks one node once, as `status` would. Where the password's variable is not set, /metrics is read without it.
 * Shape: never throws for weather, nor for a password or a file of TLS that cannot be read.
 */
export async function lookAtNode(shell: Shell, node: FleetNode): Promise<Look> {
  const { password } = node.stats;
  const variable = password?.kind === "env" && !shell.env[password.name] ? password.name : undefined;
  const asked: FleetNode =
    variable === undefined
      ? node
      : { ...node, stats: { ...node.stats, password: undefined }, poll: { ...node.poll, source: "metrics" } };
  const store = createStore();
  try {
    const { reader, clock } = await openReader(shell, [asked]);
    try {
      await sweep({ reader, clock, store, nodes: [asked], parallel: 1 });
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ok: false, lines: [`${node.name}: ${error.message}`, ...(error.hint === undefined ? [] : [error.hint])] };
  }
  const record = store.get(node.name);
  const { good, failure } = record;
  if (good !== undefined) return { ok: true, record: { ...record, good } };
  if (failure === undefined) return { ok: false, lines: [`${node.name} was not asked.`] };
  const { text, hint } = describeFailure(failure.failure, asked);
  const needsPassword = variable !== undefined && failure.failure.kind === "unauthorized";
  const next = needsPassword ? `Set ${variable} to the password of the stats page, then: k3s-lb status` : hint;
  return { ok: false, lines: [`${node.name} does not answer as a node should. ${text}`, next] };
}
