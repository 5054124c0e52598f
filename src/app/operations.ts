import type { StepResult } from "../domain/outcome.ts";
import type { Plan, PlanRequest } from "../domain/plan.ts";
import type { FleetView } from "../domain/view.ts";
import type { AdminRun } from "./admin-run.ts";

/**
 * What a screen may do to the fleet. A console that may only look is not given any.
 * `plan` is pure and sends nothing. `run` runs a plan exactly as it stands, with its ledger entries; it rejects with a
 * UserError, and has sent nothing then, where the operation cannot even begin.
 */
export type Operations = {
  plan(view: FleetView, request: PlanRequest): Plan;
  run(plan: Plan, options: OperationOptions): Promise<AdminRun>;
};

export type OperationOptions = {
  readonly reason: string | undefined;
  /** Stops what has not been sent. */
  readonly isStopped: () => boolean;
  /** Told after every step, in the order in which they end. */
  readonly onStep: (result: StepResult, done: number, total: number) => void;
};
