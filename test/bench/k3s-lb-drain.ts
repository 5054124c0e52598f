import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdminRoutes } from "../../src/app/admin-auto.ts";
import { runPlan } from "../../src/app/admin-run.ts";
import { createStore } from "../../src/app/store.ts";
import { sweep } from "../../src/app/sweep.ts";
import { createAssessor } from "../../src/domain/assess.ts";
import { defaultEventSettings } from "../../src/domain/default-event-settings.ts";
import { defaultHaproxySettings } from "../../src/domain/default-haproxy-settings.ts";
import type { Fleet } from "../../src/domain/inventory.ts";
import { planAdmin } from "../../src/domain/plan-admin.ts";
import { createHttpRoute } from "../../src/io/admin-http.ts";
import { systemClock } from "../../src/io/clock.ts";
import { openLedger } from "../../src/io/ledger-file.ts";
import { createNodeReader } from "../../src/io/node-reader.ts";
import { type BenchEndpoint, benchPassword } from "./bench-fleet.ts";
import type { DrainClient } from "./drain-client.ts";
import { benchNodes } from "./k3s-lb-client.ts";

const masters = [1, 2, 3].map((n) => ({ name: `k8s-de1-master-${n}`, address: `master-${n}:6443` }));

/**
 * All that the console does once an operator has said yes: guard, ledger on the disk, order, reading back, judgement.
 * `dead` are the nodes that nobody answers for; they are acted on all the same, unseen.
 */
export async function createK3sLbDrain(
  endpoints: readonly BenchEndpoint[],
  dead: ReadonlySet<number>,
  parallel: number,
): Promise<DrainClient> {
  const folder = mkdtempSync(join(tmpdir(), "k3s-lb-bench-ledger-"));
  const nodes = benchNodes(endpoints).map((node) => ({ ...node, poll: { ...node.poll, intervalMs: 60_000 } }));
  const fleet: Fleet = {
    cluster: "bench",
    masters,
    nodes,
    backend: "k8s-de1-kube-api",
    frontend: { name: "kubernetes_master_kube_api", bind: "127.0.0.1:16443" },
    check: { expect: 401, intervalMs: 1_000, rise: 2, fall: 2, ca: undefined, cert: undefined },
    admin: { locked: true },
    haproxy: defaultHaproxySettings,
    events: defaultEventSettings,
  };
  const reader = await createNodeReader({ nodes, secrets: async () => benchPassword });
  const http = createHttpRoute(reader);
  const routes = createAdminRoutes({
    ways: { loopback: http, http, ssh: http, socket: http },
    memory: { get: () => "http", set: () => undefined },
    via: "http",
    isHere: async () => false,
  });
  const store = createStore();
  const assess = createAssessor(fleet);
  const ledger = openLedger(join(folder, "ledger.jsonl"));
  let operations = 0;
  return {
    async look() {
      await sweep({ nodes, reader, clock: systemClock, store, parallel: 64 });
    },
    async drain(action) {
      const plan = planAdmin(assess(store.records, systemClock.now()), {
        action,
        masters: ["k8s-de1-master-2"],
        nodes: undefined,
        minHealthy: 1,
        strict: false,
        forceLast: [],
        includeBlind: true,
        backend: fleet.backend,
      });
      const deadNames = new Set([...dead].map((index) => nodes[index]?.name));
      const startMs = performance.now();
      let lastLiveMs = 0;
      operations += 1;
      const run = await runPlan(
        plan,
        { fleet, alone: false, routes, reader, clock: systemClock, store, ledger },
        {
          id: `op-${operations}`,
          who: { user: "bench", host: "bench", sshClient: undefined },
          reason: undefined,
          untilMs: undefined,
          parallel,
          stepTimeoutMs: 3_000,
          isStopped: () => false,
          onStep: ({ step }) => {
            if (!deadNames.has(step.node)) lastLiveMs = performance.now() - startMs;
          },
        },
      );
      const allMs = performance.now() - startMs;
      const unproved = run.results.filter(({ step, outcome }) => !deadNames.has(step.node) && outcome !== "verified");
      const [first] = unproved;
      if (first !== undefined) throw new Error(`${unproved.length} not proved: ${first.outcome}, ${first.detail}`);
      return { lastLiveMs, allMs };
    },
    async close() {
      await reader.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
