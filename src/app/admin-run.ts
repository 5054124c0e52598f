import { guardNode } from "../domain/guard.ts";
import type { Fleet } from "../domain/inventory.ts";
import type { Actor } from "../domain/ledger.ts";
import type { StepResult } from "../domain/outcome.ts";
import type { Plan, PlanStep } from "../domain/plan.ts";
import { createJournal, type Journal } from "./admin-journal.ts";
import type { AdminRoutes, LedgerWriter } from "./admin-route.ts";
import { refused, runStep, unsent } from "./admin-step.ts";
import type { Clock } from "./clock.ts";
import { createGate } from "./gate.ts";
import { createLook, type Look } from "./look.ts";
import { pollNode } from "./poll-node.ts";
import type { NodeReader } from "./reader.ts";
import type { Store } from "./store.ts";
import { throughGate } from "./through-gate.ts";

/**
 * What running a plan needs. `fleet` and `alone` are what the plan's view was made with; `ledger` is undefined only
 * under `--no-ledger`.
 */
export type AdminDeps = {
  readonly fleet: Fleet;
  readonly alone: boolean;
  readonly routes: AdminRoutes;
  readonly reader: NodeReader;
  readonly clock: Clock;
  readonly store: Store;
  readonly ledger: LedgerWriter | undefined;
};

export type AdminOptions = {
  readonly id: string;
  readonly who: Actor;
  readonly reason: string | undefined;
  readonly untilMs: number | undefined;
  readonly parallel: number;
  /** Units: milliseconds for one step, sending and reading back. */
  readonly stepTimeoutMs: number;
  /** Stops what has not been sent. */
  readonly isStopped: () => boolean;
  /** Told after every step, in the order in which they end. */
  readonly onStep: (result: StepResult, done: number, total: number) => void;
};

/**
 * What became of a whole plan. `results` has one entry for every step of the plan's refusals, then
 * of the plan, in its order. `isInterrupted`:
 * some steps were not sent because of `isStopped`. `ledgerFailure`: the ledger could no longer be written in the middle,
 * so that nothing was sent from then on.
 */
export type AdminRun = {
  readonly plan: Plan;
  readonly id: string;
  readonly results: readonly StepResult[];
  readonly isInterrupted: boolean;
  readonly ledgerFailure: string | undefined;
};

/**
 * Runs a plan exactly as it stands: all nodes at once as far as `parallel` lets them, the steps of one node one after
 * the other, each order sent once and judged by what is read back. Nodes whose view is not fresh go through a gate of
 * their own, so that they hold nobody up.
 * A node's view that is older than its interval is read anew before its first order, since an operator may have looked
 * at the plan for minutes; the guard is asked with that.
 * Errors: the ledger's own where it cannot be begun; nothing has been sent then. Where the ledger fails later, nothing
 * more is sent and `ledgerFailure` says why. A plan without steps writes no ledger.
 */
export async function runPlan(plan: Plan, deps: AdminDeps, options: AdminOptions): Promise<AdminRun> {
  const ledger = plan.steps.length === 0 ? undefined : deps.ledger;
  const journal = createJournal(ledger, deps.clock, options);
  if (plan.steps.length > 0) await journal.begin(plan);
  const look = createLook(deps);
  const run = new Run(plan, deps, options, journal, look);
  for (const { kind, steps, text } of plan.refusals) {
    for (const step of steps) void run.report(refused(step, kind, text));
  }
  const nodes = [...Map.groupBy(plan.steps, (step) => step.node)].map(([name, steps]) => ({ name, steps }));
  const { live = [], dead = [] } = Object.groupBy(nodes, ({ name }) =>
    look(name).state === "fresh" ? "live" : "dead",
  );
  const through = (some: typeof nodes) =>
    throughGate(some, createGate(deps.clock, options.parallel), (node) => run.node(node));
  const forget = onceStopped(options.isStopped, deps);
  try {
    if (plan.request.strict) await run.checkAll(nodes);
    await Promise.all([through(live), through(dead)]);
  } finally {
    forget();
  }
  await journal.end(plan, run.results, run.isInterrupted);
  const { isInterrupted } = run;
  const results = inPlanOrder(plan, run.results);
  return { plan, id: options.id, results, isInterrupted, ledgerFailure: journal.failure() };
}

/** Which node answers first differs from run to run; what is told of a run does not. */
function inPlanOrder(plan: Plan, results: readonly StepResult[]): readonly StepResult[] {
  const steps = [...plan.refusals.flatMap((refusal) => refusal.steps), ...plan.steps];
  const places = new Map(steps.map((step, place) => [step, place]));
  return results.toSorted((a, b) => (places.get(a.step) ?? 0) - (places.get(b.step) ?? 0));
}

