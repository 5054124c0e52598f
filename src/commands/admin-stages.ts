import { runInBatches } from "../app/admin-batches.ts";
import { killSessions } from "../app/admin-kill.ts";
import { type AdminDeps, type AdminRun, type AdminOptions as RunOptions, runPlan } from "../app/admin-run.ts";
import { nodesToWaitFor, type WaitRun, waitFor } from "../app/admin-wait.ts";
import type { StepResult } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import { createSessionsJudge, createUpJudge, type WaitNode } from "../domain/wait.ts";
import { type WaitReport, waitLine } from "../output/admin-wait.ts";
import type { AdminOptions } from "./admin-options.ts";
import type { Progress } from "./admin-progress.ts";

/** What became of all stages: the plan's own run, the sessions closed after it, and what was waited for. */
export type StagesRun = {
  readonly run: AdminRun;
  readonly kills: readonly StepResult[] | undefined;
  readonly wait: WaitReport | undefined;
};

/**
 * How the stages are run. `isRecorded`: the plan itself goes into the ledger, which a second stage always does. `arrow` is
 * drawn between two numbers of sessions.
 */
export type StagesTools = {
  readonly deps: AdminDeps;
  readonly isRecorded: boolean;
  readonly run: RunOptions;
  readonly progress: Progress;
  readonly arrow: string;
};

/**
 * Runs a plan, then what its flags ask for: wait until it has taken effect, or give sessions their grace and close what
 * is left. Nodes where the order failed are not waited for.
 */
export async function runStages(plan: Plan, options: AdminOptions, tools: StagesTools): Promise<StagesRun> {
  const { deps, isRecorded } = tools;
  const own = isRecorded ? deps : { ...deps, ledger: undefined };
  if (options.verb === "kill-sessions" && options.kill !== undefined) {
    const run = await runInBatches(plan, own, { ...tools.run, ...options.kill });
    return { run, kills: undefined, wait: await waitAfter(run, options, tools) };
  }
  const run = await runPlan(plan, own, tools.run);
  if (options.kill === undefined || !goesOn(run)) {
    return { run, kills: undefined, wait: await waitAfter(run, options, tools) };
  }
  const watch = watchWait("sessions", tools);
  const nodes = nodesToWaitFor(run.results);
  const wanted = plan.action === "shutdown" ? undefined : plan.action;
  const { runs, wait } = await killSessions({ masters: plan.masters, nodes, wanted }, deps, {
    ...tools.run,
    ...options.kill,
    isPolled: false,
    waitMs: options.wait?.timeoutMs,
    onProgress: watch.onProgress,
  });
  const ledgerFailure = runs.find((kill) => kill.ledgerFailure !== undefined)?.ledgerFailure;
  return {
    run: { ...run, ledgerFailure },
    kills: runs.flatMap(({ results }) => results),
    wait: wait === undefined ? undefined : watch.report(wait),
  };
}

async function waitAfter(run: AdminRun, options: AdminOptions, tools: StagesTools): Promise<WaitReport | undefined> {
  const { action, masters } = run.plan;
  if (options.wait === undefined || !goesOn(run)) return undefined;
  const names = nodesToWaitFor(run.results);
  if (names.length === 0) return undefined;
  const { timeoutMs, stableMs } = options.wait;
  const judge =
    action === "ready"
      ? createUpJudge(masters, stableMs)
      : createSessionsJudge(masters, action === "shutdown" ? undefined : action);
  const watch = watchWait(action === "ready" ? "up" : "sessions", tools);
  const { isStopped, parallel } = tools.run;
  const more = { timeoutMs, parallel, isPolled: false, isStopped, onProgress: watch.onProgress };
  return watch.report(await waitFor(names, judge, tools.deps, more));
}

/** An interruption, and a ledger that fails, end the matter: nothing more may be begun. */
function goesOn({ isInterrupted, ledgerFailure }: AdminRun): boolean {
  return !isInterrupted && ledgerFailure === undefined;
}

/** Shows a wait as it goes, and keeps what the nodes had when it began. */
function watchWait(aim: WaitReport["aim"], { progress, arrow }: StagesTools) {
  let before: WaitReport["before"] | undefined;
  return {
    onProgress(nodes: readonly WaitNode[]): void {
      before ??= new Map(nodes.map(({ node, sessions }) => [node, sessions]));
      progress.show(waitLine(nodes, before, { aim, arrow }));
    },
    report: ({ outcome, nodes, notes }: WaitRun): WaitReport => ({
      ...{ outcome, aim, nodes, notes },
      before: before ?? new Map(),
    }),
  };
}
