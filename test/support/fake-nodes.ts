import type { AdminRoutes, Sent } from "../../src/app/admin-route.ts";
import type { NodeReader, ReadResult } from "../../src/app/reader.ts";
import type { Order } from "../../src/domain/action.ts";
import { networkFailure } from "../../src/domain/failure.ts";
import type { Fleet } from "../../src/domain/inventory.ts";
import type { RouteReply } from "../../src/domain/outcome.ts";
import type { StatsRow } from "../../src/domain/stats.ts";
import { parseStatus } from "../../src/domain/status.ts";
import { aRow } from "./fleet-view.ts";
import type { HandClock } from "./hand-clock.ts";

/** What a node does with an order: obeys and answers, answers something else, or neither. Times by the hand clock. */
export type Behaviour = {
  /** Units: milliseconds until the order takes effect; `undefined` never does. */
  readonly actsAfterMs: number | undefined;
  readonly reply: RouteReply;
  readonly answersAfterMs: number;
};

/** Sessions of a server line, its status column, and what more its row says. */
export type FakeServer = { status: string; sessions: number; readonly more?: Partial<StatsRow> };

export type FakeNode = {
  readonly name: string;
  /** By "backend/server". */
  readonly servers: Map<string, FakeServer>;
  behaviour: Behaviour;
  /** False: reading fails. */
  isReadable: boolean;
  /** Counters start anew with the next page. */
  restarts: number;
};

export const done: RouteReply = { kind: "answered", st: "DONE" };
export const silence = { kind: "no-answer", failure: networkFailure("timeout", "no answer in time") } as const;
export const refusedConnection: RouteReply = {
  kind: "not-sent",
  failure: networkFailure("unreachable", "connection refused"),
};

const words = { ready: "UP", drain: "DRAIN", maint: "MAINT" } as const;

/** A fleet behind the two doors that a run knows: reading and giving orders. */
export type FakeNodes = {
  readonly nodes: ReadonlyMap<string, FakeNode>;
  /** Every order that was sent, in its order. */
  readonly orders: Order[];
  readonly reader: NodeReader;
  readonly routes: AdminRoutes;
  get(node: string): FakeNode;
  server(node: string, master: string): FakeServer;
  /** Units: milliseconds that every order waits for a login before it goes out. */
  queueMs: number;
  /** Called right after an order went out, before anything comes back. */
  onSend: ((order: Order) => void) | undefined;
};

/** Every node obeys at once and answers after 5 ms; reading takes 2 ms. Tests change what they are about. */
export function createFakeNodes(fleet: Fleet, clock: HandClock): FakeNodes {
  const nodes = new Map(
    fleet.nodes.map((node): [string, FakeNode] => [
      node.name,
      {
        name: node.name,
        servers: new Map(
          fleet.masters.map((master) => [`${fleet.backend}/${master.name}`, { status: "UP", sessions: 4 }]),
        ),
        behaviour: { actsAfterMs: 0, reply: done, answersAfterMs: 5 },
        isReadable: true,
        restarts: 0,
      },
    ]),
  );
  const get = (name: string): FakeNode => {
    const node = nodes.get(name);
    if (node === undefined) throw new Error(`no node ${name}`);
    return node;
  };
  const pass = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

  async function read(name: string): Promise<ReadResult> {
    await pass(2);
    const node = get(name);
    if (!node.isReadable) return { ok: false, failure: networkFailure("timeout", "no answer in time") };
    return { ok: true, page: { source: "stats", rows: rowsOf(node) }, process: undefined };
  }

  const fake: FakeNodes = {
    nodes,
    orders: [],
    queueMs: 0,
    onSend: undefined,
    get,
    server(node, master) {
      const found = get(node).servers.get(`${fleet.backend}/${master}`);
      if (found === undefined) throw new Error(`no server ${master} on ${node}`);
      return found;
    },
    reader: { read: (node) => read(node.name), identify: async () => undefined, close: async () => undefined },
    routes: {
      async send(node, order, deadlineMs, mayGo): Promise<Sent> {
        if (fake.queueMs > 0) {
          await pass(fake.queueMs);
          if (mayGo !== undefined && !(await mayGo())) return { reply: refusedConnection, route: "ssh", tried: [] };
        }
        fake.orders.push(order);
        const { behaviour, servers } = get(node.name);
        const server = servers.get(`${order.backend}/${order.server}`);
        if (behaviour.actsAfterMs === 0 && server !== undefined) obey(server, order);
        else if (behaviour.actsAfterMs !== undefined && server !== undefined) {
          clock.after(behaviour.actsAfterMs, () => obey(server, order));
        }
        fake.onSend?.(order);
        const leftMs = deadlineMs - clock.now();
        const isInTime = behaviour.answersAfterMs <= leftMs;
        await pass(Math.min(behaviour.answersAfterMs, leftMs));
        return { reply: isInTime ? behaviour.reply : silence, route: "http", tried: [] };
      },
      read: (node) => read(node.name),
      close: async () => undefined,
    },
  };
  return fake;
}

function obey(server: FakeServer, order: Order): void {
  if (order.action === "shutdown") server.sessions = 0;
  else if (!server.status.startsWith("DOWN")) server.status = words[order.action];
}

function rowsOf(node: FakeNode): readonly StatsRow[] {
  return [...node.servers].map(([key, { status, sessions, more }]) => {
    const [proxy = "", name = ""] = key.split("/");
    const sessionsTotal = node.restarts === 0 ? 120 : 0;
    return aRow({ proxy, name, status: parseStatus(status), sessions, sessionsTotal, ...more });
  });
}
