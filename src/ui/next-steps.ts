import type { AdminRun } from "../app/admin-run.ts";

/** What is left to do after an operation as a whole, a sentence each; each failure tells its own. `act` is the key of the actions. */
export function nextSteps(
  { isInterrupted, ledgerFailure, plan, results }: AdminRun,
  act: string | undefined,
): readonly string[] {
  const by = act === undefined ? "" : ` (${act})`;
  const isDone = results.some(({ outcome }) => outcome === "verified" || outcome === "accepted");
  const isOut = isDone && (plan.action === "drain" || plan.action === "maint");
  return [
    ...(ledgerFailure === undefined ? [] : [ledgerFailure]),
    ...(isInterrupted ? ["What was not sent can be done by the same action again."] : []),
    ...(isOut && plan.sessions > 0 ? [`Open sessions stay; kill sessions${by} closes them.`] : []),
    ...(isOut ? [`enable${by} puts it back into service.`] : []),
  ];
}
