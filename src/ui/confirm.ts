import type { Plan } from "../domain/plan.ts";

/** Whether anything would be sent at all; a plan without that can only be looked at. */
export function isRunnable(plan: Plan): boolean {
  return plan.steps.some(({ isNeeded }) => isNeeded);
}

/** What has to be typed, as a sentence; `confirm` is the key that ends it. */
export function wantedAnswer({ toType }: Plan, confirm: string): string {
  if (toType.length === 0) return `Type y and ${confirm} to go on.`;
  return `Type ${toType.join(" ")} and ${confirm} to go on.`;
}

/** Whether the answer is a Yes to this very plan: `y`, or the names in any order where the plan wants names. */
export function isConfirmed(plan: Plan, answer: string): boolean {
  if (!isRunnable(plan)) return false;
  const words = answer.trim().split(/[\s,]+/);
  if (plan.toType.length === 0) return /^y(es)?$/i.test(answer.trim());
  return words.length === plan.toType.length && plan.toType.every((name) => words.includes(name));
}

/** The default is No: nothing, or the word for it. */
export function isNo(answer: string): boolean {
  return /^(n|no)?$/i.test(answer.trim());
}
