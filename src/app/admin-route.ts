import type { Order } from "../domain/action.ts";
import type { FleetNode } from "../domain/inventory.ts";
import type { LedgerEntry } from "../domain/ledger.ts";
import type { RouteName, RouteReply } from "../domain/outcome.ts";
import type { ReadResult } from "./reader.ts";

/**
 * One way to give orders to nodes. `io/admin-http.ts`, `io/admin-ssh.ts` and `io/admin-socket.ts` fit it.
 * `send` sends once and never again, whatever happens; it never rejects for weather and ends by `deadlineMs` (on the
 * clock's `now`). Time spent waiting for a place to log in by ssh does not count: a fleet of hundreds must not run out
 * of time in a queue that is ours. `mayGo` is asked when such a wait is over, right before the order is written, as what
 * was true when it was given may no longer be; a no holds the order back, as `not-sent`. `hint` is what would help, where the route knows better than its reply.
 * `read` reads the node's rows by the same way, for proof where the direct way fails. Rows of the socket show the admin
 * state under DOWN too.
 * `stop` gives up what waits for a place, as not sent; what was sent is still waited for. `close` ends all.
 */
export type AdminRoute = {
  readonly name: RouteName;
  send(
    node: FleetNode,
    order: Order,
    deadlineMs: number,
    mayGo?: MayGo,
  ): Promise<RouteReply & { readonly hint?: string }>;
  read(node: FleetNode, deadlineMs: number): Promise<ReadResult>;
  stop?(): void;
  close(): Promise<void>;
};

/** Whether an order that had to wait may still go out. Once it has said no, it is not asked again for that order. */
export type MayGo = () => Promise<boolean>;

/**
 * What giving one order came to. `route` is the one that acted, or the last one tried; `tried` says, in order, which
 * route was tried and what came back ("http to 10.8.0.11:1936: DENY"); of a single one only where it led, as the reply
 * says the rest, and nothing where that did it. `hint`
 * is a sentence on what would help, absent where nothing has to.
 */
export type Sent = {
  readonly reply: RouteReply;
  readonly route: RouteName;
  readonly tried: readonly string[];
  readonly hint?: string;
};

/**
 * All routes behind one choice per node: what a plan is run with. `send` may try a second route only where the first one
 * surely changed nothing (denied, or not sent), and never rejects for weather. `read` goes by the named route.
 * `stop` gives up, as not sent, the orders that wait for a place to log in by ssh.
 */
export type AdminRoutes = {
  send(node: FleetNode, order: Order, deadlineMs: number, mayGo?: MayGo): Promise<Sent>;
  read(node: FleetNode, route: RouteName, deadlineMs: number): Promise<ReadResult>;
  stop?(): void;
  close(): Promise<void>;
};

/** What worked last time, per node; kept in the state folder. */
export type RouteMemory = {
  get(node: string): RouteName | undefined;
  set(node: string, route: RouteName): void;
};

/** Where the ledger's lines go. `append` resolves once they are safe on disk, and rejects when they cannot be. */
export type LedgerWriter = {
  append(entries: readonly LedgerEntry[]): Promise<void>;
};
