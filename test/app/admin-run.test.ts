import { describe, expect, it } from "vitest";
import type { Sent } from "../../src/app/admin-route.ts";
import type { AdminRun } from "../../src/app/admin-run.ts";
import type { LedgerEntry } from "../../src/domain/ledger.ts";
import { createAdminStage } from "../support/admin-stage.ts";
import { refusedConnection, silence } from "../support/fake-nodes.ts";

const brief = ({ results }: AdminRun) =>
  Object.fromEntries(results.map(({ step, outcome }) => [`${step.node} ${step.server}`, outcome]));

describe("runPlan", () => {
  it("sends each order once, reads back, and proves it", async () => {
    const stage = await createAdminStage({ nodes: 3 });
    const run = await stage.run(stage.plan({ masters: ["master-2"] }));
    expect(brief(run)).toEqual({
      "node01 master-2": "verified",
      "node02 master-2": "verified",
      "node03 master-2": "verified",
    });
    expect(run.results[0]).toMatchObject({ st: "DONE", route: "http", after: "DRAIN", ms: 7 });
    expect(stage.fake.orders).toHaveLength(3);
    expect(stage.view().nodes.map((node) => node.usableMasters)).toEqual([2, 2, 2]);
  });

  it("writes the operation before anything is sent, each step when it is over, and the end", async () => {
    const stage = await createAdminStage({ nodes: 2 });
    let sentBefore = -1;
    stage.onAppend = (entries) => {
      if (entries[0]?.kind === "begun") sentBefore = stage.fake.orders.length;
    };
    await stage.run(stage.plan());
    expect(sentBefore).toBe(0);
    expect(stage.ledger.map((entry) => entry.kind)).toEqual(["begun", "step", "step", "ended"]);
    const [begun, step, , ended] = stage.ledger as [LedgerEntry, LedgerEntry, LedgerEntry, LedgerEntry];
    expect(begun).toMatchObject({ id: "op-1", action: "drain", masters: ["master-1"], reason: "kernel" });
    expect(begun.kind === "begun" && begun.orders.map(({ node, before }) => [node, before])).toEqual([
      ["node01", "UP"],
      ["node02", "UP"],
    ]);
    expect(step).toMatchObject({ id: "op-1", node: "node01", before: "UP", after: "DRAIN", outcome: "verified" });
    expect(ended).toMatchObject({ outcome: "verified", counts: { verified: 2 } });
  });

  it("sends nothing when the ledger cannot be begun", async () => {
    const stage = await createAdminStage({ nodes: 2 });
    stage.onAppend = () => {
      throw new Error("no space left on the disk");
    };
    await expect(stage.run(stage.plan())).rejects.toThrow("no space left");
    expect(stage.fake.orders).toEqual([]);
  });

  it("sends nothing more once the ledger fails in the middle, and says what was done", async () => {
    const stage = await createAdminStage({ nodes: 1 });
    stage.onAppend = (entries) => {
      if (entries.some((entry) => entry.kind === "step")) throw new Error("no space left on the disk");
    };
    const run = await stage.run(stage.plan({ masters: ["master-1", "master-2"] }));
    expect(brief(run)).toEqual({ "node01 master-1": "verified", "node01 master-2": "unreached" });
    expect(run.ledgerFailure).toBe("no space left on the disk");
    expect(run.results[1]?.detail).toContain("the ledger can no longer be written");
    expect(stage.fake.orders).toHaveLength(1);
  });

  it("goes without a ledger only when there is none on purpose", async () => {
    const stage = await createAdminStage({ nodes: 1 });
    const run = await stage.run(stage.plan(), { ledger: undefined });
    expect([brief(run), run.ledgerFailure]).toEqual([{ "node01 master-1": "verified" }, undefined]);
  });

  it("never sends an order again: late, never answered, lost or not sent", async () => {
    const stage = await createAdminStage({ nodes: 5 });
    stage.fake.get("node01").behaviour = { actsAfterMs: 0, reply: silence, answersAfterMs: 5 };
    stage.fake.get("node02").behaviour = { actsAfterMs: undefined, reply: silence, answersAfterMs: 60_000 };
    stage.fake.get("node03").behaviour = { actsAfterMs: 5_000, reply: silence, answersAfterMs: 50 };
    stage.fake.get("node04").behaviour = { actsAfterMs: undefined, reply: refusedConnection, answersAfterMs: 1 };
    stage.fake.get("node05").behaviour = {
      actsAfterMs: undefined,
      reply: { kind: "answered", st: "DENY" },
      answersAfterMs: 1,
    };
    const run = await stage.run(stage.plan());
    expect(brief(run)).toEqual({
      "node01 master-1": "verified",
      "node02 master-1": "unknown",
      "node03 master-1": "verified",
      "node04 master-1": "unreached",
      "node05 master-1": "denied",
    });
    expect(stage.fake.orders.map((order) => order.node).sort()).toEqual([
      "node01",
      "node02",
      "node03",
      "node04",
      "node05",
    ]);
  });

  it("says contradicted when somebody makes it ready in between, and accepted when DOWN hides it", async () => {
    const stage = await createAdminStage({ nodes: 2 });
    stage.fake.server("node02", "master-1").status = "DOWN";
    await stage.sweep();
    stage.fake.onSend = (order) => {
      stage.fake.server(order.node, order.server).status = order.node === "node01" ? "UP" : "DOWN";
    };
    const run = await stage.run(stage.plan());
    expect(brief(run)).toEqual({ "node01 master-1": "contradicted", "node02 master-1": "accepted" });
  });

  it("reads by the route that acted where the direct way fails", async () => {
    const stage = await createAdminStage({ nodes: 1 });
    const plan = stage.plan();
    stage.fake.reader.read = async () => ({
      ok: false,
      failure: { kind: "timeout", detail: "no answer in time", statusCode: undefined },
    });
    const run = await stage.run(plan);
    expect(run.results[0]).toMatchObject({ outcome: "verified", after: "DRAIN" });
  });

  it("says accepted when no reading comes through before its time is over", async () => {
    const stage = await createAdminStage({ nodes: 1 });
    const plan = stage.plan();
    stage.fake.onSend = () => {
      stage.fake.get("node01").isReadable = false;
    };
    const startMs = stage.clock.now();
    const run = await stage.run(plan);
    expect(run.results[0]).toMatchObject({ outcome: "accepted", st: "DONE", after: undefined });
    expect(stage.clock.now() - startMs).toBeGreaterThan(6_000);
  });

  it("runs the steps of one node one after the other, and leaves the rest when the node cannot be reached", async () => {
    const stage = await createAdminStage({ nodes: 1, masters: 4 });
    stage.fake.get("node01").behaviour = { actsAfterMs: undefined, reply: refusedConnection, answersAfterMs: 1 };
    const run = await stage.run(stage.plan({ masters: ["master-1", "master-2", "master-3"] }));
    expect(Object.values(brief(run))).toEqual(["unreached", "unreached", "unreached"]);
    expect(stage.fake.orders).toHaveLength(1);
  });

  it("gives up what waits for a login when interrupted, also where every node waits", async () => {
    const stage = await createAdminStage({ nodes: 3 });
    const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
    const failure = { kind: "unreachable", detail: "this console is ending", statusCode: undefined } as const;
    const routes = {
      ...stage.fake.routes,
      stop,
      async send(): Promise<Sent> {
        await stopped;
        return { reply: { kind: "not-sent", failure }, route: "ssh", tried: [] };
      },
    };
    stage.clock.after(3_000, () => {
      stage.isStopped = true;
    });
    const startMs = stage.clock.now();
    const run = await stage.run(stage.plan(), { routes });
    expect(run.isInterrupted).toBe(true);
    expect(run.results.map(({ outcome }) => outcome)).toEqual(["unreached", "unreached", "unreached"]);
    expect(stage.clock.now() - startMs).toBeLessThan(3_500);
  });

  it("stops what has not been sent when interrupted, and waits for what was", async () => {
    const stage = await createAdminStage({ nodes: 4 });
    stage.fake.onSend = () => {
      stage.isStopped = stage.fake.orders.length >= 2;
    };
    const run = await stage.run(stage.plan(), {}, { parallel: 2 });
    expect(run.isInterrupted).toBe(true);
    expect(brief(run)).toEqual({
      "node01 master-1": "verified",
      "node02 master-1": "verified",
      "node03 master-1": "unreached",
      "node04 master-1": "unreached",
    });
    expect(stage.ledger.at(-1)).toMatchObject({ kind: "ended", outcome: "interrupted" });
  });

  it("does not let dead nodes hold up the others", async () => {
    const stage = await createAdminStage({ nodes: 12 });
    for (const name of ["node01", "node02", "node03", "node04"]) {
      stage.fake.get(name).behaviour = { actsAfterMs: undefined, reply: silence, answersAfterMs: 60_000 };
    }
    const plan = stage.plan();
    const ends = new Map<string, number>();
    const startMs = stage.clock.now();
    await stage.run(
      plan,
      {},
      {
        parallel: 4,
        onStep: ({ step }) => ends.set(step.node, stage.clock.now() - startMs),
      },
    );
    const live = [...ends].filter(([name]) => Number(name.slice(4)) > 4).map(([, ms]) => ms);
    expect(Math.max(...live)).toBeLessThan(300);
  });

  it("asks the guard anew where an order had to wait for a login", async () => {
    const stage = await createAdminStage({ nodes: 2 });
    const plan = stage.plan();
    stage.fake.queueMs = 8_000;
    stage.clock.after(5_000, () => {
      stage.fake.server("node02", "master-2").status = "DOWN";
      stage.fake.server("node02", "master-3").status = "DOWN";
    });
    const run = await stage.run(plan);
    expect(brief(run)).toEqual({ "node01 master-1": "verified", "node02 master-1": "guarded" });
    expect(stage.fake.orders.map((order) => order.node)).toEqual(["node01"]);
  });

  it("holds back what waits for a login when interrupted", async () => {
    const stage = await createAdminStage({ nodes: 2 });
    stage.fake.queueMs = 8_000;
    stage.clock.after(5_000, () => {
      stage.isStopped = true;
    });
    const run = await stage.run(stage.plan());
    expect([run.isInterrupted, stage.fake.orders]).toEqual([true, []]);
    expect(brief(run)).toEqual({ "node01 master-1": "unreached", "node02 master-1": "unreached" });
  });

  it("tells of each step when it is over, refused ones first", async () => {
    const stage = await createAdminStage({ nodes: 2 });
    stage.fake.server("node02", "master-2").status = "DOWN";
    stage.fake.server("node02", "master-3").status = "DOWN";
    await stage.sweep();
    const told: string[] = [];
    await stage.run(
      stage.plan(),
      {},
      {
        onStep: ({ step, outcome }, done, total) => told.push(`${done}/${total} ${step.node} ${outcome}`),
      },
    );
    expect(told).toEqual(["1/2 node02 guarded", "2/2 node01 verified"]);
  });

  it("gives the results in the plan's order, whichever node answers first", async () => {
    const stage = await createAdminStage({ nodes: 3 });
    const { behaviour } = stage.fake.get("node01");
    stage.fake.get("node01").behaviour = { ...behaviour, answersAfterMs: 2_000 };
    const told: string[] = [];
    const run = await stage.run(stage.plan(), {}, { onStep: ({ step }) => told.push(step.node) });
    expect(told.at(-1)).toBe("node01");
    expect(run.results.map(({ step }) => step.node)).toEqual(["node01", "node02", "node03"]);
  });

  it("writes no ledger for a plan that does nothing", async () => {
    const stage = await createAdminStage({ nodes: 1 });
    const run = await stage.run(stage.plan({ minHealthy: 3 }));
    expect([brief(run), stage.ledger]).toEqual([{ "node01 master-1": "guarded" }, []]);
  });
});
