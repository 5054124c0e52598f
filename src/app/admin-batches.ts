import type { StepResult } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import { type Batch, batchSize } from "./admin-kill.ts";
import { type AdminDeps, type AdminOptions, type AdminRun, runPlan } from "./admin-run.ts";
import { unsent } from "./admin-step.ts";

/** Units: milliseconds from the end of one batch to the beginning of the next. */
export type BatchOptions = { readonly batch: Batch; readonly pauseMs: number };

/** How often a pause looks whether it is interrupted. */
const tickMs = 100;

/**
 * Runs a plan on some nodes after the other: exactly its steps, each once, a batch at a time with a pause in between.
 * Nodes where nothing is to be done, and refusals, go with the first batch.
 * Shape: one run as if it had been one plan. Each batch is an operation of its own in the ledger (`<id>-batch-1` …), as each
 * is proved before the next begins; after an interruption, those that were not sent are recorded as such.
 * Errors: the ledger's own, where the first batch cannot be begun; nothing has been sent then.
 */
export async function runInBatches(
  plan: Plan,
  deps: AdminDeps,
  { batch, pauseMs, ...options }: AdminOptions & BatchOptions,
): Promise<AdminRun> {
  const total = plan.steps.length + plan.refusals.reduce((sum, { steps }) => sum + steps.length, 0);
  const batches = cutIntoBatches(plan, batch);
  const results: StepResult[] = [];
  let isInterrupted = false;
  let ledgerFailure: string | undefined;
  const onStep = (result: StepResult) => {
    results.push(result);
    options.onStep(result, results.length, total);
  };
  for (const [index, part] of batches.entries()) {
    if (index > 0 && ledgerFailure === undefined) await pause(pauseMs, deps, options.isStopped);
    const id = batches.length === 1 ? options.id : `${options.id}-batch-${index + 1}`;
    try {
      if (ledgerFailure !== undefined) throw new Error(ledgerFailure);
      const run = await runPlan(part, deps, { ...options, id, onStep });
      isInterrupted ||= run.isInterrupted;
      ledgerFailure = run.ledgerFailure;
    } catch (error) {
      // What the batches before have done must be told all the same.
      if (index === 0 || !(error instanceof Error)) throw error;
      ledgerFailure = error.message;
      for (const step of part.steps) onStep(unsent(step, "unreached", "not sent: the ledger can no longer be written"));
    }
  }
  return { plan, id: options.id, results, isInterrupted, ledgerFailure };
}

function cutIntoBatches(plan: Plan, batch: Batch): readonly Plan[] {
  const names = [...new Set(plan.steps.filter(({ isNeeded }) => isNeeded).map(({ node }) => node))];
  const size = batchSize(batch, names.length);
  const groups = names.flatMap((_, at) => (at % size === 0 ? [new Set(names.slice(at, at + size))] : []));
  const [first = new Set<string>(), ...rest] = groups;
  const busy = new Set(names);
  return [
    { ...plan, steps: plan.steps.filter(({ node }) => first.has(node) || !busy.has(node)) },
    ...rest.map((group) => ({ ...plan, steps: plan.steps.filter(({ node }) => group.has(node)), refusals: [] })),
  ];
}

async function pause(pauseMs: number, { clock }: AdminDeps, isStopped: () => boolean): Promise<void> {
  const endMs = clock.now() + pauseMs;
  while (clock.now() < endMs && !isStopped()) {
    await new Promise<void>((resolve) => clock.after(Math.min(tickMs, endMs - clock.now()), resolve));
  }
}
