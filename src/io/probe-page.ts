import type { BareAnswer, Heading, MetricsAnswer, PageReading, SampleAnswer } from "../domain/doctor-facts.ts";
import { readHeading } from "../domain/doctor-heading.ts";
import { failureDetails, notStatsFailure } from "../domain/failure.ts";
import type { FleetNode } from "../domain/inventory.ts";
import { metricsQueries } from "../domain/metric-families.ts";
import { parseMetrics } from "../domain/metrics.ts";
import { samplePassword } from "../domain/sample-password.ts";
import { readPage } from "./admin-http.ts";
import type { NodeConnection } from "./node-connection.ts";
import { basic, type NodeEndpoint, type NodeReaderOf } from "./node-reader.ts";
import type { NodeRequest, Reply } from "./node-turn.ts";
import { socketOpener } from "./open-socket.ts";

/** Fits `DoctorProbes` of `app/doctor-probes.ts`, as far as the stats port itself is asked. */
export type PageProbes = {
  page(node: FleetNode, deadlineMs: number): Promise<PageReading>;
  heading(node: FleetNode, deadlineMs: number): Promise<Heading | undefined>;
  bare(node: FleetNode, deadlineMs: number): Promise<BareAnswer>;
  metrics(node: FleetNode, deadlineMs: number): Promise<MetricsAnswer>;
  sample(node: FleetNode, deadlineMs: number): Promise<SampleAnswer>;
  /** The page at another address of the node, without a password: who is there is not known yet. */
  bareAt(node: FleetNode, host: string, deadlineMs: number): Promise<BareAnswer>;
  close(): Promise<void>;
};

/**
 * Asks stats ports with the configured password over the reader's own connections, and without one over others, as
 * HAProxy 2.6 closes a connection after each 401.
 */
export function createPageProbes(reader: NodeReaderOf): PageProbes {
  const connections = new Map<string, NodeConnection>();

  const bareConnection = (node: FleetNode, host: string = node.address): NodeConnection => {
    const key = `${node.name} ${host}`;
    const known = connections.get(key);
    if (known !== undefined) return known;
    const { tls, connect } = reader.endpoint(node);
    const connection = connect(socketOpener({ host, port: node.stats.port, tls, certifiedAs: node.address }));
    connections.set(key, connection);
    return connection;
  };

  const askBare = async (node: FleetNode, deadlineMs: number, host?: string): Promise<BareAnswer> => {
    const request = withoutPassword(reader.endpoint(node).page);
    const reading = await readPage(bareConnection(node, host), request, deadlineMs, reader.parsePage);
    if (reading.ok) return { kind: "open" };
    return isClosed(reading) ? { kind: "closed" } : { kind: "failed", failure: reading.failure };
  };

  return {
    async page(node, deadlineMs) {
      const { connection, page } = reader.endpoint(node);
      const startedMs = reader.now();
      const reading = await readPage(connection, page, deadlineMs, reader.parsePage);
      const atMs = reader.now();
      return reading.ok ? { ok: true, rows: reading.page.rows, ms: atMs - startedMs, atMs } : reading;
    },
    async heading(node, deadlineMs) {
      const { connection, get, path } = reader.endpoint(node);
      const reply = await ask(connection, get(`${path};norefresh`), deadlineMs);
      return reply.ok ? readHeading(reply.body) : undefined;
    },
    bare: (node, deadlineMs) => askBare(node, deadlineMs),
    bareAt: (node, host, deadlineMs) => askBare(node, deadlineMs, host),
    async metrics(node, deadlineMs) {
      const endpoint = reader.endpoint(node);
      const request = endpoint.get(`/metrics?${metricsQueries.page}`);
      const reply = await ask(bareConnection(node), withoutPassword(request), deadlineMs);
      if (reply.ok) return readMetrics(reply.body);
      if (!isClosed(reply)) return { kind: "failed", failure: reply.failure };
      return { kind: "closed", process: await askProcess(endpoint, deadlineMs) };
    },
    async sample(node, deadlineMs) {
      const { page } = reader.endpoint(node);
      const { username, password } = samplePassword;
      const request = { ...page, headers: ["authorization", basic(username, password)] };
      const reply = await ask(bareConnection(node), request, deadlineMs);
      if (reply.ok) return reader.parsePage(reply.body).ok ? "accepted" : "not-known";
      return reply.failure.statusCode === 401 ? "refused" : "not-known";
    },
    async close() {
      await Promise.all([...connections.values()].map((connection) => connection.close()));
    },
  };
}

/** Whoever has the password may read the metrics too. */
async function askProcess({ connection, get }: NodeEndpoint, deadlineMs: number) {
  const reply = await ask(connection, get(`/metrics?${metricsQueries.process}`), deadlineMs);
  const metrics = reply.ok ? parseMetrics(reply.body) : undefined;
  return metrics?.ok ? metrics.process : undefined;
}

function readMetrics(body: Uint8Array): MetricsAnswer {
  const metrics = parseMetrics(body);
  if (metrics.ok) return { kind: "open", rows: metrics.rows, process: metrics.process };
  return { kind: "failed", failure: notStatsFailure(metrics.reason) };
}

function withoutPassword(request: NodeRequest): NodeRequest {
  return { ...request, headers: [] };
}

function isClosed(reply: Exclude<Reply, { ok: true }>): boolean {
  return reply.failure.statusCode === 401 || reply.failure.statusCode === 403;
}

function ask(connection: NodeConnection, request: NodeRequest, deadlineMs: number): Promise<Reply> {
  return new Promise((resolve) => connection.get(request, deadlineMs, resolve));
}

/** Whether a failure means that nobody takes connections there. */
export function isSilence(answer: BareAnswer): boolean {
  if (answer.kind !== "failed") return false;
  const { kind, detail } = answer.failure;
  return kind === "unreachable" || kind === "dns" || detail === failureDetails.connectTimeout;
}
