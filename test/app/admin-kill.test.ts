import { describe, expect, it } from "vitest";
import { type Batch, batchSize, type KillOptions, killSessions } from "../../src/app/admin-kill.ts";
import type { AdminOptions } from "../../src/app/admin-run.ts";
import { UserError } from "../../src/domain/user-error.ts";
import { type AdminStage, createAdminStage } from "../support/admin-stage.ts";

const quarter: Batch = { kind: "share", percent: 25 };

async function drained(nodes: number): Promise<AdminStage> {
  const stage = await createAdminStage({ nodes });
  await stage.run(stage.plan());
  stage.fake.orders.length = 0;
  stage.ledger.length = 0;
  return stage;
}

function killing(stage: AdminStage, part: Partial<AdminOptions & KillOptions> = {}) {
  const nodes = stage.fleet.nodes.map((node) => node.name);
  const options = {
    ...stage.options,
    graceMs: 10_000,
    batch: quarter,
    pauseMs: 5_000,
    waitMs: 30_000,
    isPolled: false,
    onProgress: () => undefined,
    ...part,
  };
  return stage.settle(killSessions({ masters: ["master-1"], nodes, wanted: "drain" }, stage.deps, options));
}

describe("killSessions", () => {
  it("kills nothing when the sessions end within the grace", async () => {
    const stage = await drained(2);
    stage.clock.after(4_000, () => {
      for (const name of ["node01", "node02"]) stage.fake.server(name, "master-1").sessions = 0;
    });
    const run = await killing(stage);
    expect([run.runs, run.wait?.outcome, stage.fake.orders]).toEqual([[], "done", []]);
  });

  it("closes what is left after the grace in batches, each an operation of its own, and waits for 0", async () => {
    const stage = await drained(8);
    stage.fake.server("node03", "master-1").sessions = 0;
    const times: number[] = [];
    const startMs = stage.clock.now();
    stage.fake.onSend = () => times.push(stage.clock.now() - startMs);
    const run = await killing(stage);
    expect(stage.fake.orders.map(({ node, action }) => `${node} ${action}`)).toEqual(
      [1, 2, 4, 5, 6, 7, 8].map((n) => `node0${n} shutdown`),
    );
    expect(run.runs.map(({ id, results }) => [id, results.map(({ outcome }) => outcome)])).toEqual([
      ["op-1-kill-1", ["verified", "verified"]],
      ["op-1-kill-2", ["verified", "verified"]],
      ["op-1-kill-3", ["verified", "verified"]],
      ["op-1-kill-4", ["verified"]],
    ]);
    expect(run.wait?.outcome).toBe("done");
    const rounds = [0, 2, 4, 6].map((index) => times[index] ?? 0);
    expect(rounds[0]).toBeGreaterThanOrEqual(10_000);
    rounds.slice(1).forEach((ms, index) => {
      expect(ms - (rounds[index] ?? 0)).toBeGreaterThanOrEqual(5_000);
    });
    expect(stage.ledger.filter((entry) => entry.kind === "begun").map((entry) => entry.action)).toEqual([
      "shutdown",
      "shutdown",
      "shutdown",
      "shutdown",
    ]);
  });

  it("leaves a node alone where somebody enabled the master in between", async () => {
    const stage = await drained(2);
    stage.clock.after(12_000, () => {
      stage.fake.server("node02", "master-1").status = "UP";
    });
    const run = await killing(stage, { batch: { kind: "count", nodes: 1 } });
    expect(stage.fake.orders.map(({ node }) => node)).toEqual(["node01"]);
    expect(run.wait?.nodes.map(({ node, state }) => [node, state])).toEqual([
      ["node01", "done"],
      ["node02", "contradicted"],
    ]);
  });

  it("sends no further batch once interrupted", async () => {
    const stage = await drained(4);
    stage.fake.onSend = () => {
      stage.isStopped = true;
    };
    const run = await killing(stage);
    expect(stage.fake.orders).toHaveLength(1);
    expect([run.runs.length, run.wait?.outcome]).toEqual([1, "interrupted"]);
  });

  it("tells what the batches before have done where the ledger can no longer be written", async () => {
    const stage = await drained(4);
    stage.onAppend = () => {
      if (stage.fake.orders.length > 0) throw new UserError("the disk is full");
    };
    const told: string[] = [];
    const run = await killing(stage, { onStep: ({ step, outcome }) => told.push(`${step.node} ${outcome}`) });
    expect(stage.fake.orders.map(({ node }) => node)).toEqual(["node01"]);
    expect(told).toEqual(["node01 verified"]);
    expect(run.runs.at(-1)?.ledgerFailure).toBe("the disk is full");
  });

  it("sends nothing, and says so for each node, where the ledger cannot be written at all", async () => {
    const stage = await drained(2);
    stage.onAppend = () => {
      throw new UserError("the disk is full");
    };
    const run = await killing(stage, { batch: { kind: "share", percent: 100 } });
    expect(stage.fake.orders).toEqual([]);
    expect(run.runs.map(({ ledgerFailure }) => ledgerFailure)).toEqual(["the disk is full"]);
    expect(run.runs[0]?.results.map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ["unreached", "not sent: the ledger can no longer be written"],
      ["unreached", "not sent: the ledger can no longer be written"],
    ]);
  });

  it("can kill at once and not wait, whatever the state", async () => {
    const stage = await createAdminStage({ nodes: 2 });
    const options = { ...stage.options, graceMs: 0, batch: quarter, pauseMs: 0, waitMs: undefined, isPolled: false };
    const run = await stage.settle(
      killSessions({ masters: ["master-1"], nodes: ["node01", "node02"], wanted: undefined }, stage.deps, {
        ...options,
        onProgress: () => undefined,
      }),
    );
    expect(stage.fake.orders.map(({ node }) => node)).toEqual(["node01", "node02"]);
    expect(run.wait).toBeUndefined();
  });
});

describe("batchSize", () => {
  it.each<[Batch, number, number]>([
    [quarter, 40, 10],
    [quarter, 7, 2],
    [quarter, 1, 1],
    [{ kind: "share", percent: 100 }, 7, 7],
    [{ kind: "share", percent: 1 }, 7, 1],
    [{ kind: "count", nodes: 3 }, 40, 3],
    [{ kind: "count", nodes: 50 }, 40, 40],
    [{ kind: "count", nodes: 0 }, 40, 1],
  ])("%j of %i is %i", (batch, nodes, size) => {
    expect(batchSize(batch, nodes)).toBe(size);
  });
});
