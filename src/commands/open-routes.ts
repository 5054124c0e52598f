import { createAdminRoutes } from "../app/admin-auto.ts";
import type { AdminRoutes } from "../app/admin-route.ts";
import type { AdminVia, Fleet, FleetNode } from "../domain/inventory.ts";
import { createHttpRoute, createLoopbackRoute } from "../io/admin-http.ts";
import { createSocketRoute } from "../io/admin-socket.ts";
import { createSshRoute } from "../io/admin-ssh.ts";
import type { NodeReaderOf } from "../io/node-reader.ts";
import { isOwnAddress } from "../io/own-machine.ts";
import { openRouteMemory } from "../io/route-memory.ts";
import { createLoginPlaces } from "../io/ssh-pool.ts";
import { stateFolder } from "../io/state-folder.ts";
import type { Shell } from "./shell.ts";
import { withoutSecrets } from "./without-secrets.ts";

/**
 * The ways to give orders to a fleet's nodes, behind one choice per node. `reader` must know every node; close it after
 * these. Nothing is opened before the first order. `via` is `--via`; without it each node's own `admin.via` holds.
 */
export async function openRoutes(
  shell: Shell,
  fleet: Fleet,
  reader: NodeReaderOf,
  via: AdminVia | undefined,
): Promise<AdminRoutes> {
  const folder = stateFolder(shell.env, fleet.cluster);
  const memory = await openRouteMemory(folder);
  const isHere = onceForEach((node) => isOwnAddress(node.address));
  const ssh = { env: withoutSecrets(shell.env, fleet), places: createLoginPlaces() };
  const routes = createAdminRoutes({
    ways: {
      http: createHttpRoute(reader),
      loopback: createLoopbackRoute(reader),
      ssh: createSshRoute(reader, ssh),
      socket: createSocketRoute(reader, { ...ssh, isHere }),
    },
    memory,
    via,
    isHere,
  });
  return {
    ...routes,
    async close() {
      await routes.close();
      await memory.flush();
    },
  };
}

/** Finds out once for each node what does not change while this runs. */
export function onceForEach<Value>(find: (node: FleetNode) => Promise<Value>): (node: FleetNode) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (node) => {
    const value = known.get(node.name) ?? find(node);
    known.set(node.name, value);
    return value;
  };
}
