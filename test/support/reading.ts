import type { FleetNode, PollSource, StatsEndpoint } from "../../src/domain/inventory.ts";
import { createNodeReader, type NodeReaderOf } from "../../src/io/node-reader.ts";
import { nodeOf } from "./fleet.ts";

/** A node on loopback to be read; no password unless given, and little time. */
export function localNode(
  port: number,
  stats: Partial<StatsEndpoint> = {},
  {
    source = "stats",
    timeoutMs = 2_000,
    address = "127.0.0.1",
  }: {
    readonly source?: PollSource;
    readonly timeoutMs?: number;
    readonly address?: string;
  } = {},
): FleetNode {
  return nodeOf("node01", {
    address,
    stats: { port, path: "/", username: "admin", password: undefined, tls: undefined, ...stats },
    poll: { intervalMs: 5_000, timeoutMs, source },
  });
}

/** A reader whose secrets are what the sources' names say. */
export function readerOf(...nodes: readonly FleetNode[]): Promise<NodeReaderOf> {
  return createNodeReader({
    nodes,
    secrets: async (source) => (source.kind === "literal" ? source.value : `of ${source.kind}`),
  });
}
