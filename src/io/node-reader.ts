import { formatHostPort } from "../domain/host.ts";
import type { FleetNode, SecretSource } from "../domain/inventory.ts";
import { metricsQueries } from "../domain/metric-families.ts";
import type { ProcessInfo } from "../domain/stats.ts";
import { createStatsParser, type StatsParser } from "../domain/stats-csv.ts";
import { createDeadlines } from "./deadlines.ts";
import { NodeConnection } from "./node-connection.ts";
import { type NodeReading, NodeSource } from "./node-source.ts";
import { loadTls, type NodeTls } from "./node-tls.ts";
import type { NodeRequest } from "./node-turn.ts";
import { type Opener, socketOpener } from "./open-socket.ts";

export type NodeReaderOptions = {
  readonly nodes: readonly FleetNode[];
  /** Reads a secret; its `UserError` is passed on. Each source is read once. */
  readonly secrets: (source: SecretSource) => Promise<string>;
};

/**
 * A node's stats listener, for those who give orders to it: the reader's own standing `connection`, the requests that
 * it understands, and `connect` for a connection of one's own to the same listener by another way.
 */
export type NodeEndpoint = {
  readonly connection: NodeConnection;
  readonly tls: NodeTls | undefined;
  readonly page: NodeRequest;
  /** The `stats uri` as it is written on the request line. */
  readonly path: string;
  /** Any other page of the listener, with the configured password. */
  get(path: string): NodeRequest;
  form(body: string): NodeRequest;
  connect(open: Opener): NodeConnection;
};

/** Fits `NodeReader` of `app/reader.ts`. */
export type NodeReaderOf = {
  endpoint(node: FleetNode): NodeEndpoint;
  parsePage: StatsParser;
  now(): number;
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
  const sources = new Map<string, { readonly source: NodeSource; readonly endpoint: NodeEndpoint }>();
  for (const node of options.nodes) {
    const { stats } = node;
    const password = stats.password === undefined ? undefined : await secretOf(stats.password);
    const tls: NodeTls | undefined = stats.tls === undefined ? undefined : await tlsOf(stats.tls);
    const origin = `${tls === undefined ? "http" : "https"}://${formatHostPort(node.address, stats.port)}`;
    const connect = (open: Opener) => new NodeConnection(open, origin, deadlines, Client);
    const connection = connect(socketOpener({ host: node.address, port: stats.port, tls }));
    const headers = password === undefined ? [] : ["authorization", basic(stats.username, password)];
    // Not blocking: undici then looks for a next request only when the answer is over, as there is never one before.
    const get = (path: string): NodeRequest => ({ path, method: "GET", headers, blocking: false });
    const path = encodePath(stats.path);
    const page = get(`${path};csv;norefresh`);
    const formHeaders = [...headers, "content-type", "application/x-www-form-urlencoded"];
    const form = (body: string): NodeRequest => ({ path, method: "POST", headers: formHeaders, body, blocking: false });
    const source = new NodeSource(connection, parsePage, {
      prefer: node.poll.source === "auto" && password !== undefined ? "stats" : node.poll.source,
      page,
      metrics: get(`/metrics?${metricsQueries.page}`),
      narrowMetrics: get(`/metrics?${metricsQueries.narrowPage}`),
      process: get(`/metrics?${metricsQueries.process}`),
      narrowProcess: get(`/metrics?${metricsQueries.narrowProcess}`),
    });
    sources.set(node.name, { source, endpoint: { connection, tls, page, path, get, form, connect } });
  }

  const find = (node: FleetNode) => {
    const found = sources.get(node.name);
    if (found === undefined) throw new Error(`the reader was made without ${node.name}`);
    return found;
  };

  return {
    endpoint: (node) => find(node).endpoint,
    parsePage,
    now: deadlines.now,
    read: (node) =>
      new Promise((resolve, reject) => {
        find(node).source.read(deadlines.now() + node.poll.timeoutMs, resolve, reject);
      }),
    identify: (node, withinMs = node.poll.timeoutMs) =>
      new Promise((resolve, reject) => {
        find(node).source.identify(deadlines.now() + withinMs, resolve, reject);
      }),
    async close() {
      await Promise.all([...sources.values()].map(({ endpoint }) => endpoint.connection.close()));
    },
  };
}

/** The value of an authorization header. */
export function basic(username: string, password: string): string {
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
