import type { FleetNode } from "../domain/inventory.ts";
import type { Actor } from "../domain/ledger.ts";
import type { StepResult } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import type { AdminRoute, LedgerWriter, RouteMemory } from "./admin-route.ts";
import type { Clock } from "./clock.ts";
import type { NodeReader } from "./reader.ts";
import type { Store } from "./store.ts";

/** What running a plan needs. `routes` are those that exist here, by name; `ledger` undefined only under `--no-ledger`. */
export type AdminDeps = {
  readonly nodes: ReadonlyMap<string, FleetNode>;
  readonly routes: readonly AdminRoute[];
  readonly memory: RouteMemory;
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

/** What became of a whole plan. `isInterrupted`: some steps were not sent because of `isStopped`. */
export type AdminRun = {
  readonly plan: Plan;
  readonly id: string;
  readonly results: readonly StepResult[];
  readonly isInterrupted: boolean;
};
