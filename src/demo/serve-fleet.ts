import { UserError } from "../domain/user-error.ts";
import type { DemoFleet, DemoNode } from "./demo-fleet.ts";
import { createStatsAnswerer } from "./stats-answer.ts";
import { StatsListener } from "./stats-listener.ts";

/** Where a node's stats listener stands. */
export type NodeEndpoint = { readonly node: DemoNode; readonly address: string; readonly port: number };

/** A fleet on the wire. `close` ends every listener and connection. */
export type ServedFleet = { readonly endpoints: readonly NodeEndpoint[]; close(): Promise<void> };

/**
 * `isConsoleLocal` is what the LOCALHOST rule makes of whoever connects: all of loopback counts as local to HAProxy.
 * `spread` chooses between addresses and ports; by itself it is addresses where the system has them.
 */
export type ServeSettings = {
  readonly password: string;
  readonly username: string;
  readonly isConsoleLocal: boolean;
  readonly spread?: "ports";
};

const attempts = 20;

/**
 * Puts every node of the fleet on loopback: one port on as many 127/8 addresses where the system has these (Linux),
 * else 127.0.0.1 with a port for each node.
 * Errors: a `UserError` where the system allows fewer open files than that takes; what `listen` throws otherwise.
 */
export async function serveFleet(fleet: DemoFleet, settings: ServeSettings): Promise<ServedFleet> {
  const access = {
    authorization: `Basic ${Buffer.from(`${settings.username}:${settings.password}`).toString("base64")}`,
    isAdmin: settings.isConsoleLocal,
  };
  const answer = createStatsAnswerer();
  const served = fleet.nodes.map((node) => ({
    node,
    listener: new StatsListener(
      { process: () => ({ haproxy: fleet.visit(node), nowMs: fleet.now() }), access: () => access },
      answer,
    ),
  }));
  const endpoints = await openAll(served, settings.spread);
  const byNode = new Map(endpoints.map((endpoint) => [endpoint.node, endpoint]));
  // What stands in the way of reopening a port is told by the next poll of that node, not by a crash of the demo.
  const stop = fleet.watch((node, what) => {
    const endpoint = byNode.get(node);
    if (endpoint === undefined) return;
    if (what === "restarted") endpoint.listener.dropConnections();
    else endpoint.listener.setMode(what, endpoint.address, endpoint.port).catch(() => undefined);
  });
  return {
    endpoints,
    async close() {
      stop();
      await Promise.all(served.map(({ listener }) => listener.close()));
    },
  };
}

type Served = { readonly node: DemoNode; readonly listener: StatsListener };
type Opened = Served & { readonly address: string; readonly port: number };

async function openAll(served: readonly Served[], spread: ServeSettings["spread"]): Promise<readonly Opened[]> {
  try {
    const onAddresses = spread === "ports" ? undefined : await openOnAddresses(served);
    return onAddresses ?? (await openOnPorts(served));
  } catch (error) {
    if (codeOf(error) !== "EMFILE") throw error;
    await Promise.all(served.map(({ listener }) => listener.close()));
    // A listener, a connection accepted and, where the console runs in this process too, the one that it opened.
    const files = served.length * 3 + 200;
    throw new UserError(
      `${served.length} nodes need more open files than may be opened here`,
      `Allow more of them (ulimit -n ${files}), or ask for fewer --nodes.`,
    );
  }
}

/** 127.83.x.y: any address of 127/8 is loopback on Linux, and this corner is nobody's default. */
export function loopbackAddress(index: number): string {
  return `127.83.${Math.floor(index / 250)}.${(index % 250) + 1}`;
}

async function openOnAddresses(served: readonly Served[]): Promise<readonly Opened[] | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      const opened: Opened[] = [];
      for (const [index, { node, listener }] of served.entries()) {
        const address = loopbackAddress(index);
        const port = await listener.open(address, opened[0]?.port ?? 0);
        opened.push({ node, listener, address, port });
      }
      return opened;
    } catch (error) {
      await Promise.all(served.map(({ listener }) => listener.close()));
      if (codeOf(error) === "EADDRNOTAVAIL") return undefined;
      if (codeOf(error) !== "EADDRINUSE") throw error;
    }
  }
  return undefined;
}

async function openOnPorts(served: readonly Served[]): Promise<readonly Opened[]> {
  const opened: Opened[] = [];
  for (const { node, listener } of served) {
    opened.push({ node, listener, address: "127.0.0.1", port: await listener.open("127.0.0.1", 0) });
  }
  return opened;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
