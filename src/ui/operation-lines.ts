import type { AdminRun } from "../app/admin-run.ts";
import { judgeAdmin } from "../domain/admin-verdict.ts";
import { foldNames } from "../domain/fold.ts";
import type { Plan, PlanStep } from "../domain/plan.ts";
import { formatOutcome } from "../output/admin-outcome.ts";
import { formatPlan } from "../output/admin-plan.ts";
import { OUTCOME_ORDER, outcomeTone } from "../output/admin-words.ts";
import type { Style } from "../output/style.ts";
import type { Tone } from "../output/tone.ts";
import type { RunningDialog } from "./dialog.ts";
import { keyFor } from "./key-hint.ts";
import { nextSteps } from "./next-steps.ts";
import type { FrameInput } from "./picture.ts";
import { paintLine, span } from "./spans.ts";

/** The plan as the commands print it. */
export function planLines(input: FrameInput, plan: Plan): readonly string[] {
  const masters = input.view.masters.map(({ name }) => name);
  return indented(formatPlan(plan, { masters, minHealthy: plan.request.minHealthy }, styleOf(input)));
}

/** The outcome as the commands print it, with what to do next. */
export function outcomeLines(input: FrameInput, run: AdminRun): readonly string[] {
  const { isInterrupted, plan, results } = run;
  const word = judgeAdmin(results, plan, { isInterrupted, isTimedOut: false });
  return indented(formatOutcome({ plan, results, word }, nextSteps(run, keyFor(input.look, "act")), styleOf(input)));
}

const barColumns = 30;

/** How far it is: a bar, then the nodes by what became of them, and those that are waited for. */
export function progressLines({ look, size }: FrameInput, { plan, results }: RunningDialog): readonly string[] {
  const total = plan.steps.length + plan.refusals.reduce((sum, { steps }) => sum + steps.length, 0);
  const filled = total === 0 ? barColumns : Math.floor((barColumns * results.length) / total);
  const bar = `[${"#".repeat(filled)}${".".repeat(barColumns - filled)}] ${results.length} of ${total}`;
  const over = new Set(results.map(({ step }) => keyOf(step)));
  const waiting = plan.steps.filter((step) => !over.has(keyOf(step)));
  const line = (word: string, tone: Tone, steps: readonly PlanStep[]) =>
    paintLine(
      [
        span(`  ${word.padEnd(12)}`, tone),
        span(` ${String(steps.length).padStart(4)}  ${foldNames(steps.map(({ node }) => node))}`),
      ],
      size.columns,
      look,
    );
  const told = OUTCOME_ORDER.flatMap((word) => {
    const those = results.filter(({ outcome }) => outcome === word).map(({ step }) => step);
    return those.length === 0 ? [] : [line(word, outcomeTone(word), those)];
  });
  const rest = waiting.length === 0 ? [] : [line("waiting for", "muted", waiting)];
  return [paintLine([span(`  ${bar}`)], size.columns, look), ...told, ...rest];
}

function keyOf({ backend, node, server }: PlanStep): string {
  return `${node} ${backend}/${server}`;
}

/** Two columns of margin, as every text of a detail has. */
function styleOf({ fleet, look, size }: FrameInput): Style {
  return { ...look, columns: size.columns - 2, headers: true, expect: fleet.check.expect };
}

function indented(text: string): readonly string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`));
}
