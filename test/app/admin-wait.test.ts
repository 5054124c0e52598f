import { describe, expect, it } from "vitest";
import { nodesToWaitFor, type WaitOptions, waitFor } from "../../src/app/admin-wait.ts";
import { createSessionsJudge, createUpJudge, type WaitNode } from "../../src/domain/wait.ts";
import { type AdminStage, createAdminStage } from "../support/admin-stage.ts";
import { aResult } from "../support/plan.ts";

function waiting(stage: AdminStage, part: Partial<WaitOptions> = {}): WaitOptions {
  return {
    timeoutMs: 60_000,
    parallel: 64,
    isPolled: false,
    isStopped: () => stage.isStopped,
    onProgress: () => undefined,
    ...part,
  };
}

async function drained(nodes: number): Promise<AdminStage> {
  const stage = await createAdminStage({ nodes });
  await stage.run(stage.plan());
  return stage;
}

const sessions = () => createSessionsJudge(["master-1"], "drain");
const states = (nodes: readonly WaitNode[]) => nodes.map(({ node, state }) => `${node} ${state}`);

describe("waitFor", () => {
  it("ends when the sessions on every node have ended, and tells how they go", async () => {
    const stage = await drained(2);
    const seen: string[] = [];
    stage.clock.after(5_000, () => {
      stage.fake.server("node01", "master-1").sessions = 0;
    });
    stage.clock.after(9_000, () => {
      stage.fake.server("node02", "master-1").sessions = 0;
    });
    const startMs = stage.clock.now();
    const run = await stage.settle(
      waitFor(["node01", "node02"], sessions(), stage.deps, {
        ...waiting(stage),
        onProgress: (nodes) => {
          const text = nodes.map((node) => node.sessions).join(" ");
          if (seen.at(-1) !== text) seen.push(text);
        },
      }),
    );
    expect([run.outcome, states(run.nodes), seen]).toEqual([
      "done",
      ["node01 done", "node02 done"],
      ["4 4", "0 4", "0 0"],
    ]);
    // Not later than one interval and the time of a poll after the last session ended.
    expect(stage.clock.now() - startMs).toBeLessThan(9_000 + 2_200);
  });

  it("times out, and says on which nodes", async () => {
    const stage = await drained(2);
    stage.fake.server("node01", "master-1").sessions = 0;
    const run = await stage.settle(
      waitFor(["node01", "node02"], sessions(), stage.deps, waiting(stage, { timeoutMs: 8_000 })),
    );
    expect([run.outcome, states(run.nodes)]).toEqual(["timed-out", ["node01 done", "node02 waiting"]]);
  });

  it("waits no longer on a node where somebody enabled the master", async () => {
    const stage = await drained(2);
    stage.fake.server("node01", "master-1").sessions = 0;
    stage.fake.server("node02", "master-1").status = "UP";
    const run = await stage.settle(waitFor(["node01", "node02"], sessions(), stage.deps, waiting(stage)));
    expect([run.outcome, states(run.nodes)]).toEqual(["contradicted", ["node01 done", "node02 contradicted"]]);
  });

  it("goes on while a node cannot be read, and stops when interrupted", async () => {
    const stage = await drained(1);
    stage.fake.server("node01", "master-1").sessions = 0;
    stage.fake.get("node01").isReadable = false;
    await stage.clock.advance(5_000);
    stage.clock.after(20_000, () => {
      stage.isStopped = true;
    });
    const run = await stage.settle(waitFor(["node01"], sessions(), stage.deps, waiting(stage)));
    expect([run.outcome, states(run.nodes)]).toEqual(["interrupted", ["node01 waiting"]]);
  });

  it("says what cannot be seen after a restart was noticed", async () => {
    const stage = await drained(1);
    stage.fake.get("node01").restarts = 1;
    stage.fake.server("node01", "master-1").sessions = 0;
    const run = await stage.settle(waitFor(["node01"], sessions(), stage.deps, waiting(stage)));
    expect(run.outcome).toBe("done");
    expect(run.notes.join()).toContain("HAProxy was replaced on node01");
  });

  it("does not poll what somebody else polls", async () => {
    const stage = await drained(1);
    stage.fake.server("node01", "master-1").sessions = 0;
    const options = waiting(stage, { isPolled: true, timeoutMs: 10_000 });
    const work = waitFor(["node01"], sessions(), stage.deps, options);
    await stage.clock.advance(5_000);
    expect(stage.store.get("node01").good?.rows[0]?.sessions).toBe(4);
    await stage.sweep();
    expect((await stage.settle(work)).outcome).toBe("done");
  });

  it("waits until a server is UP for a while without interruption", async () => {
    const stage = await createAdminStage({ nodes: 1 });
    stage.fake.server("node01", "master-1").status = "UP 1/2";
    await stage.sweep();
    const startMs = stage.clock.now();
    const status = (ms: number, text: string) =>
      stage.clock.after(ms, () => {
        stage.fake.server("node01", "master-1").status = text;
      });
    status(3_000, "UP");
    status(8_000, "DOWN");
    status(12_000, "UP");
    const run = await stage.settle(
      waitFor(["node01"], createUpJudge(["master-1"], 10_000), stage.deps, waiting(stage)),
    );
    expect(run.outcome).toBe("done");
    expect(stage.clock.now() - startMs).toBeGreaterThanOrEqual(22_000);
    expect(stage.clock.now() - startMs).toBeLessThan(26_000);
  });

  it("has nothing to wait for without nodes", async () => {
    const stage = await createAdminStage({ nodes: 1 });
    expect(await waitFor([], sessions(), stage.deps, waiting(stage))).toEqual({
      outcome: "done",
      nodes: [],
      notes: [],
    });
  });
});

describe("nodesToWaitFor", () => {
  it("names the nodes where every step has, or may have, taken effect", () => {
    const results = [
      aResult({ node: "node01" }),
      aResult({ node: "node02", outcome: "accepted" }),
      aResult({ node: "node03", outcome: "denied" }),
      aResult({ node: "node01", outcome: "unchanged" }),
      aResult({ node: "node02", outcome: "contradicted" }),
    ];
    expect(nodesToWaitFor(results)).toEqual(["node01"]);
  });
});
