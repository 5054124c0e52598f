import { randomUUID } from "node:crypto";
import { type AdminRun, runPlan } from "../app/admin-run.ts";
import type { Clock } from "../app/clock.ts";
import type { OperationOptions, Operations } from "../app/operations.ts";
import type { Store } from "../app/store.ts";
import { countOutcomes } from "../domain/admin-verdict.ts";
import { intentNotes } from "../domain/intent-notes.ts";
import type { Fleet } from "../domain/inventory.ts";
import type { Intent } from "../domain/ledger.ts";
import type { Plan } from "../domain/plan.ts";
import { planAdmin } from "../domain/plan-admin.ts";
import type { NodeReaderOf } from "../io/node-reader.ts";
import { countsWords } from "../output/admin-progress.ts";
import type { Shell } from "./shell.ts";

/** What the dashboard's actions work with: the very reader and store that it polls with. */
export type TopOperationsDeps = {
  readonly fleet: Fleet;
  /** Whether the view is of one backend only. */
  readonly alone: boolean;
  readonly reader: NodeReaderOf;
  readonly clock: Clock;
  readonly store: Store;
  readonly parallel: number;
  /** What the ledger wants, as it was last read. */
  readonly intents: () => readonly Intent[];
};

/** `end` sends nothing more, waits for what was sent, and says both on stderr. Call it before the reader is closed. */
export type TopOperations = Operations & { end(): Promise<void> };

/** Units: milliseconds for one order: sending it and reading back. A login by ssh takes seconds on a slow path. */
const stepTimeoutMs = 15_000;

/** The operations of the dashboard. Nothing is opened and no folder made before the first one runs. */
export function createTopOperations(shell: Shell, deps: TopOperationsDeps): TopOperations {
  let running: { readonly id: string; readonly ended: Promise<AdminRun> } | undefined;
  let closing: Promise<void> = Promise.resolve();
  let isEnding = false;

  async function run(id: string, plan: Plan, { isStopped, onStep, reason }: OperationOptions): Promise<AdminRun> {
    const { openRoutes } = await import("./open-routes.ts");
    const { openLedgerPath } = await import("./open-ledger.ts");
    const { openLedger } = await import("../io/ledger-file.ts");
    const { readActor } = await import("../io/actor.ts");
    const ledger = openLedger(await openLedgerPath(shell, deps.fleet.cluster));
    const routes = await openRoutes(shell, deps.fleet, deps.reader, undefined);
    try {
      return await runPlan(
        plan,
        { ...deps, routes, ledger },
        {
          id,
          who: readActor(shell.env),
          reason,
          untilMs: undefined,
          parallel: deps.parallel,
          stepTimeoutMs,
          isStopped: () => isEnding || isStopped(),
          onStep,
        },
      );
    } finally {
      // Logins end with their operation; the outcome need not wait for the last of them.
      closing = Promise.all([closing, routes.close()]).then(() => undefined);
    }
  }

  return {
    plan: (view, request) => planAdmin(view, request, intentNotes(deps.intents(), request, deps.clock.wall())),
    run(plan, options) {
      const id = randomUUID();
      const ended = run(id, plan, options).finally(() => {
        running = undefined;
      });
      running = { id, ended };
      return ended;
    },
    async end() {
      isEnding = true;
      if (running !== undefined) {
        const { ended, id } = running;
        shell.stderr.write("k3s-lb: nothing more is sent; waiting for what was sent. Ctrl-C leaves at once.\n");
        // Why it failed has been told, or ends the program as a bug.
        const end = await ended.catch(() => undefined);
        if (end !== undefined)
          shell.stderr.write(`k3s-lb: ${countsWords(countOutcomes(end.results))}\n  All of it: k3s-lb history ${id}\n`);
      }
      await closing;
    },
  };
}
