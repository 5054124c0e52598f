import { randomUUID } from "node:crypto";
import type { AdminRoutes, LedgerWriter } from "../app/admin-route.ts";
import type { Clock } from "../app/clock.ts";
import type { NodeReader } from "../app/reader.ts";
import { createStore, type Store } from "../app/store.ts";
import type { Actor, Intent } from "../domain/ledger.ts";
import { readActor } from "../io/actor.ts";
import { systemClock } from "../io/clock.ts";
import { openLedger } from "../io/ledger-file.ts";
import { createNodeReader } from "../io/node-reader.ts";
import type { AdminOptions } from "./admin-options.ts";
import type { AdminTarget } from "./admin-target.ts";
import { sayWarnings } from "./fleet-option.ts";
import { openIntents, openLedgerPath } from "./open-ledger.ts";
import { openRoutes } from "./open-routes.ts";
import { openSecrets } from "./open-secrets.ts";
import type { Shell } from "./shell.ts";

/** What an action works with. `id` names the operation in the ledger. Units: `untilMs` Unix time. */
export type AdminTools = {
  readonly id: string;
  readonly who: Actor;
  readonly untilMs: number | undefined;
  readonly clock: Clock;
  readonly store: Store;
  readonly reader: NodeReader;
  readonly routes: AdminRoutes;
  readonly ledger: LedgerWriter | undefined;
  readonly intents: readonly Intent[];
  close(): Promise<void>;
};

/**
 * Opens all that an action needs. Nothing is written before a plan runs.
 * Errors: a UserError for a secret that cannot be read, and for a state folder that cannot be made.
 */
export async function openAdminTools(shell: Shell, { fleet }: AdminTarget, options: AdminOptions): Promise<AdminTools> {
  const clock = systemClock;
  const secrets = await openSecrets(shell, fleet.nodes);
  // Where the ledger is refused, nothing is written by a dry run either.
  const path = options.hasLedger && !options.isDryRun ? await openLedgerPath(shell, fleet.cluster) : undefined;
  const readIntents = openIntents(shell, fleet.cluster, (text) => sayWarnings(shell, [text]));
  const intents = (await readIntents())?.intents ?? [];
  const reader = await createNodeReader({ nodes: fleet.nodes, secrets });
  const routes = await openRoutes(shell, fleet, reader, options.via);
  return {
    id: randomUUID(),
    who: readActor(shell.env),
    untilMs: options.forMs === undefined ? undefined : clock.wall() + options.forMs,
    clock,
    store: createStore(),
    reader,
    routes,
    ledger: path === undefined ? undefined : openLedger(path),
    intents,
    async close() {
      await routes.close();
      await reader.close();
    },
  };
}
