import { createStore } from "../../src/app/store.ts";
import { sweep } from "../../src/app/sweep.ts";
import { defaultAdminSettings } from "../../src/domain/admin-settings.ts";
import type { FleetNode } from "../../src/domain/inventory.ts";
import { systemClock } from "../../src/io/clock.ts";
import { createNodeReader } from "../../src/io/node-reader.ts";
import type { BenchClient } from "./bare-client.ts";
import { type BenchEndpoint, benchPassword } from "./bench-fleet.ts";

/** The nodes of a bench as the fleet file would give them. */
export function benchNodes(endpoints: readonly BenchEndpoint[], intervalMs = 1_000): readonly FleetNode[] {
  return endpoints.map(({ address, port }, index) => ({
    name: `node${index + 1}`,
    address,
    ssh: undefined,
    labels: {},
    stats: {
      port,
      path: "/",
      username: "admin",
      password: { kind: "literal", value: benchPassword },
      tls: undefined,
    },
    admin: defaultAdminSettings,
    poll: { intervalMs, timeoutMs: Math.min(1_500, intervalMs), source: "stats" },
  }));
}

/** All that `status` does before it prints: ask, parse, keep a record of each node. */
export async function createK3sLbClient(endpoints: readonly BenchEndpoint[], inFlight: number): Promise<BenchClient> {
  const nodes = benchNodes(endpoints);
  const reader = await createNodeReader({ nodes, secrets: async () => benchPassword });
  const store = createStore();
  return {
    async sweep() {
      await sweep({ nodes, reader, clock: systemClock, store, parallel: inFlight });
      const failed = [...store.records.values()].find(
        (record) => (record.failure?.atMs ?? 0) > (record.good?.atMs ?? 0),
      );
      if (failed !== undefined) throw new Error(`${failed.name}: ${failed.failure?.failure.detail}`);
    },
    close: () => reader.close(),
  };
}
