import { RETRYABLE } from "../domain/admin-verdict.ts";
import { foldNames } from "../domain/fold.ts";
import type { StepResult } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import type { WaitReport } from "./admin-wait.ts";
import { ACTION_COMMANDS, counted, listed } from "./admin-words.ts";

/**
 * What the next steps depend on beside plan and results. `scope` are the flags that made the command's choice of fleet,
 * nodes and backend, ready to be pasted behind it. Units: `untilMs` Unix time.
 */
export type NextFrame = {
  readonly scope: string;
  readonly isRecorded: boolean;
  readonly waited: WaitReport["outcome"] | undefined;
  readonly untilMs: number | undefined;
};

/** What an operator may want to type next, one sentence each; none where there is nothing left to do. */
export function nextSteps(plan: Plan, results: readonly StepResult[], frame: NextFrame): readonly string[] {
  return [
    ...retryStep(plan, results, frame),
    ...guardStep(plan, frame),
    ...acceptedStep(plan, results),
    ...sessionStep(plan, results, frame),
    ...untilStep(plan, results, frame),
    ...undoStep(plan, results, frame),
  ];
}

function command(plan: Plan, verb: string, frame: NextFrame, flags = ""): string {
  return `k3s-lb ${verb} ${plan.masters.join(" ")}${frame.scope}${flags}`;
}

function retryStep(plan: Plan, results: readonly StepResult[], frame: NextFrame): readonly string[] {
  const failed = new Set(results.filter(({ outcome }) => RETRYABLE.has(outcome)).map(({ step }) => step.node));
  // Where the guard refused everything, the same command does as well.
  if (failed.size === 0 || results.every(({ outcome }) => outcome === "guarded")) return [];
  const flags = frame.isRecorded ? " --retry-failed" : ` --node '${foldNames(failed)}'`;
  // A HAProxy that takes no orders this way takes none the next time either: the choice is left to `auto` then.
  const isDenied = results.every(({ outcome }) => outcome === "denied" || !RETRYABLE.has(outcome));
  const scope = isDenied ? frame.scope.replace(/ --via \w+/, "") : frame.scope;
  const again = command(plan, ACTION_COMMANDS[plan.action], { ...frame, scope }, flags);
  return [`Once that is put right, try again on ${counted(failed.size, "node")} only: ${again}`];
}

function guardStep(plan: Plan, frame: NextFrame): readonly string[] {
  if (!plan.refusals.some(({ kind }) => kind === "guard")) return [];
  const flags = plan.masters.map((master) => ` --force-last ${master}`).join("");
  const less = plan.request.minHealthy > 1 ? " (or give a smaller --min-healthy)" : "";
  return [`To pass the guard, if it is meant${less}: ${command(plan, ACTION_COMMANDS[plan.action], frame, flags)}`];
}

function acceptedStep(plan: Plan, results: readonly StepResult[]): readonly string[] {
  if (plan.action === "shutdown" || !results.some(({ outcome }) => outcome === "accepted")) return [];
  return [
    "Accepted is not proved, so the exit code is 4: a server that is DOWN reads DOWN whatever was asked. It will show when its checks pass; --via socket can see it now.",
  ];
}

/** Did this action, or an earlier one, leave the masters out of service on some node? */
function isOut(plan: Plan, results: readonly StepResult[]): boolean {
  if (plan.action !== "drain" && plan.action !== "maint") return false;
  return results.some(({ outcome }) => outcome === "verified" || outcome === "accepted" || outcome === "unknown");
}

function sessionStep(plan: Plan, results: readonly StepResult[], frame: NextFrame): readonly string[] {
  if (!isOut(plan, results) || frame.waited === "done" || plan.sessions === 0) return [];
  const stay = plan.sessions === 1 ? "1 session stays until it ends" : `${plan.sessions} sessions stay until they end`;
  const wait = command(plan, ACTION_COMMANDS[plan.action], frame, " --wait");
  const kill = command(plan, "kill-sessions", frame);
  const rest = frame.waited === undefined ? ` To wait: ${wait}` : "";
  return [
    `No new connections go to ${listed(plan.masters)}; ${stay}, and watches never do.${rest}`,
    `To close them: ${kill}`,
  ];
}

function untilStep(plan: Plan, results: readonly StepResult[], { untilMs }: NextFrame): readonly string[] {
  if (untilMs === undefined || !isOut(plan, results)) return [];
  const at = new Date(untilMs).toISOString().replace(/\.\d+Z$/, "Z");
  return [`It is meant to last until ${at}; nothing enables it by itself then, but status and top will warn.`];
}

function undoStep(plan: Plan, results: readonly StepResult[], frame: NextFrame): readonly string[] {
  return isOut(plan, results) ? [`To undo: ${command(plan, "enable", frame)}`] : [];
}
