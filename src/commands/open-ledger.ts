import { join } from "node:path";
import type { Clock } from "../app/clock.ts";
import type { LedgerFacts } from "../domain/ledger.ts";
import { UserError } from "../domain/user-error.ts";
import { createIntentReader } from "../io/intent-reader.ts";
import { openStateFolder, stateFolder } from "../io/state-folder.ts";
import type { Shell } from "./shell.ts";

/** The ledger's name in the state folder of a cluster. */
const LEDGER_NAME = "ledger.jsonl";

/** How often a running console looks whether the ledger has grown. */
const lookEveryMs = 1_000;

/** Where this user's ledger of a cluster stands, or would stand; `undefined` where there is no home for it. */
export function ledgerPath({ env }: Shell, cluster: string): string | undefined {
  const folder = stateFolder(env, cluster);
  return folder === undefined ? undefined : join(folder, LEDGER_NAME);
}

/** The same for writing: its folder is made. Errors: a UserError where it cannot be. */
export async function openLedgerPath({ env }: Shell, cluster: string): Promise<string> {
  return join(await openStateFolder(env, cluster), LEDGER_NAME);
}

/** Reads what the ledger wants, each time anew. `undefined` where there is no ledger, or nothing in it. */
export type ReadIntents = () => Promise<LedgerFacts | undefined>;

/**
 * Opens the ledger of a cluster for `status` and `top`. Whether the fleet is well can be told without it, so one that
 * cannot be read is a warning, once, and no failure.
 */
export function openIntents(shell: Shell, cluster: string, warn: (text: string) => void): ReadIntents {
  const path = ledgerPath(shell, cluster);
  if (path === undefined) return () => Promise.resolve(undefined);
  const reader = createIntentReader(path);
  let isTold = false;
  return async () => {
    try {
      return await reader.read();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (!(error instanceof UserError) && code === undefined) throw error;
      const why = error instanceof UserError ? error.message : `the ledger cannot be read (${code})`;
      if (!isTold) warn(`${why}; who drained what is not known`);
      isTold = true;
      return undefined;
    }
  };
}

/** What the ledger wanted when it was last looked at, and the end of looking. */
export type WatchedIntents = { current(): LedgerFacts | undefined; stop(): void };

/**
 * Looks at the ledger at once and then again and again, beside whatever else is done. `onChange` is told when it says
 * something new.
 */
export function watchIntents(read: ReadIntents, clock: Clock, onChange: () => void): WatchedIntents {
  let facts: LedgerFacts | undefined;
  let isStopped = false;
  let cancel = () => {};

  async function look(): Promise<void> {
    const next = await read();
    if (isStopped) return;
    cancel = clock.after(lookEveryMs, () => void look());
    if (next === facts) return;
    facts = next;
    onChange();
  }

  void look();
  return {
    current: () => facts,
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
