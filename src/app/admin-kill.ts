import type { AdminState } from "../domain/action.ts";
import type { Plan, PlanRequest } from "../domain/plan.ts";
import { planAdmin } from "../domain/plan-admin.ts";
import { UserError } from "../domain/user-error.ts";
import { createSessionsJudge } from "../domain/wait.ts";
import { type AdminDeps, type AdminOptions, type AdminRun, runPlan } from "./admin-run.ts";
import { unsent } from "./admin-step.ts";
import { type WaitOptions, type WaitRun, waitFor } from "./admin-wait.ts";
import { createLook } from "./look.ts";
import { createPoller } from "./poller.ts";

/** How many of the nodes that still hold sessions lose them at a time, by share or by number. */
export type Batch =
  | { readonly kind: "share"; readonly percent: number }
  | { readonly kind: "count"; readonly nodes: number };

/** Whose sessions, on which nodes. `wanted`: the state they were put into, `undefined` to kill whatever their state. */
export type KillTarget = {
  readonly masters: readonly string[];
  readonly nodes: readonly string[];
  readonly wanted: AdminState | undefined;
};

/** Units: milliseconds. `waitMs` is how long to wait for 0 after the last batch; `undefined` does not wait. */
export type KillOptions = Pick<WaitOptions, "isPolled" | "onProgress"> & {
  readonly graceMs: number;
  readonly batch: Batch;
  readonly pauseMs: number;
  readonly waitMs: number | undefined;
};

/**
 * What became of it: one run per batch, and how the last wait ended (the grace, where nothing had to be killed;
 * `undefined` where nobody waited after the last batch).
 */
export type KillRun = { readonly runs: readonly AdminRun[]; readonly wait: WaitRun | undefined };

/** How often a pause looks whether it is interrupted. */
const tickMs = 100;

/**
 * The second stage of taking a master out: lets its sessions end for the grace, then closes those that are left, batch
 * by batch, since every closed watch comes back elsewhere and asks for everything anew; then waits for 0.
 * Each batch is planned anew from the newest views and runs as any other plan, with an operation of its own in the
 * ledger (`<id>-kill-1` …). A node where somebody has made the master ready again is left alone.
 * Shape: a ledger that cannot be written ends it, as in a run: nothing more is sent, and what would have been is among
 * the results. It is no error, since what was done before has to be told all the same.
 */
export async function killSessions(
  target: KillTarget,
  deps: AdminDeps,
  options: AdminOptions & KillOptions,
): Promise<KillRun> {
  const { clock, fleet } = deps;
  const nodes = fleet.nodes.filter((node) => target.nodes.includes(node.name));
  const poller = options.isPolled ? undefined : createPoller({ ...deps, nodes, parallel: options.parallel });
  poller?.start();
  try {
    const judge = createSessionsJudge(target.masters, target.wanted);
    const waiting = { ...options, isPolled: true };
    const wait = (timeoutMs: number) => waitFor(target.nodes, judge, deps, { ...waiting, timeoutMs });
    const grace = await wait(options.graceMs);
    if (grace.outcome !== "timed-out") return { runs: [], wait: grace };
    const runs = await killInBatches(target, deps, options, grace);
    const isStopped = runs.some((run) => run.isInterrupted || run.ledgerFailure !== undefined);
    if (options.waitMs === undefined && !isStopped) return { runs, wait: undefined };
    return { runs, wait: await wait(isStopped ? 0 : (options.waitMs ?? 0)) };
  } finally {
    poller?.stop();
  }

  async function killInBatches(
    { masters, wanted }: KillTarget,
    to: AdminDeps,
    { batch, pauseMs, ...rest }: AdminOptions & KillOptions,
    grace: WaitRun,
  ): Promise<readonly AdminRun[]> {
    const look = createLook(to);
    const judge = createSessionsJudge(masters, wanted);
    const left = grace.nodes.filter(({ state }) => state === "waiting").map(({ node }) => node);
    const size = batchSize(batch, left.length);
    const runs: AdminRun[] = [];
    while (left.length > 0 && !rest.isStopped()) {
      // By now some have ended by themselves, or somebody changed something: only what still waits is killed.
      const now = left.splice(0, size).filter((name) => judge(look(name)).state === "waiting");
      if (now.length === 0) continue;
      const plan = planAdmin({ nodes: now.map(look) }, requestFor(masters, now));
      const run = await runOrTell(plan, to, { ...rest, id: `${rest.id}-kill-${runs.length + 1}` });
      runs.push(run);
      if (run.isInterrupted || run.ledgerFailure !== undefined) break;
      if (left.length > 0) await pause(pauseMs, rest.isStopped);
    }
    return runs;
  }

  async function pause(pauseMs: number, isStopped: () => boolean): Promise<void> {
    const endMs = clock.now() + pauseMs;
    while (clock.now() < endMs && !isStopped()) {
      await new Promise<void>((resolve) => clock.after(Math.min(tickMs, endMs - clock.now()), resolve));
    }
  }
}

/** A batch; where the ledger cannot take it, the same with every step as not sent. */
async function runOrTell(plan: Plan, deps: AdminDeps, options: AdminOptions): Promise<AdminRun> {
  try {
    return await runPlan(plan, deps, options);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const detail = "not sent: the ledger can no longer be written";
    const results = plan.steps.map((step) => unsent(step, "unreached", detail));
    results.forEach((result, index) => {
      options.onStep(result, index + 1, results.length);
    });
    return { plan, id: options.id, results, isInterrupted: false, ledgerFailure: error.message };
  }
}

/** At least one node, and all of them for more than there are. */
export function batchSize(batch: Batch, nodes: number): number {
  const size = batch.kind === "count" ? batch.nodes : Math.ceil((nodes * batch.percent) / 100);
  return Math.max(1, Math.min(nodes, size));
}

function requestFor(masters: readonly string[], nodes: readonly string[]): PlanRequest {
  const flags = { minHealthy: 0, strict: false, forceLast: [], includeBlind: false };
  return { action: "shutdown", masters, nodes, ...flags };
}
