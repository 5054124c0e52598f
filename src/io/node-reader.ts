import { formatHostPort } from "../domain/host.ts";
import type { FleetNode, SecretSource } from "../domain/inventory.ts";
import { metricsQueries } from "../domain/metric-families.ts";
import type { ProcessInfo } from "../domain/stats.ts";
import { createStatsParser } from "../domain/stats-csv.ts";
import { createDeadlines } from "./deadlines.ts";
import { NodeConnection, type NodeRequest } from "./node-connection.ts";
import { type NodeReading, NodeSource } from "./node-source.ts";
import { loadTls, type NodeTls } from "./node-tls.ts";

export type NodeReaderOptions = {
  readonly nodes: readonly FleetNode[];
  /** Reads a secret; its `UserError` is passed on. Each source is read once. */
  readonly secrets: (source: SecretSource) => Promise<string>;
};

/** Fits `NodeReader` of `app/reader.ts`. */
export type NodeReaderOf = {
  read(node: FleetNode): Promise<NodeReading>;
  identify(node: FleetNode, withinMs?: number): Promise<ProcessInfo | undefined>;
  close(): Promise<void>;
};

/**
 * Makes a reader of all these nodes, with one standing connection for each (opened by the first read). Loads undici
 * when it is called and not before, as many commands read nothing.
 * Errors: `UserError` for a password or a TLS file that cannot be read, here and never per poll.
 */
export async function createNodeReader(options: NodeReaderOptions): Promise<NodeReaderOf> {
  const { Client } = await import("undici");
  const deadlines = createDeadlines();
  const parsePage = createStatsParser();
  const secretOf = once((source: SecretSource) => options.secrets(source));
  const tlsOf = once(loadTls);
  const sources = new Map<string, { readonly source: NodeSource; readonly connection: NodeConnection }>();
  for (const node of options.nodes) {
    const { stats } = node;
    const password = stats.password === undefined ? undefined : await secretOf(stats.password);
    const tls: NodeTls | undefined = stats.tls === undefined ? undefined : await tlsOf(stats.tls);
    const origin = `${tls === undefined ? "http" : "https"}://${formatHostPort(node.address, stats.port)}`;
    const connection = new NodeConnection({ host: node.address, port: stats.port, tls }, origin, deadlines, Client);
    const headers = password === undefined ? [] : ["authorization", basic(stats.username, password)];
    // Not blocking: undici then looks for a next request only when the answer is over, as there is never one before.
    const get = (path: string): NodeRequest => ({ path, method: "GET", headers, blocking: false });
    const source = new NodeSource(connection, parsePage, {
      prefer: node.poll.source === "auto" && password !== undefined ? "stats" : node.poll.source,
      page: get(`${encodePath(stats.path)};csv;norefresh`),
      metrics: get(`/metrics?${metricsQueries.page}`),
      narrowMetrics: get(`/metrics?${metricsQueries.narrowPage}`),
      process: get(`/metrics?${metricsQueries.process}`),
      narrowProcess: get(`/metrics?${metricsQueries.narrowProcess}`),
    });
    sources.set(node.name, { source, connection });
  }

  const sourceOf = (node: FleetNode): NodeSource => {
    const found = sources.get(node.name);
    if (found === undefined) throw new Error(`the reader was made without ${node.name}`);
    return found.source;
  };

  return {
    read: (node) =>
      new Promise((resolve, reject) => {
        sourceOf(node).read(deadlines.now() + node.poll.timeoutMs, resolve, reject);
      }),
    identify: (node, withinMs = node.poll.timeoutMs) =>
      new Promise((resolve, reject) => {
        sourceOf(node).identify(deadlines.now() + withinMs, resolve, reject);
      }),
    async close() {
      await Promise.all([...sources.values()].map(({ connection }) => connection.close()));
    },
  };
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** A path may hold anything but what would break the request line. */
function encodePath(path: string): string {
  return path.replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(part));
}

/** Reads each distinct source or settings object once, however many nodes share it. */
function once<Key extends object, Value>(load: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (key) => {
    const id = JSON.stringify(key);
    const value = known.get(id) ?? load(key);
    known.set(id, value);
    return value;
  };
}
