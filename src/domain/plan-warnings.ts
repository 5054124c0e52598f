import { nameNodes } from "./node-words.ts";
import type { PlanStep, Refusal } from "./plan.ts";
import type { NodeView } from "./view.ts";

/** What an operator should know about a plan as a whole, one sentence each. */
export function planWarnings(
  nodes: readonly NodeView[],
  steps: readonly PlanStep[],
  refusals: readonly Refusal[],
): readonly string[] {
  const warnings: string[] = [];
  const blind = refusals.filter((refusal) => refusal.kind === "blind").map((refusal) => refusal.node);
  if (blind.length > 0) {
    warnings.push(`${nameNodes(blind)} cannot be seen now and will not be changed.`);
  }
  const unseen = [...new Set(steps.filter((step) => step.before === undefined).map((step) => step.node))];
  if (unseen.length > 0) {
    warnings.push(`${nameNodes(unseen)} cannot be seen now and will be changed unseen, without a guard.`);
  }
  const absent = refusals.filter((refusal) => refusal.kind === "absent").map((refusal) => refusal.node);
  if (absent.length > 0 && absent.length < nodes.length) {
    warnings.push(`${nameNodes(absent)} lacks a server line of what is asked for, so nothing is to be done there.`);
  }
  const backends = [...new Set(steps.map((step) => step.backend))];
  if (backends.length > 1) {
    warnings.push(`The masters are in ${backends.length} backends, and all are changed: ${backends.join(", ")}.`);
  }
  return warnings;
}
