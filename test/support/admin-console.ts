import { createAdminRoutes } from "../../src/app/admin-auto.ts";
import type { AdminRoutes } from "../../src/app/admin-route.ts";
import { type AdminDeps, type AdminOptions, type AdminRun, runPlan } from "../../src/app/admin-run.ts";
import type { NodeReader } from "../../src/app/reader.ts";
import { createStore } from "../../src/app/store.ts";
import { sweep } from "../../src/app/sweep.ts";
import { assess } from "../../src/domain/assess.ts";
import { defaultEventSettings } from "../../src/domain/default-event-settings.ts";
import { defaultHaproxySettings } from "../../src/domain/default-haproxy-settings.ts";
import type { Fleet } from "../../src/domain/inventory.ts";
import type { Plan, PlanRequest } from "../../src/domain/plan.ts";
import { planAdmin } from "../../src/domain/plan-admin.ts";
import type { FleetView } from "../../src/domain/view.ts";
import { createHttpRoute } from "../../src/io/admin-http.ts";
import { systemClock } from "../../src/io/clock.ts";
import { createNodeReader } from "../../src/io/node-reader.ts";
import { nodeOf } from "./fleet.ts";
import { BACKEND, MASTERS } from "./fleet-view.ts";

/** A console before real sockets: the reader, the http route, a store and the clock, without a ledger. */
export type AdminConsole = {
  readonly deps: AdminDeps;
  look(): Promise<FleetView>;
  /** Sweeps and plans: a drain of the first master, unless told otherwise. */
  plan(request?: Partial<PlanRequest>): Promise<Plan>;
  run(plan: Plan, part?: Partial<AdminDeps>, options?: Partial<AdminOptions>): Promise<AdminRun>;
  /** Sweeps, plans and runs. */
  act(request?: Partial<PlanRequest>, part?: Partial<AdminDeps>): Promise<AdminRun>;
  close(): Promise<void>;
};

export type ConsoleNode = { readonly port: number; readonly host?: string; readonly password: string };

/** The sample's fleet file for these nodes, called node01 …; orders have a second, polls 400 ms. */
export async function openAdminConsole(nodes: readonly ConsoleNode[]): Promise<AdminConsole> {
  const fleet: Fleet = {
    cluster: "k8s-de1",
    masters: MASTERS.map((name, index) => ({ name, address: `master-${index + 1}:6443` })),
    nodes: nodes.map(({ port, host = "127.0.0.1", password }, index) =>
      nodeOf(`node${String(index + 1).padStart(2, "0")}`, {
        address: host,
        stats: { port, path: "/", username: "admin", password: { kind: "literal", value: password }, tls: undefined },
        poll: { intervalMs: 2_000, timeoutMs: 400, source: "stats" },
      }),
    ),
    backend: BACKEND,
    frontend: { name: "kubernetes_master_kube_api", bind: "127.0.0.1:16443" },
    check: { expect: 401, intervalMs: 1_000, rise: 2, fall: 2, ca: undefined, cert: undefined },
    admin: { locked: true },
    haproxy: defaultHaproxySettings,
    events: defaultEventSettings,
  };
  const nodeReader = await createNodeReader({
    nodes: fleet.nodes,
    secrets: async (source) => (source.kind === "literal" ? source.value : ""),
  });
  const http = createHttpRoute(nodeReader);
  const routes: AdminRoutes = createAdminRoutes({
    ways: { loopback: http, http, ssh: http, socket: http },
    memory: { get: () => undefined, set: () => undefined },
    via: "http",
    isHere: async () => false,
  });
  const store = createStore();
  const reader: NodeReader = nodeReader;
  const deps: AdminDeps = { fleet, alone: false, routes, reader, clock: systemClock, store, ledger: undefined };
  const look = async () => {
    await sweep({ reader, clock: systemClock, store, nodes: fleet.nodes, parallel: 64 });
    return assess(fleet, store.records, systemClock.now());
  };
  const console: AdminConsole = {
    deps,
    look,
    async plan(request = {}) {
      const flags = { minHealthy: 1, strict: false, forceLast: [], includeBlind: false };
      return planAdmin(await look(), {
        action: "drain",
        masters: [MASTERS[0]],
        nodes: undefined,
        backend: BACKEND,
        ...flags,
        ...request,
      });
    },
    run: (plan, part = {}, options = {}) =>
      runPlan(
        plan,
        { ...deps, ...part },
        {
          id: "op-1",
          who: { user: "ops", host: "jump", sshClient: undefined },
          reason: undefined,
          untilMs: undefined,
          parallel: 64,
          stepTimeoutMs: 1_000,
          isStopped: () => false,
          onStep: () => undefined,
          ...options,
        },
      ),
    act: async (request, part) => console.run(await console.plan(request), part),
    close: () => nodeReader.close(),
  };
  return console;
}
