import type { Order } from "../domain/action.ts";
import { writeAdminForm } from "../domain/admin-form.ts";
import { failureDetails, networkFailure, type PollFailure } from "../domain/failure.ts";
import type { FleetNode } from "../domain/inventory.ts";
import type { RouteReply } from "../domain/outcome.ts";
import { postForm, readPage } from "./admin-http.ts";
import type { NodeReaderOf } from "./node-reader.ts";
import type { NodeReading } from "./node-source.ts";
import { createPlaces, type Places } from "./places.ts";
import { openSshSession, type SshSession } from "./ssh-session.ts";

/** How ssh is found and started. `places` limits the logins under way over all routes that use ssh. */
export type SshSettings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly places: Places;
  /** The program; only tests name another. */
  readonly program?: string;
};

/** Fits `AdminRoute` of `app/admin-route.ts`. Units: `deadlineMs` on the clock of `performance.now`. */
export type SshRoute = {
  readonly name: "ssh";
  send(node: FleetNode, order: Order, deadlineMs: number): Promise<RouteReply & { readonly hint?: string }>;
  read(node: FleetNode, deadlineMs: number): Promise<NodeReading>;
  stop(): void;
  close(): Promise<void>;
};

/** A session that nobody used for this long is ended: a step takes one, and a thousand kept would be 8 GB. */
const idleMs = 3_000;
const tries = 6;

/** Few enough for a jump host whose sshd has the default MaxStartups 10:30:100. */
export function createLoginPlaces(): Places {
  return createPlaces(8);
}

/**
 * The admin form at the stats address on the node's own loopback, through the system's ssh (`-W`): one process per node
 * as long as it is used. The page is read first, which proves the way; whatever goes wrong before that is `not-sent`.
 * Source: polling.md §6, haproxy-facts §1.
 */
export function createSshRoute(reader: NodeReaderOf, settings: SshSettings): SshRoute {
  const sessions = new Map<string, Promise<Opened>>();
  const idle = new Map<string, NodeJS.Timeout>();
  const open = new Set<SshSession>();
  let isClosed = false;

  /** The session to a node that stands, or a new one. Nobody else opens one to the same node meanwhile. */
  function use(node: FleetNode, deadlineMs: number): Promise<Opened> {
    clearTimeout(idle.get(node.name));
    const known = sessions.get(node.name);
    if (known !== undefined) return known;
    const opened = login(node, deadlineMs);
    sessions.set(node.name, opened);
    const forget = () => {
      if (sessions.get(node.name) === opened) sessions.delete(node.name);
    };
    void opened.then((result) => {
      if (!result.ok) return forget();
      open.add(result.session);
      void result.session.ended.then(() => {
        // Also where ssh died by itself: nothing may wait on what it carried.
        void result.session.end();
        open.delete(result.session);
        forget();
      });
    });
    return opened;
  }

  async function login(node: FleetNode, deadlineMs: number): Promise<Opened> {
    let endMs = deadlineMs;
    for (let attempt = 1; ; attempt += 1) {
      const askedMs = reader.now();
      const leave = await settings.places.enter();
      // Our own queue costs the order no time.
      endMs += reader.now() - askedMs;
      if (leave === undefined || isClosed) {
        leave?.();
        return { ok: false, failure: networkFailure("unreachable", failureDetails.ending), hint: undefined };
      }
      const session = openSshSession(reader.endpoint(node), node, endMs - reader.now(), settings);
      const reading = await readPage(session.connection, reader.endpoint(node).page, endMs, reader.parsePage);
      if (reading.ok) {
        leave();
        settings.places.widen();
        return { ok: true, session, reading, endMs };
      }
      const { failure } = reading;
      await session.end(failure.kind === "timeout");
      const isOfSsh = failure.kind === "unreachable" || failure.kind === "timeout";
      const problem = session.problem();
      if (isOfSsh && problem.isBusy) settings.places.narrow();
      leave();
      if (!isOfSsh) return { ok: false, failure, hint: undefined };
      const pauseMs = 150 * 2 ** (attempt - 1) * (0.5 + Math.random());
      if (!problem.isBusy || attempt === tries || reader.now() + pauseMs >= endMs || isClosed) {
        return { ok: false, failure: problem.failure, hint: problem.hint };
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  function rest(node: FleetNode, session: SshSession): void {
    clearTimeout(idle.get(node.name));
    const timer = setTimeout(() => {
      idle.delete(node.name);
      void session.end();
    }, idleMs);
    idle.set(node.name, timer.unref());
  }

  return {
    name: "ssh",
    async send(node, order, deadlineMs) {
      const opened = await use(node, deadlineMs);
      if (!opened.ok) return refusal(opened.failure, opened.hint);
      const endMs = Math.max(deadlineMs, opened.endMs);
      const { connection } = opened.session;
      const reply = await postForm(connection, reader.endpoint(node).form(writeAdminForm(order)), endMs);
      rest(node, opened.session);
      return reply;
    },
    async read(node, deadlineMs) {
      const isNew = !sessions.has(node.name);
      const opened = await use(node, deadlineMs);
      if (!opened.ok) return opened;
      rest(node, opened.session);
      if (isNew) return opened.reading;
      return readPage(opened.session.connection, reader.endpoint(node).page, deadlineMs, reader.parsePage);
    },
    stop: () => settings.places.stop(),
    async close() {
      isClosed = true;
      settings.places.stop();
      for (const timer of idle.values()) clearTimeout(timer);
      const opened = await Promise.all(sessions.values());
      for (const result of opened) if (result.ok) open.add(result.session);
      await Promise.all([...open].map((session) => session.end()));
    },
  };
}

type Opened =
  | {
      readonly ok: true;
      readonly session: SshSession;
      readonly reading: NodeReading;
      readonly endMs: number;
    }
  | { readonly ok: false; readonly failure: PollFailure; readonly hint: string | undefined };

/** The way is open and HAProxy said no to the page itself: it would say the same to the form. */
function refusal(failure: PollFailure, hint: string | undefined): RouteReply & { readonly hint?: string } {
  const { statusCode } = failure;
  if (statusCode !== undefined && statusCode !== 200) return { kind: "rejected", statusCode };
  return { kind: "not-sent", failure, ...(hint === undefined ? {} : { hint }) };
}
