import type { AdminRun } from "../../src/app/admin-run.ts";
import type { OperationOptions, Operations } from "../../src/app/operations.ts";
import { assess } from "../../src/domain/assess.ts";
import type { StepResult } from "../../src/domain/outcome.ts";
import type { Plan, PlanRequest } from "../../src/domain/plan.ts";
import { UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import type { Announce } from "../../src/ui/announce.ts";
import type { Clusters } from "../../src/ui/clusters.ts";
import type { ClusterConsole } from "../../src/ui/console-parts.ts";
import { createConsole } from "../../src/ui/controller.ts";
import type { Size } from "../../src/ui/picture.ts";
import type { Memory } from "../../src/ui/remembered.ts";
import type { Look } from "../../src/ui/spans.ts";
import { createHandClock, type HandClock } from "./hand-clock.ts";
import { aPlan } from "./plan.ts";
import { nowMs } from "./scene.ts";
import { type Situation, usual } from "./screens.ts";

/** An operation that a test brings to its end step by step. */
export type HeldRun = {
  readonly plan: Plan;
  readonly options: OperationOptions;
  step(result: StepResult): void;
  end(part?: Partial<AdminRun>): Promise<void>;
  fail(error: unknown): Promise<void>;
};

/** Operations that send nothing: what was asked of them is kept. */
export type FakeOperations = Operations & { readonly asked: readonly PlanRequest[]; readonly runs: readonly HeldRun[] };

export function createFakeOperations(planOf: (request: PlanRequest) => Plan = planAsAsked): FakeOperations {
  const asked: PlanRequest[] = [];
  const runs: HeldRun[] = [];
  return {
    asked,
    runs,
    plan(_, request) {
      asked.push(request);
      return planOf(request);
    },
    run(plan, options) {
      const { promise, resolve, reject } = Promise.withResolvers<AdminRun>();
      const results: StepResult[] = [];
      runs.push({
        plan,
        options,
        step(result) {
          results.push(result);
          options.onStep(result, results.length, plan.steps.length);
        },
        async end(part = {}) {
          resolve({ plan, id: "op-1", results, isInterrupted: false, ledgerFailure: undefined, ...part });
          await settled();
        },
        async fail(error) {
          reject(error);
          await settled();
        },
      });
      return promise;
    },
  };
}

/** A console on a standing situation, with its time in the test's hand. */
export type HeldConsole = {
  readonly console: ClusterConsole;
  readonly clock: HandClock;
  press(...keys: readonly string[]): void;
  /** A text, character by character. */
  type(text: string): void;
  text(): string;
  bar(): string;
  copied(): readonly string[];
  quits(): number;
  /** The same fleet answers anew. */
  see(records: Situation["records"]): void;
  /** How often the fleet was looked at. */
  reads(): number;
};

export function openConsole(
  { fleet, records }: Situation,
  operations: Operations | undefined,
  {
    locked = true,
    look = {},
    size = usual,
    announce,
    clusters,
    memory,
  }: {
    readonly locked?: boolean;
    readonly look?: Partial<Look>;
    readonly size?: Size;
    readonly announce?: Announce;
    readonly clusters?: Clusters;
    readonly memory?: Memory;
  } = {},
): HeldConsole {
  const clock = createHandClock();
  let quits = 0;
  const copied: string[] = [];
  let view = assess(fleet, records, nowMs);
  let reads = 0;
  let tell = () => {};
  const console = createConsole(
    {
      fleet: { ...fleet, admin: { ...fleet.admin, locked } },
      clock,
      look: { glyphs: UTF8_GLYPHS, colour: false, ...look },
      read() {
        reads += 1;
        return view;
      },
      watch(listener) {
        tell = listener;
        return () => undefined;
      },
      poller: {
        pollNow: () => undefined,
        setIntervalMs: () => undefined,
        intervalMs: () => 2000,
        inFlight: () => 0,
      },
      terminal: {
        repaint: () => undefined,
        suspend: () => undefined,
        isBusy: () => false,
        copy: (text) => copied.push(text),
      },
      quit: () => {
        quits += 1;
      },
      operations,
      announce,
      clusters,
      ...(memory !== undefined && { memory }),
    },
    size,
  );
  console.start();
  const press = (...keys: readonly string[]) => {
    for (const key of keys) {
      console.beginRead();
      console.press([key]);
    }
  };
  return {
    console,
    clock,
    press,
    type: (text) => press(...[...text].map((character) => (character === " " ? "space" : character))),
    text: () => trimmed(console.lines()).join("\n"),
    bar: () => console.lines().at(-1)?.trimEnd() ?? "",
    copied: () => copied,
    quits: () => quits,
    see(next) {
      view = assess(fleet, next, nowMs);
      tell();
    },
    reads: () => reads,
  };
}

/** Unlocks it. */
export function armed(held: HeldConsole): void {
  held.type(":arm");
  held.press("enter");
}

/** Unlocked, and at the plan of a drain of the second master on every node. */
export function planned(held: HeldConsole): void {
  armed(held);
  held.press("shift-tab", "j", "a", "enter");
}

/** The dialog alone: from its rule to the bar. */
export function dialogOf(held: HeldConsole, title: string): string {
  const lines = trimmed(held.console.lines());
  return lines.slice(lines.findIndex((line) => line.includes(title))).join("\n");
}

function trimmed(lines: readonly string[]): readonly string[] {
  const cut = lines.map((line) => line.trimEnd());
  return cut.filter((line, row) => line !== "" || cut[row - 1] !== "");
}

function planAsAsked({ action, masters }: PlanRequest): Plan {
  return aPlan({ action, masters });
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
