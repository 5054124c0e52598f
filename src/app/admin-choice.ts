import type { Way } from "../domain/describe-reply.ts";
import type { AdminVia } from "../domain/inventory.ts";
import type { RouteName, RouteReply } from "../domain/outcome.ts";

/** What the choice depends on. `remembered` is what worked there last, `isHere` whether the node is this machine. */
export type Situation = {
  readonly via: AdminVia;
  readonly remembered: RouteName | undefined;
  readonly isHere: boolean;
};

/**
 * The ways to try, in this order, until one is not in vain.
 * Shape: a named route is the only one. `auto`: on this machine, loopback and then the node's own address (where HAProxy
 * listens on that alone); elsewhere http, then ssh. What worked last comes first; the socket only where it did, since
 * it may be open where the form was closed on purpose.
 */
export function chooseWays({ via, remembered, isHere }: Situation): readonly Way[] {
  if (via !== "auto") return [via];
  const usual: readonly Way[] = isHere ? ["loopback", "http"] : ["http", "ssh"];
  // Nothing beats loopback on this machine: what is remembered there came by it, or from a console elsewhere.
  const first = isHere && remembered !== "socket" ? "loopback" : remembered;
  return first === undefined ? usual : [first, ...usual.filter((way) => way !== first)];
}

/**
 * Whether another way may still be taken: surely nothing was done, and it was the way that was closed and not the order
 * that was wrong. A path that swallows packets is not tried around: it would cost the whole time limit again.
 */
export function isInVain(way: Way, reply: RouteReply, hasPassword: boolean): boolean {
  switch (reply.kind) {
    case "answered":
      return reply.st === "DENY" && way !== "loopback";
    case "rejected":
      return reply.statusCode === 403 || (reply.statusCode === 401 && hasPassword && way === "http");
    case "said":
      return reply.means === "permission";
    case "not-sent":
      return way === "ssh" || way === "socket" || reply.failure.kind === "unreachable";
    case "no-answer":
      return false;
  }
}

/** Whether the node itself refused to take orders by this way. */
export function isDenied(reply: RouteReply): boolean {
  if (reply.kind === "answered") return reply.st === "DENY";
  return reply.kind === "rejected" || (reply.kind === "said" && reply.means === "permission");
}

/** Whether the way carried an order there and back, whatever became of it: then it is the one to take next time. */
export function isProved(reply: RouteReply): boolean {
  if (reply.kind === "answered") return reply.st !== "DENY" && reply.st !== "UNKN";
  return reply.kind === "said" && reply.means !== "permission";
}
