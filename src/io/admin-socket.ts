import type { Order } from "../domain/action.ts";
import { failureDetails, networkFailure, notStatsFailure, type PollFailure } from "../domain/failure.ts";
import type { FleetNode } from "../domain/inventory.ts";
import type { RouteReply } from "../domain/outcome.ts";
import { type AdminBits, parseServersState, revealAdmin } from "../domain/servers-state.ts";
import { readSocketAnswer, writeSocketOrder } from "../domain/socket-answer.ts";
import type { SshSettings } from "./admin-ssh.ts";
import type { NodeReaderOf } from "./node-reader.ts";
import type { NodeReading } from "./node-source.ts";
import { createSshPool } from "./ssh-pool.ts";
import { openSshTunnel, type SocketPaths } from "./ssh-tunnel.ts";
import { askSocket, type CommandReply } from "./unix-command.ts";

export type SocketSettings = SshSettings & {
  /** Whether a node is this machine: then its sockets are files here. */
  readonly isHere: (node: FleetNode) => Promise<boolean>;
};

/** The admin states of a node's server lines, or why they are not to be had. */
export type BitsReading =
  | { readonly ok: true; readonly bits: readonly AdminBits[] }
  | { readonly ok: false; readonly failure: PollFailure; readonly hint?: string };

/** Fits `AdminRoute` of `app/admin-route.ts`. Units: `deadlineMs` on the clock of `performance.now`. */
export type SocketRoute = {
  readonly name: "socket";
  send(
    node: FleetNode,
    order: Order,
    deadlineMs: number,
    mayGo?: () => Promise<boolean>,
  ): Promise<RouteReply & { readonly hint?: string }>;
  /** Its rows show the admin state also where the status column hides it: a drain under DOWN. */
  read(node: FleetNode, deadlineMs: number): Promise<NodeReading>;
  readAdminBits(node: FleetNode, deadlineMs: number): Promise<BitsReading>;
  stop(): void;
  close(): Promise<void>;
};

type Line = "stats" | "master";
type Ask = (line: Line, command: string) => Promise<CommandReply>;
type Reach =
  | { readonly ok: true; readonly ask: Ask; readonly explain: () => string | undefined }
  | (BitsReading & { readonly ok: false });

/**
 * HAProxy's own sockets: the stats socket, and the master CLI's where that takes no orders (`level operator`, as the
 * sample's). Files on this machine, else forwarded by ssh. The states are read first, which proves the way; whatever
 * goes wrong before that is `not-sent`.
 * Source: haproxy-facts §1 (2, 15), §6, §8.
 */
