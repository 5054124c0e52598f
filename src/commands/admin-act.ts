import { sweep } from "../app/sweep.ts";
import { exitCodeOf, judgeAdmin } from "../domain/admin-verdict.ts";
import { createAssessor } from "../domain/assess.ts";
import { intentNotes } from "../domain/intent-notes.ts";
import { needsRecord } from "../domain/needs-record.ts";
import type { Plan } from "../domain/plan.ts";
import { planAdmin } from "../domain/plan-admin.ts";
import { UserError } from "../domain/user-error.ts";
import type { FleetView } from "../domain/view.ts";
import { nextSteps } from "../output/admin-next.ts";
import { planSummary } from "../output/admin-plan.ts";
import { chooseGlyphs } from "../output/glyphs.ts";
import { decideConfirmation, isConfirmed } from "./admin-confirm.ts";
import { narrowToFailed } from "./admin-ledger.ts";
import type { AdminOptions } from "./admin-options.ts";
import { frameOf, printPlan, sayPlan } from "./admin-plan-print.ts";
import { printReport, printStep } from "./admin-print.ts";
import { countSteps, startProgressLine } from "./admin-progress.ts";
import { scopeOf } from "./admin-scope.ts";
import { runStages, type StagesRun } from "./admin-stages.ts";
import { type AdminTarget, readTarget } from "./admin-target.ts";
import { type AdminTools, openAdminTools } from "./admin-tools.ts";
import { loadFleet, sayWarnings } from "./fleet-option.ts";
import { type Interrupts, watchInterrupts } from "./interrupts.ts";
import type { Shell } from "./shell.ts";
import { startProgress } from "./sweep-progress.ts";

/** Units: milliseconds for one order: sending it and reading back. A login by ssh takes seconds on a slow path. */
const stepTimeoutMs = 15_000;

/** What one action has at hand. */
type Act = {
  readonly shell: Shell;
  readonly options: AdminOptions;
  readonly target: AdminTarget;
  readonly tools: AdminTools;
  readonly interrupts: Interrupts;
};

/**
 * One action from the fleet file to the exit code: look, plan, confirm, run, report.
 * Errors: UserError for what the options ask for and the fleet does not have, for secrets, for a plan that is not
 * confirmed, and for a ledger that cannot be written; nothing has been sent then.
 */
export async function runAdmin(shell: Shell, options: AdminOptions): Promise<number> {
  const interrupts = watchInterrupts();
  try {
    const place = options.config === undefined ? {} : { config: options.config };
    const { fleet, path, warnings } = await loadFleet(shell, place);
    sayWarnings(shell, warnings);
    if (options.debug) shell.stderr.write(`k3s-lb: fleet file ${path}\n`);
    if (fleet.admin.readOnly === true && !options.isDryRun) throw readOnly(fleet.cluster);
    const whole = readTarget(fleet, options);
    const target = options.isRetry ? await narrowToFailed(whole, shell) : whole;
    if (target === undefined) {
      shell.stderr.write("k3s-lb: the last such operation failed on none of these nodes; nothing was sent.\n");
      return 0;
    }
    const tools = await openAdminTools(shell, target, options);
    try {
      return await act({ shell, options, target, tools, interrupts });
    } finally {
      await tools.close();
    }
  } finally {
    interrupts.forget();
  }
}

function readOnly(cluster: string): UserError {
  return new UserError(
    `${cluster} is read-only by its fleet file (admin.read_only); nothing was sent`,
    "--dry-run shows the plan; K3S_LB_ADMIN_READ_ONLY=false lets this one run through.",
  );
}

async function act(context: Act): Promise<number> {
  const { shell, options, target, tools, interrupts } = context;
  const view = await look(context);
  if (interrupts.isStopped()) return sayInterrupted(shell);
  const intents = tools.intents;
  const plan = planAdmin(view, target.request, intentNotes(intents, target.request, tools.clock.wall()));
  if (options.isDryRun) return printPlan(shell, options, plan, target, tools.clock.wall());
  const isNews = plan.steps.some(({ isNeeded }) => isNeeded);
  // A second stage closes sessions also where the first one has nothing to do.
  const mayChange = isNews || (options.kill !== undefined && plan.steps.length > 0);
  if (mayChange || plan.refusals.length > 0) sayPlan(shell, options, plan, target);
  if (mayChange && !(await isAgreed(context, plan))) {
    if (interrupts.isStopped()) return sayInterrupted(shell);
    shell.stderr.write("k3s-lb: not confirmed, nothing was sent.\n");
    return 2;
  }
  const isRecorded =
    isNews || needsRecord(plan, intents) || options.reason !== undefined || options.forMs !== undefined;
  const stages = await runShown(context, plan, isRecorded);
  return report(context, stages, isRecorded && plan.steps.length > 0);
}