/** How often a run looks whether it is interrupted, beside its steps. */
const tickMs = 100;

/** Gives up what waits for a login, whichever step is under way: all of them may be waiting. Returns how to end it. */
function onceStopped(isStopped: () => boolean, { clock, routes }: AdminDeps): () => void {
  let cancel = () => {};
  const look = () => {
    if (isStopped()) routes.stop?.();
    else cancel = clock.after(tickMs, look);
  };
  look();
  return () => cancel();
}

type NodeSteps = { readonly name: string; readonly steps: readonly PlanStep[] };

const lookFirst = "look at the node before anything is sent again, and report this as a bug";

/** One plan under way. */
class Run {
  readonly results: StepResult[] = [];
  isInterrupted = false;
  readonly #plan: Plan;
  readonly #deps: AdminDeps;
  readonly #options: AdminOptions;
  readonly #journal: Journal;
  readonly #look: Look;
  readonly #total: number;
  /** Under `strict`, the node that its guard refuses on the way: it stops all that is not sent. */
  #tripped: string | undefined;

  constructor(plan: Plan, deps: AdminDeps, options: AdminOptions, journal: Journal, look: Look) {
    this.#plan = plan;
    this.#deps = deps;
    this.#options = options;
    this.#journal = journal;
    this.#look = look;
    this.#total = plan.steps.length + plan.refusals.reduce((sum, refusal) => sum + refusal.steps.length, 0);
  }

  /** Asks every guard before anything is sent: under `strict` one refusal is to leave everything as it is. */
  async checkAll(nodes: readonly NodeSteps[]): Promise<void> {
    await throughGate(nodes, createGate(this.#deps.clock, this.#options.parallel), ({ name }) => this.#refresh(name));
    const { request } = this.#plan;
    this.#tripped = nodes.find(({ name, steps }) => guardNode(this.#look(name), steps, request) !== undefined)?.name;
  }

  async node({ name, steps }: NodeSteps): Promise<void> {
    let lost: string | undefined;
    let written = Promise.resolve();
    for (const step of steps) {
      // The next order on this node waits until the ledger has this one; others need not, as the ledger was begun.
      await written;
      const result = lost === undefined ? await this.#safely(name, step, steps) : unsent(step, "unreached", lost);
      if (result.outcome === "unreached") lost = result.detail;
      written = this.report(result);
    }
  }

  /** Tells of a step that is over, and has it written. */
  report(result: StepResult): Promise<void> {
    const written = this.#journal.step(result);
    this.results.push(result);
    this.#options.onStep(result, this.results.length, this.#total);
    return written;
  }

  /** A mistake of this program must not lose what was done on the other nodes. */
  async #safely(name: string, step: PlanStep, steps: readonly PlanStep[]): Promise<StepResult> {
    try {
      return await this.#step(name, step, steps);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      return { ...unsent(step, "unreached", `this program failed: ${what}`), outcome: "unknown", next: lookFirst };
    }
  }

  async #step(name: string, step: PlanStep, steps: readonly PlanStep[]): Promise<StepResult> {
    const { request } = this.#plan;
    const { stepTimeoutMs, isStopped } = this.#options;
    const result = await runStep(step, steps, {
      deps: this.#deps,
      request,
      stepTimeoutMs,
      isStopped,
      look: () => this.#look(name),
      refresh: () => this.#refresh(name),
      held: () => this.#held(step),
    });
    if (result.outcome === "guarded" && request.strict) this.#tripped ??= name;
    // Its route gave it up while it waited.
    if (result.outcome === "unreached" && isStopped()) this.isInterrupted = true;
    return result;
  }

  /** Whether nothing more is to be sent at all. */
  #held(step: PlanStep): StepResult | undefined {
    if (this.#options.isStopped()) {
      this.isInterrupted = true;
      return unsent(step, "unreached", "not sent: interrupted");
    }
    const failure = this.#journal.failure();
    if (failure !== undefined) {
      return unsent(step, "unreached", `not sent: the ledger can no longer be written (${failure})`);
    }
    // The node itself is left to its guard, which says more.
    if (this.#tripped !== undefined && this.#tripped !== step.node) {
      return unsent(step, "guarded", `not sent, because ${this.#tripped} is refused (strict)`);
    }
    return undefined;
  }

  /** Reads a node whose view is older than its interval. */
  async #refresh(name: string): Promise<void> {
    const { state, ageMs, config } = this.#look(name);
    if (state === "fresh" && ageMs !== undefined && ageMs <= config.poll.intervalMs) return;
    await pollNode(config, this.#deps, () => true);
  }
}
