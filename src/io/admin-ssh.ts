import type { Order } from "../domain/action.ts";
import { writeAdminForm } from "../domain/admin-form.ts";
import type { AdminRight } from "../domain/admin-right.ts";
import { failureDetails, networkFailure, type PollFailure } from "../domain/failure.ts";
import type { FleetNode } from "../domain/inventory.ts";
import type { RouteReply } from "../domain/outcome.ts";
import { postForm, readPage, readRight } from "./admin-http.ts";
import type { NodeReaderOf } from "./node-reader.ts";
import type { NodeReading } from "./node-source.ts";
import type { Places } from "./places.ts";
import { createSshPool } from "./ssh-pool.ts";
import { openSshSession } from "./ssh-session.ts";

/** How ssh is found and started. `places` limits the logins under way over all routes that use ssh. */
export type SshSettings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly places: Places;
};

/** What the way through ssh comes to: what the page shows there and whether orders are taken, or why it is closed. */
export type SshProbe =
  | { readonly ok: true; readonly right: AdminRight; readonly reading: NodeReading }
  | { readonly ok: false; readonly failure: PollFailure; readonly hint: string | undefined };

/** Fits `AdminRoute` of `app/admin-route.ts`. Units: `deadlineMs` on the clock of `performance.now`. */
export type SshRoute = {
  readonly name: "ssh";
  send(
    node: FleetNode,
    order: Order,
    deadlineMs: number,
    mayGo?: () => Promise<boolean>,
  ): Promise<RouteReply & { readonly hint?: string }>;
  read(node: FleetNode, deadlineMs: number): Promise<NodeReading>;
  /** Reads the page and asks for the right alone, by an empty form: it changes nothing. */
  probe(node: FleetNode, deadlineMs: number): Promise<SshProbe>;
  stop(): void;
  close(): Promise<void>;
};

/**
 * The admin form at the stats address on the node's own loopback, through the system's ssh (`-W`). The page is read
 * first, which proves the way; whatever goes wrong before that is `not-sent`.
 * Source: polling.md §6, haproxy-facts §1.
 */
export function createSshRoute(reader: NodeReaderOf, { env, places }: SshSettings): SshRoute {
  const pool = createSshPool({
    places,
    now: reader.now,
    begin: (node, withinMs) => openSshSession(reader.endpoint(node), node, withinMs, env),
    async prove({ connection }, node, endMs) {
      const reading = await readPage(connection, reader.endpoint(node).page, endMs, reader.parsePage);
      return reading.ok ? undefined : reading.failure;
    },
  });
  return {
    name: "ssh",
    async send(node, order, deadlineMs, mayGo) {
      const use = await pool.use(node, deadlineMs);
      if (!use.ok) return refusal(use.failure, use.hint);
      if (mayGo !== undefined && !(await mayGo())) {
        pool.rest(node);
        return { kind: "not-sent", failure: networkFailure("unreachable", failureDetails.held) };
      }
      const form = reader.endpoint(node).form(writeAdminForm(order));
      const reply = await postForm(use.one.connection, form, Math.max(deadlineMs, use.endMs));
      pool.rest(node);
      return reply;
    },
    async read(node, deadlineMs) {
      const use = await pool.use(node, deadlineMs);
      if (!use.ok) return use;
      const endMs = Math.max(deadlineMs, use.endMs);
      const reading = await readPage(use.one.connection, reader.endpoint(node).page, endMs, reader.parsePage);
      pool.rest(node);
      return reading;
    },
    async probe(node, deadlineMs) {
      const use = await pool.use(node, deadlineMs);
      if (!use.ok) return use;
      const { connection } = use.one;
      const endpoint = reader.endpoint(node);
      const endMs = Math.max(deadlineMs, use.endMs);
      const reading = await readPage(connection, endpoint.page, endMs, reader.parsePage);
      const right = readRight(await postForm(connection, endpoint.form(""), endMs));
      pool.rest(node);
      return { ok: true, right, reading };
    },
    stop: pool.stop,
    close: pool.close,
  };
}

/** The way is open and HAProxy said no to the page itself: it would say the same to the form. */
function refusal(failure: PollFailure, hint: string | undefined): RouteReply & { readonly hint?: string } {
  const { statusCode } = failure;
  if (statusCode !== undefined && statusCode !== 200) return { kind: "rejected", statusCode };
  return { kind: "not-sent", failure, ...(hint === undefined ? {} : { hint }) };
}