export function createSocketRoute(reader: NodeReaderOf, { env, places, isHere }: SocketSettings): SocketRoute {
  const { now } = reader;
  const pool = createSshPool({
    places,
    now,
    begin: (node, withinMs) => openSshTunnel(node, withinMs, env),
    prove: (tunnel, _, endMs) => tunnel.ready(endMs - now()),
  });

  async function reach(node: FleetNode, deadlineMs: number): Promise<Reach> {
    const asker =
      (paths: SocketPaths, endMs: number): Ask =>
      (line, command) =>
        askSocket(paths[line], line === "master" ? `@1 ${command}` : command, endMs - now());
    if (await isHere(node)) {
      const { socket, masterSocket } = node.admin;
      return { ok: true, ask: asker({ stats: socket, master: masterSocket }, deadlineMs), explain: () => undefined };
    }
    const use = await pool.use(node, deadlineMs);
    if (!use.ok) return { ok: false, failure: use.failure, ...(use.hint === undefined ? {} : { hint: use.hint }) };
    const { paths, problem } = use.one;
    const explain = () => {
      const { detail } = problem().failure;
      if (detail.includes("prohibited")) return detail;
      return `there is no socket ${node.admin.socket}, or the ssh user may not open it`;
    };
    return { ok: true, ask: asker(paths, Math.max(deadlineMs, use.endMs)), explain };
  }

  /** By the stats socket, else by the master's: which one answers, and what. */
  async function states(node: FleetNode, { ask, explain }: Reach & { ok: true }): Promise<States> {
    let failure = networkFailure("unreachable", failureDetails.closed);
    for (const line of ["stats", "master"] as const) {
      const reply = await ask(line, "show servers state");
      const bits = reply.kind === "answer" ? parseServersState(reply.bytes.toString("utf8")) : undefined;
      if (bits !== undefined) return { ok: true, line, bits };
      if (line === "stats") failure = whyNot(reply, explain());
    }
    return { ok: false, failure, hint: socketHint(node) };
  }

  async function order(node: FleetNode, command: string, deadlineMs: number, mayGo?: () => Promise<boolean>) {
    const way = await reach(node, deadlineMs);
    if (!way.ok) return notSent(way);
    const proof = await states(node, way);
    if (!proof.ok) return notSent(proof);
    if (mayGo !== undefined && !(await mayGo())) {
      return notSent({ failure: networkFailure("unreachable", failureDetails.held) });
    }
    const reply = readReply(await way.ask(proof.line, command));
    if (proof.line === "master" || reply.kind !== "said" || reply.means !== "permission") return reply;
    // Refused is not done: the master's socket may be asked, if it is there.
    const master = await way.ask("master", "show servers state");
    const isThere = master.kind === "answer" && parseServersState(master.bytes.toString("utf8")) !== undefined;
    return isThere ? readReply(await way.ask("master", command)) : reply;
  }

  return {
    name: "socket",
    async send(node, { backend, server, action }, deadlineMs, mayGo) {
      const command = writeSocketOrder({ backend, server, action });
      if (command === undefined) {
        return { kind: "not-sent", failure: networkFailure("unreachable", "no HAProxy has a server of that name") };
      }
      const reply = await order(node, command, deadlineMs, mayGo);
      pool.rest(node);
      return reply;
    },
    async read(node, deadlineMs) {
      const way = await reach(node, deadlineMs);
      if (!way.ok) return way;
      const found = await states(node, way);
      if (!found.ok) {
        pool.rest(node);
        return found;
      }
      const page = await way.ask(found.line, "show stat");
      pool.rest(node);
      if (page.kind !== "answer") return { ok: false, failure: page.failure };
      const parsed = reader.parsePage(page.bytes);
      if (!parsed.ok) return { ok: false, failure: notStatsFailure(parsed.reason) };
      return { ok: true, page: { source: "stats", rows: revealAdmin(parsed.rows, found.bits) }, process: undefined };
    },
    async readAdminBits(node, deadlineMs) {
      const way = await reach(node, deadlineMs);
      if (!way.ok) return way;
      const found = await states(node, way);
      pool.rest(node);
      return found.ok ? { ok: true, bits: found.bits } : found;
    },
    stop: pool.stop,
    close: pool.close,
  };
}

type States =
  | { readonly ok: true; readonly line: Line; readonly bits: readonly AdminBits[] }
  | { readonly ok: false; readonly failure: PollFailure; readonly hint: string };

function readReply(reply: CommandReply): RouteReply {
  return reply.kind === "answer" ? readSocketAnswer(reply.bytes.toString("utf8")) : reply;
}

function notSent({ failure, hint }: { readonly failure: PollFailure; readonly hint?: string }) {
  return { kind: "not-sent", failure, ...(hint === undefined ? {} : { hint }) } as const;
}

function whyNot(reply: CommandReply, explained: string | undefined): PollFailure {
  if (reply.kind === "answer") return networkFailure("not-stats", "what listens there is no stats socket of HAProxy");
  if (explained === undefined || reply.failure.kind === "timeout") return reply.failure;
  return networkFailure("unreachable", explained);
}

function socketHint({ admin }: FleetNode): string {
  return `Set \`admin.socket\` to that node's \`stats socket\` (now ${admin.socket}) or \`admin.master_socket\` to its -S (now ${admin.masterSocket}), and go there as a user that may open it (root).`;
}
