import { type AdminDeps, type AdminOptions, type AdminRun, runPlan } from "../../src/app/admin-run.ts";
import { createStore, type Store } from "../../src/app/store.ts";
import { sweep } from "../../src/app/sweep.ts";
import { assess } from "../../src/domain/assess.ts";
import type { Fleet } from "../../src/domain/inventory.ts";
import type { LedgerEntry } from "../../src/domain/ledger.ts";
import type { Plan, PlanRequest } from "../../src/domain/plan.ts";
import { planAdmin } from "../../src/domain/plan-admin.ts";
import type { FleetView } from "../../src/domain/view.ts";
import { createFakeNodes, type FakeNodes } from "./fake-nodes.ts";
import { fleetOf } from "./fleet.ts";
import { createHandClock, type HandClock } from "./hand-clock.ts";

/** Everything that an action needs, without a socket and with time by hand. */
export type AdminStage = {
  readonly fleet: Fleet;
  readonly clock: HandClock;
  readonly store: Store;
  readonly fake: FakeNodes;
  readonly ledger: LedgerEntry[];
  readonly deps: AdminDeps;
  readonly options: AdminOptions;
  isStopped: boolean;
  /** May throw, as a full disk would. */
  onAppend: ((entries: readonly LedgerEntry[]) => void) | undefined;
  sweep(): Promise<void>;
  view(): FleetView;
  /** A drain of master-1 everywhere, unless told otherwise, by the view as it is now. */
  plan(part?: Partial<PlanRequest>): Plan;
  /** Runs a plan and turns time until it is over. */
  run(plan: Plan, deps?: Partial<AdminDeps>, options?: Partial<AdminOptions>): Promise<AdminRun>;
  /** Turns time, for at most ten minutes of it, until the work is over. */
  settle<Value>(work: Promise<Value>): Promise<Value>;
};

/** Makes one, swept once. */
export async function createAdminStage(size: {
  readonly nodes: number;
  readonly masters?: number;
}): Promise<AdminStage> {
  const fleet = fleetOf(size);
  const clock = createHandClock();
  const store = createStore();
  const fake = createFakeNodes(fleet, clock);
  const ledger: LedgerEntry[] = [];
  const writer = {
    async append(entries: readonly LedgerEntry[]) {
      stage.onAppend?.(entries);
      ledger.push(...entries);
    },
  };
  const { reader, routes } = fake;
  const stage: AdminStage = {
    fleet,
    clock,
    store,
    fake,
    ledger,
    deps: { fleet, alone: false, routes, reader, clock, store, ledger: writer },
    options: {
      id: "op-1",
      who: { user: "ops", host: "jump", sshClient: undefined },
      reason: "kernel",
      untilMs: undefined,
      parallel: 64,
      stepTimeoutMs: 9_000,
      isStopped: () => stage.isStopped,
      onStep: () => undefined,
    },
    isStopped: false,
    onAppend: undefined,
    sweep: () => stage.settle(sweep({ nodes: fleet.nodes, reader, clock, store, parallel: 64 })),
    view: () => assess(fleet, store.records, clock.now()),
    plan: (part = {}) =>
      planAdmin(stage.view(), {
        action: "drain",
        masters: ["master-1"],
        nodes: undefined,
        minHealthy: 1,
        strict: false,
        forceLast: [],
        includeBlind: false,
        ...part,
      }),
    run: (plan, deps = {}, options = {}) =>
      stage.settle(runPlan(plan, { ...stage.deps, ...deps }, { ...stage.options, ...options })),
    async settle(work) {
      let isOver = false;
      const over = () => {
        isOver = true;
      };
      work.then(over, over);
      for (let turns = 0; !isOver && turns < 60_000; turns += 1) await clock.advance(10);
      if (!isOver) throw new Error("it did not end within ten minutes");
      return work;
    },
  };
  await stage.sweep();
  return stage;
}
