import { describe, expect, it } from "vitest";
import { type BatchOptions, runInBatches } from "../../src/app/admin-batches.ts";
import type { AdminDeps, AdminOptions } from "../../src/app/admin-run.ts";
import { type AdminStage, createAdminStage } from "../support/admin-stage.ts";

function kill(stage: AdminStage, part: Partial<AdminOptions & BatchOptions> = {}, deps: Partial<AdminDeps> = {}) {
  const plan = stage.plan({ action: "shutdown" });
  const options = { ...stage.options, batch: { kind: "count", nodes: 2 } as const, pauseMs: 5_000, ...part };
  return stage.settle(runInBatches(plan, { ...stage.deps, ...deps }, options));
}

describe("runInBatches", () => {
  it("gives each order of the plan once, batch by batch with a pause between, and is told as one run", async () => {
    const stage = await createAdminStage({ nodes: 5 });
    stage.fake.server("node02", "master-1").sessions = 0;
    await stage.sweep();
    const plan = stage.plan({ action: "shutdown" });
    expect(plan.steps.filter(({ isNeeded }) => isNeeded)).toHaveLength(4);
    const startMs = stage.clock.now();
    const times: number[] = [];
    stage.fake.onSend = () => times.push(stage.clock.now() - startMs);
    const counts: string[] = [];
    const run = await kill(stage, { onStep: (_, done, total) => counts.push(`${done}/${total}`) });
    expect(stage.fake.orders.map(({ node, action }) => `${node} ${action}`)).toEqual(
      ["node01", "node03", "node04", "node05"].map((node) => `${node} shutdown`),
    );
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(5_000);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeLessThan(5_000);
    expect(counts).toEqual(["1/5", "2/5", "3/5", "4/5", "5/5"]);
    expect(new Set(run.results.map(({ outcome }) => outcome))).toEqual(new Set(["verified", "unchanged"]));
    expect(run).toMatchObject({ id: "op-1", isInterrupted: false, ledgerFailure: undefined });
    expect(stage.ledger.filter(({ kind }) => kind === "begun").map(({ id }) => id)).toEqual([
      "op-1-batch-1",
      "op-1-batch-2",
    ]);
  });

  it("is a plain operation where one batch holds them all", async () => {
    const stage = await createAdminStage({ nodes: 2 });
    await kill(stage);
    expect(stage.ledger.map(({ id }) => id)).toEqual(["op-1", "op-1", "op-1", "op-1"]);
  });

  it("sends nothing more after an interruption, and records what was left", async () => {
    const stage = await createAdminStage({ nodes: 6 });
    const run = await kill(stage, { isStopped: () => stage.fake.orders.length >= 2 });
    expect(stage.fake.orders).toHaveLength(2);
    expect(run.isInterrupted).toBe(true);
    expect(run.results.map(({ outcome }) => outcome)).toEqual([
      ...["verified", "verified"],
      ...["unreached", "unreached", "unreached", "unreached"],
    ]);
    expect(stage.ledger.filter(({ kind }) => kind === "step")).toHaveLength(6);
  });

  it("tells what was done before the ledger failed, and sends nothing after", async () => {
    const stage = await createAdminStage({ nodes: 6 });
    const ledger: AdminDeps["ledger"] = {
      async append(entries) {
        if (entries.some(({ id }) => id === "op-1-batch-2")) throw new Error("the disk is full");
      },
    };
    const run = await kill(stage, {}, { ledger });
    expect(stage.fake.orders).toHaveLength(2);
    expect(run.ledgerFailure).toBe("the disk is full");
    expect(run.results.map(({ outcome }) => outcome).slice(2)).toEqual(Array(4).fill("unreached"));
  });

  it("sends nothing at all where the first batch cannot be recorded", async () => {
    const stage = await createAdminStage({ nodes: 4 });
    const ledger: AdminDeps["ledger"] = {
      append: () => Promise.reject(new Error("the disk is full")),
    };
    await expect(kill(stage, {}, { ledger })).rejects.toThrow("the disk is full");
    expect(stage.fake.orders).toEqual([]);
  });
});
