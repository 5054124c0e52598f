import { countOutcomes, judgeAdmin } from "../domain/admin-verdict.ts";
import type { LedgerEntry } from "../domain/ledger.ts";
import type { StepResult } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import type { LedgerWriter } from "./admin-route.ts";
import type { AdminOptions } from "./admin-run.ts";
import type { Clock } from "./clock.ts";

/** The ledger's part in one operation. */
export type Journal = {
  /** Resolves once the operation is on disk. Errors: the ledger's own, and then nothing may be sent. */
  begin(plan: Plan): Promise<void>;
  /** Resolves once the step is on disk, or is known not to come there. Never rejects. */
  step(result: StepResult): Promise<void>;
  /** Writes what is left, and the end with it. */
  end(plan: Plan, results: readonly StepResult[], isInterrupted: boolean): Promise<void>;
  /** What kept the ledger from being written, in the middle. */
  failure(): string | undefined;
};

/**
 * How long a step waits for others to be written with it. Each write waits for the disk a few times over, which a fleet
 * that answers all at once would feel. A console that dies meanwhile leaves the operation begun, which says as much:
 * its orders may have taken effect.
 */
const gatherMs = 20;

/** Makes the journal of one operation. What could not be written is tried once more at the end. */
export function createJournal(ledger: LedgerWriter | undefined, clock: Clock, options: AdminOptions): Journal {
  const { id, who, reason, untilMs } = options;
  let pending: LedgerEntry[] = [];
  let gathering: Promise<void> | undefined;
  let writing = Promise.resolve();
  let failure: string | undefined;
  const at = () => new Date(clock.wall()).toISOString();

  /** After a failure all is kept for the end: lines that come later must not stand before those that are missing. */
  async function flush(to: LedgerWriter): Promise<void> {
    gathering = undefined;
    if (failure !== undefined) return;
    const batch = pending;
    pending = [];
    try {
      if (batch.length > 0) await to.append(batch);
    } catch (error) {
      failure ??= messageOf(error);
      pending = [...batch, ...pending];
    }
  }

  function gather(to: LedgerWriter): Promise<void> {
    return new Promise<void>((resolve) => clock.after(gatherMs, resolve)).then(() => {
      writing = flush(to);
      return writing;
    });
  }

  return {
    async begin(plan) {
      const orders = plan.steps.map(({ node, backend, server, before }) => ({
        node,
        backend,
        server,
        before: before?.status,
      }));
      const { action, masters } = plan;
      const until = untilMs === undefined ? undefined : new Date(untilMs).toISOString();
      await ledger?.append([{ kind: "begun", id, at: at(), who, action, masters, reason, until, orders }]);
    },
    async step({ step, after, st, route, outcome, detail, ms }) {
      if (ledger === undefined) return;
      const { node, backend, server, before } = step;
      const what = { node, backend, server, before: before?.status, after, st, route, outcome, detail, ms };
      pending.push({ kind: "step", id, at: at(), ...what });
      gathering ??= gather(ledger);
      await gathering;
    },
    async end(plan, results, isInterrupted) {
      if (ledger === undefined) return;
      const outcome = judgeAdmin(results, plan, { isInterrupted, isTimedOut: false });
      await writing;
      const batch = pending;
      pending = [];
      try {
        await ledger.append([...batch, { kind: "ended", id, at: at(), outcome, counts: countOutcomes(results) }]);
      } catch (error) {
        failure ??= messageOf(error);
      }
    },
    failure: () => failure,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
