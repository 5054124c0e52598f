import type { Order } from "../domain/action.ts";
import { readFormAnswer, writeAdminForm } from "../domain/admin-form.ts";
import type { AdminRight } from "../domain/admin-right.ts";
import { notStatsFailure } from "../domain/failure.ts";
import type { FleetNode } from "../domain/inventory.ts";
import type { RouteReply } from "../domain/outcome.ts";
import type { StatsParser } from "../domain/stats-csv.ts";
import type { NodeConnection } from "./node-connection.ts";
import type { NodeEndpoint, NodeReaderOf } from "./node-reader.ts";
import type { NodeReading } from "./node-source.ts";
import type { NodeRequest } from "./node-turn.ts";
import { socketOpener } from "./open-socket.ts";

/** Fits `AdminRoute` of `app/admin-route.ts`. Units: `deadlineMs` on the clock of `performance.now`. */
export type HttpRoute = {
  readonly name: "http";
  send(node: FleetNode, order: Order, deadlineMs: number): Promise<RouteReply>;
  read(node: FleetNode, deadlineMs: number): Promise<NodeReading>;
  /** Asks for the right alone, by an empty form: it changes nothing. */
  probe(node: FleetNode, deadlineMs: number): Promise<AdminRight>;
  close(): Promise<void>;
};

/** The admin form at the node's own address, over the connection that its polls use. */
export function createHttpRoute(reader: NodeReaderOf): HttpRoute {
  return httpRoute(
    reader,
    (endpoint) => endpoint.connection,
    async () => undefined,
  );
}

/** The admin form at 127.0.0.1, for nodes that are this machine: `stats admin if LOCALHOST` takes orders from there. */
export function createLoopbackRoute(reader: NodeReaderOf): HttpRoute {
  const connections = new Map<string, NodeConnection>();
  const connectionOf = (endpoint: NodeEndpoint, { name, address, stats: { port } }: FleetNode) => {
    const known = connections.get(name);
    if (known !== undefined) return known;
    const target = { host: "127.0.0.1", port, tls: endpoint.tls, certifiedAs: address };
    const connection = endpoint.connect(socketOpener(target));
    connections.set(name, connection);
    return connection;
  };
  return httpRoute(reader, connectionOf, async () => {
    await Promise.all([...connections.values()].map((connection) => connection.close()));
  });
}

function httpRoute(
  reader: NodeReaderOf,
  connectionOf: (endpoint: NodeEndpoint, node: FleetNode) => NodeConnection,
  close: () => Promise<void>,
): HttpRoute {
  const post = (node: FleetNode, body: string, deadlineMs: number) => {
    const endpoint = reader.endpoint(node);
    return postForm(connectionOf(endpoint, node), endpoint.form(body), deadlineMs);
  };
  return {
    name: "http",
    send: (node, order, deadlineMs) => post(node, writeAdminForm(order), deadlineMs),
    read(node, deadlineMs) {
      const endpoint = reader.endpoint(node);
      return readPage(connectionOf(endpoint, node), endpoint.page, deadlineMs, reader.parsePage);
    },
    probe: async (node, deadlineMs) => readRight(await post(node, "", deadlineMs)),
    close,
  };
}

/** Sends a form over a connection and reads what its answer means. */
export function postForm(connection: NodeConnection, form: NodeRequest, deadlineMs: number): Promise<RouteReply> {
  return new Promise((resolve) => {
    connection.post(form, deadlineMs, (reply) => {
      resolve(reply.kind === "answered" ? readFormAnswer(reply.statusCode, reply.location) : reply);
    });
  });
}

/** Reads the stats page over a connection. */
export function readPage(
  connection: NodeConnection,
  page: NodeRequest,
  deadlineMs: number,
  parsePage: StatsParser,
): Promise<NodeReading> {
  return new Promise((resolve, reject) => {
    connection.get(page, deadlineMs, (reply) => {
      try {
        if (!reply.ok) return resolve(reply);
        const parsed = parsePage(reply.body);
        resolve(
          parsed.ok
            ? { ok: true, page: { source: "stats", rows: parsed.rows }, process: undefined }
            : { ok: false, failure: notStatsFailure(parsed.reason) },
        );
      } catch (bug) {
        reject(bug);
      }
    });
  });
}

/** Reads the answer to an empty form. */
export function readRight(reply: RouteReply): AdminRight {
  if (reply.kind === "answered") {
    if (reply.st === "NONE") return "allowed";
    return reply.st === "DENY" ? "denied" : "unknown";
  }
  return reply.kind === "rejected" && reply.statusCode === 401 ? "unauthorized" : "unknown";
}
