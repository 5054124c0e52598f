import type { Fleet } from "../domain/inventory.ts";
import type { Actor } from "../domain/ledger.ts";
import type { StepResult } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import type { AdminRoutes, LedgerWriter } from "./admin-route.ts";
import type { Clock } from "./clock.ts";
import type { NodeReader } from "./reader.ts";
import type { Store } from "./store.ts";

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
 * What became of a whole plan. `results` has one entry for every step of the plan and of its refusals. `isInterrupted`:
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
