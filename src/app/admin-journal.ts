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
  /** Resolves once the step is on disk, or is known not to come there. */
  step(result: StepResult): Promise<void>;
  end(plan: Plan, results: readonly StepResult[], isInterrupted: boolean): Promise<void>;
  /** What kept the ledger from being written, in the middle. */
  failure(): string | undefined;
};

/**
 * Makes the journal of one operation. Steps that end while the ledger is being written go out together with the next
 * write, since each write waits for the disk. What could not be written is tried once more at the end.
 */
export function createJournal(ledger: LedgerWriter | undefined, clock: Clock, options: AdminOptions): Journal {
  const { id, who, reason, untilMs } = options;
  /** Lines that wait for the write before theirs to end. */
  let gathering: { readonly entries: LedgerEntry[]; readonly written: Promise<void> } | undefined;
  let last = Promise.resolve();
  let unwritten: readonly LedgerEntry[] = [];
  let failure: string | undefined;
  const at = () => new Date(clock.wall()).toISOString();

  async function write(to: LedgerWriter, entries: readonly LedgerEntry[]): Promise<void> {
    gathering = undefined;
    if (failure === undefined) {
      try {
        return await to.append(entries);
      } catch (error) {
        failure = messageOf(error);
      }
    }
    unwritten = [...unwritten, ...entries];
  }

  function gather(to: LedgerWriter): NonNullable<typeof gathering> {
    const entries: LedgerEntry[] = [];
    last = last.then(() => write(to, entries));
    return { entries, written: last };
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
      gathering ??= gather(ledger);
      gathering.entries.push({ kind: "step", id, at: at(), ...what });
      await gathering.written;
    },
    async end(plan, results, isInterrupted) {
      if (ledger === undefined) return;
      await last;
      const outcome = judgeAdmin(results, plan, { isInterrupted, isTimedOut: false });
      try {
        await ledger.append([...unwritten, { kind: "ended", id, at: at(), outcome, counts: countOutcomes(results) }]);
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