/** A fresh sweep: an action is never planned on an old view. */
async function look({ shell, options, target, tools }: Act): Promise<FleetView> {
  const { clock, store, reader } = tools;
  const { nodes } = target.fleet;
  const startedMs = clock.now();
  const endProgress = startProgress(shell, clock, store, nodes);
  await sweep({ reader, clock, store, nodes, parallel: options.parallel });
  endProgress();
  const intervalMs = Math.max(...nodes.map(({ poll }) => poll.intervalMs), clock.now() - startedMs);
  return createAssessor(target.fleet)(store.records, clock.now(), { alone: options.backend !== undefined, intervalMs });
}

function isAgreed({ shell, options, target, interrupts }: Act, plan: Plan): Promise<boolean> {
  const canAsk = shell.stdin.isTTY === true && shell.stderr.isTTY === true;
  const consent = { yes: options.yes, confirmed: target.confirmed, canAsk };
  const summary = planSummary(plan, frameOf(options, target.fleet.masters));
  return isConfirmed(shell, decideConfirmation(plan, consent), summary, interrupts.first);
}

/** Runs the stages with their progress on stderr, and each step on stdout as it ends where that is asked for. */
async function runShown(
  { shell, options, target, tools, interrupts }: Act,
  plan: Plan,
  isRecorded: boolean,
): Promise<StagesRun> {
  const { id, who, untilMs, clock, store, reader, routes, ledger } = tools;
  const progress = startProgressLine(shell, clock);
  const count = countSteps(progress);
  try {
    return await runStages(plan, options, {
      deps: { fleet: target.fleet, alone: options.backend !== undefined, routes, reader, clock, store, ledger },
      isRecorded,
      run: {
        ...{ id, who, reason: options.reason, untilMs, parallel: options.parallel, stepTimeoutMs },
        isStopped: interrupts.isStopped,
        onStep(step, done, total) {
          count(step, done, total);
          if (options.output !== "jsonl") return;
          printStep(shell, { step, done, total }, { operation: id, atMs: clock.wall() });
        },
      },
      progress,
      arrow: chooseGlyphs(shell.env).arrow,
    });
  } finally {
    progress.end();
  }
}

function report(
  { shell, options, target, tools }: Act,
  { run, kills, wait }: StagesRun,
  isRecorded: boolean,
): Promise<number> {
  const { plan, results, isInterrupted, ledgerFailure } = run;
  if (ledgerFailure !== undefined) {
    shell.stderr.write(
      `k3s-lb: ${ledgerFailure}\n  The ledger lacks a part of this operation; nothing was sent after that.\n`,
    );
  }
  const word = judgeAdmin(results, plan, {
    isInterrupted: isInterrupted || wait?.outcome === "interrupted",
    isTimedOut: wait?.outcome === "timed-out",
    isContradicted: wait?.outcome === "contradicted",
  });
  const { untilMs } = tools;
  const hasLedger = isRecorded && tools.ledger !== undefined;
  const hasKills = kills !== undefined && kills.length > 0 && tools.ledger !== undefined;
  const frame = { scope: scopeOf(options), isRecorded: hasLedger, waited: wait?.outcome, untilMs };
  return printReport(
    shell,
    options,
    {
      ...{ plan, results, word, untilMs, kills, wait },
      cluster: target.fleet.cluster,
      atMs: tools.clock.wall(),
      operation: hasLedger || hasKills ? run.id : undefined,
      exitCode: exitCodeOf(word),
      by: tools.who,
      reason: options.reason,
    },
    { next: nextSteps(plan, results, frame), expect: target.fleet.check.expect },
  );
}

function sayInterrupted(shell: Shell): number {
  shell.stderr.write("k3s-lb: interrupted, nothing was sent.\n");
  return exitCodeOf("interrupted");
}
