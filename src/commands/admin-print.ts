import type { FleetCheck } from "../domain/inventory.ts";
import type { StepResult } from "../domain/outcome.ts";
import { formatOutcome } from "../output/admin-outcome.ts";
import { type AdminEvent, type AdminReport, toAdminResult, toAdminStepResult } from "../output/admin-result.ts";
import type { AdminOptions } from "./admin-options.ts";
import { isClosedOutput } from "./output-error.ts";
import { print, type Shell } from "./shell.ts";
import { styleOf } from "./stream-style.ts";

/** Prints how an action ended. Resolves to its exit code, also where nobody reads any more: what was done is done. */
export async function printReport(
  shell: Shell,
  options: AdminOptions,
  report: AdminReport,
  more: { readonly next: readonly string[]; readonly expect: FleetCheck["expect"] },
): Promise<number> {
  const style = styleOf(shell.stdout, shell, options, more.expect);
  const text = {
    table: () => formatOutcome(report, more.next, style),
    json: () => `${JSON.stringify(toAdminResult(report), undefined, 2)}\n`,
    jsonl: () => `${JSON.stringify(toAdminResult(report))}\n`,
  }[options.output]();
  try {
    await print(shell, text);
  } catch (error) {
    if (!isClosedOutput(error)) throw error;
  }
  return report.exitCode;
}

/** `-o jsonl`: one line for a step, as it ends. A reader that has gone stops nothing: half an action is worse. */
export function printStep(
  shell: Shell,
  { step, done, total }: { readonly step: StepResult; readonly done: number; readonly total: number },
  more: { readonly operation: string; readonly atMs: number },
): void {
  const event: AdminEvent = {
    apiVersion: "k3s-lb/v1",
    kind: "Event",
    event: "step",
    action: step.step.action,
    at: new Date(more.atMs).toISOString(),
    operation: more.operation,
    done,
    total,
    ...toAdminStepResult(step),
  };
  shell.stdout.write(`${JSON.stringify(event)}\n`, () => {});
}
