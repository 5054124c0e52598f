import { exitCodeOf, isRefused } from "../domain/admin-verdict.ts";
import { writeDuration } from "../domain/duration.ts";
import type { Plan } from "../domain/plan.ts";
import { formatPlan, type PlanFrame, planSummary } from "../output/admin-plan.ts";
import { toAdminPlan } from "../output/admin-plan-json.ts";
import type { AdminOptions } from "./admin-options.ts";
import type { AdminTarget } from "./admin-target.ts";
import { print, type Shell } from "./shell.ts";
import { styleOf } from "./stream-style.ts";

/** `--dry-run`: the plan as data, on stdout. Resolves to the exit code. Units: `atMs` Unix time. */
export async function printPlan(
  shell: Shell,
  options: AdminOptions,
  plan: Plan,
  { fleet }: AdminTarget,
  atMs: number,
): Promise<number> {
  const frame = frameOf(options, fleet.masters);
  const exitCode = isRefused(plan) ? exitCodeOf("guarded") : plan.steps.length === 0 ? exitCodeOf("failed") : 0;
  if (options.output === "table") {
    const style = styleOf(shell.stdout, shell, options, fleet.check.expect);
    await print(shell, `${formatPlan(plan, frame, style)}\nNothing was sent: this was a dry run.\n`);
    return exitCode;
  }
  const { minHealthy } = options;
  const more = { cluster: fleet.cluster, summary: planSummary(plan, frame), exitCode, minHealthy, atMs };
  const printed = toAdminPlan(plan, more);
  await print(shell, `${JSON.stringify(printed, undefined, options.output === "json" ? 2 : undefined)}\n`);
  return exitCode;
}

/** The plan before it runs, on stderr: what goes to stdout is the outcome. */
export function sayPlan(shell: Shell, options: AdminOptions, plan: Plan, { fleet }: AdminTarget): void {
  const style = styleOf(shell.stderr, shell, options, fleet.check.expect);
  shell.stderr.write(`${formatPlan(plan, frameOf(options, fleet.masters), style)}\n`);
}

/** What the texts of a plan need to know of the fleet, and of what comes after it. */
export function frameOf(
  { minHealthy, kill, verb }: AdminOptions,
  masters: readonly { readonly name: string }[],
): PlanFrame {
  const isStage = kill !== undefined && verb !== "kill-sessions";
  const afterwards = isStage ? `closes what sessions are left after ${writeDuration(kill.graceMs)}` : undefined;
  return { masters: masters.map(({ name }) => name), minHealthy, afterwards };
}
