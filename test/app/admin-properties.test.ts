import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Order } from "../../src/domain/action.ts";
import type { OutcomeWord } from "../../src/domain/outcome.ts";
import type { Plan, PlanRequest } from "../../src/domain/plan.ts";
import { type AdminStage, createAdminStage } from "../support/admin-stage.ts";
import { type Behaviour, done, refusedConnection, silence } from "../support/fake-nodes.ts";

/** What may happen to a node while an action is planned, confirmed and run. Units: milliseconds after the plan. */
type Happening = {
  readonly atMs: number;
  readonly node: number;
  readonly change:
    | { readonly kind: "status"; readonly master: number; readonly status: string }
    | { readonly kind: "readable"; readonly isReadable: boolean }
    | { readonly kind: "behaves"; readonly behaviour: Behaviour }
    | { readonly kind: "gone"; readonly master: number }
    | { readonly kind: "polled" };
};

const statuses = ["UP", "UP 1/2", "DOWN", "DRAIN", "MAINT", "no check", "NOLB", "WHAT?"];
const status = fc.constantFrom(...statuses, "UP", "UP");
const index = fc.nat({ max: 3 });
const behaviour: fc.Arbitrary<Behaviour> = fc.record({
  actsAfterMs: fc.constantFrom(0, 0, 300, 3_000, undefined),
  reply: fc.constantFrom(done, done, silence, refusedConnection, { kind: "answered", st: "DENY" } as const),
  answersAfterMs: fc.constantFrom(1, 50, 5_000),
});
const happening: fc.Arbitrary<Happening> = fc.record({
  // Much happens within the few milliseconds of an order, or within the time of one that nobody answers.
  atMs: fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 3_000 }), fc.nat({ max: 9_000 })),
  node: index,
  change: fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("status" as const), master: index, status }) },
    fc.record({ kind: fc.constant("readable" as const), isReadable: fc.boolean() }),
    fc.record({ kind: fc.constant("behaves" as const), behaviour }),
    fc.record({ kind: fc.constant("gone" as const), master: index }),
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("polled" as const) }) },
  ),
});
const names = fc.subarray(["master-1", "master-2", "master-3", "master-4"], { minLength: 1 });
const asked = fc.record({
  action: fc.constantFrom("drain", "drain", "maint", "ready", "shutdown"),
  masters: names,
  minHealthy: fc.constantFrom(1, 1, 0, 2, 3),
  strict: fc.boolean(),
  forceLast: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, names),
  includeBlind: fc.boolean(),
});
const situation = fc.record({
  servers: fc.array(fc.array(status, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
  behaviours: fc.array(behaviour, { maxLength: 4 }),
  asked,
  happenings: fc.array(happening, { maxLength: 12 }),
  /** How long an operator looks at the plan. */
  thinksMs: fc.constantFrom(0, 0, 1_000, 6_000),
  parallel: fc.constantFrom(1, 2, 64),
  queueMs: fc.constantFrom(0, 0, 500, 6_000),
  stopsAfter: fc.option(fc.nat({ max: 6 }), { nil: undefined }),
});

type Situation = typeof situation extends fc.Arbitrary<infer Value> ? Value : never;

async function play({ servers, behaviours, asked, happenings, thinksMs, parallel, queueMs, stopsAfter }: Situation) {
  const stage = await createAdminStage({ nodes: servers.length, masters: 4 });
  const nodeName = (node: number) => stage.fleet.nodes[node % servers.length]?.name ?? "";
  servers.forEach((own, node) => {
    own.forEach((text, master) => {
      stage.fake.server(nodeName(node), `master-${master + 1}`).status = text;
    });
  });
  behaviours.forEach((behaviour, node) => {
    stage.fake.get(nodeName(node)).behaviour = behaviour;
  });
  await stage.sweep();
  const plan = stage.plan(asked);
  for (const { atMs, node, change } of happenings) {
    stage.clock.after(atMs, () => happen(stage, nodeName(node), change));
  }
  await stage.clock.advance(thinksMs);
  stage.fake.queueMs = queueMs;
  const wrongs: string[] = [];
  stage.fake.onSend = (order) => {
    const wrong = whyWrong(stage, order, plan.request);
    if (wrong !== undefined) wrongs.push(wrong);
    if (stopsAfter !== undefined && stage.fake.orders.length >= stopsAfter) stage.isStopped = true;
  };
  const run = await stage.run(plan, {}, { parallel, stepTimeoutMs: 2_000 });
  return { stage, plan, run, wrongs };
}

function happen({ fake, fleet, deps }: AdminStage, name: string, change: Happening["change"]): void {
  const node = fake.get(name);
  switch (change.kind) {
    case "status": {
      const server = node.servers.get(`${fleet.backend}/master-${change.master + 1}`);
      if (server !== undefined) server.status = change.status;
      return;
    }
    case "readable":
      node.isReadable = change.isReadable;
      return;
    case "behaves":
      node.behaviour = change.behaviour;
      return;
    case "gone":
      node.servers.delete(`${fleet.backend}/master-${change.master + 1}`);
      return;
    case "polled": {
      const startedMs = deps.clock.now();
      const config = fleet.nodes.find((one) => one.name === name);
      if (config === undefined) return;
      void deps.reader.read(config).then((result) => {
        const atMs = deps.clock.now();
        if (result.ok) {
          deps.store.dispatch(name, {
            type: "polled",
            reading: { ...result.page, atMs, durationMs: atMs - startedMs },
          });
        } else deps.store.dispatch(name, { type: "pollFailed", failure: result.failure, atMs });
      });
    }
  }
}

/** Judges one order by what the console knew of the node when it went out; counted here, not by the guard's own code. */
function whyWrong({ store, clock, fake, fleet }: AdminStage, order: Order, request: PlanRequest): string | undefined {
  const record = store.get(order.node);
  const isFresh = record.good !== undefined && clock.now() - record.good.atMs <= 4_000;
  if (!isFresh) return request.includeBlind ? undefined : `sent to ${order.node} unseen`;
  if (order.action !== "drain" && order.action !== "maint") return undefined;
  const out = fake.orders.filter((one) => one.node === order.node).map((one) => one.server);
  if (out.every((master) => request.forceLast.includes(master))) return undefined;
  const left = record.good?.rows.filter(
    (row) => row.proxy === fleet.backend && /^(UP|no check)/.test(row.status.text) && !out.includes(row.name),
  );
  const count = left?.length ?? 0;
  return count < request.minHealthy ? `${order.node} is left with ${count} of ${request.minHealthy}` : undefined;
}

const keyOf = ({ node, backend, server }: Order) => `${node} ${backend}/${server}`;
const allSteps = ({ steps, refusals }: Plan) => [...steps, ...refusals.flatMap((refusal) => refusal.steps)];

describe("an action, whatever happens between the plan and the sending", () => {
  it("never leaves a node with fewer usable masters than allowed, and never sends an order twice", async () => {
    await fc.assert(
      fc.asyncProperty(situation, async (parts) => {
        const { stage, plan, run, wrongs } = await play(parts);
        expect(wrongs).toEqual([]);
        const sent = stage.fake.orders.map(keyOf);
        expect(new Set(sent).size).toBe(sent.length);
        expect(sent.every((key) => plan.steps.some((step) => step.isNeeded && keyOf(step) === key))).toBe(true);
        // Every step has exactly one end, and what is said of the sending is so.
        expect(run.results.map(({ step }) => keyOf(step)).sort()).toEqual(allSteps(plan).map(keyOf).sort());
        const quiet: readonly OutcomeWord[] = ["guarded", "unchanged"];
        for (const { step, outcome, route } of run.results) {
          if (quiet.includes(outcome)) expect(sent).not.toContain(keyOf(step));
          if (route !== undefined) expect(sent).toContain(keyOf(step));
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it("says verified only where the node had the wanted state after the order", async () => {
    const words = { drain: /^DRAIN/, maint: /^MAINT/, ready: /^(UP|no check)/, shutdown: /./ };
    await fc.assert(
      fc.asyncProperty(situation, async (parts) => {
        const { run } = await play(parts);
        for (const { step, outcome, after } of run.results) {
          if (outcome === "verified" || outcome === "unchanged") expect(after).toMatch(words[step.action]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("writes the operation first, each step once, and the end last", async () => {
    await fc.assert(
      fc.asyncProperty(situation, async (parts) => {
        const { stage, plan, run } = await play(parts);
        const kinds = stage.ledger.map((entry) => entry.kind);
        const whole = ["begun", ...run.results.map(() => "step"), "ended"];
        expect(kinds).toEqual(plan.steps.length === 0 ? [] : whole);
      }),
      { numRuns: 60 },
    );
  });
});
