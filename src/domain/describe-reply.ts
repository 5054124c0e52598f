import { formatHostPort } from "./host.ts";
import type { FleetNode } from "./inventory.ts";
import type { RouteName, RouteReply } from "./outcome.ts";

/** What came back by one way, as a clause, and what would help as a sentence, where something has to. */
export type ReplyWords = { readonly text: string; readonly hint: string | undefined };

/** A route as it is named to the operator; `loopback` is http to a node that is this very machine. */
export type Way = RouteName | "loopback";

/**
 * Puts the reply of one route into words. Shape: `text` begins with the route ("http to 10.8.0.11:1936: DENY"), one
 * line without a full stop; it holds no secret. What a route itself says of a failure (`own`) goes before ours.
 */
export function describeReply(way: Way, reply: RouteReply, node: FleetNode, own?: string): ReplyWords {
  const words = wordsOf(way, reply, node);
  return { text: `${describeWay(way, node)}: ${words.text}`, hint: own ?? words.hint };
}

/** The destination for ssh, as it is written on ssh's command line. */
export function sshTarget(node: FleetNode): string {
  return node.ssh ?? node.address;
}

/** The route and where it leads, as "http to 10.8.0.11:1936". */
export function describeWay(way: Way, node: FleetNode): string {
  switch (way) {
    case "http":
      return `http to ${formatHostPort(node.address, node.stats.port)}`;
    case "loopback":
      return `http to 127.0.0.1:${node.stats.port} on this machine`;
    case "ssh":
      return `ssh to ${sshTarget(node)}`;
    case "socket":
      return `socket of ${node.name}`;
  }
}

function wordsOf(way: Way, reply: RouteReply, node: FleetNode): ReplyWords {
  switch (reply.kind) {
    case "answered":
      return { text: reply.text ?? reply.st, hint: stHint(way, reply.st, node) };
    case "said":
      return reply.means === "ok"
        ? { text: "done", hint: undefined }
        : { text: reply.text, hint: saidHint(reply.means, node) };
    case "rejected":
      return { text: `answers ${reply.statusCode}`, hint: statusHint(reply.statusCode, node) };
    case "not-sent":
      return { text: reply.failure.detail, hint: "Nothing was done: it is safe to run it again." };
    case "no-answer":
      return {
        text: `sent, then ${reply.failure.detail}`,
        hint: "It may have been carried out: look at what the node shows before asking again.",
      };
  }
}

function stHint(way: Way, st: string, node: FleetNode): string | undefined {
  switch (st) {
    case "DONE":
      return undefined;
    case "DENY":
      if (way === "http") {
        return "`stats admin if LOCALHOST` there takes orders from the node itself only: use --via ssh (or auto).";
      }
      return `That node's stats section takes orders from nobody, not even from its own loopback: add \`stats admin if LOCALHOST\` there, or use --via socket.`;
    case "PART":
    case "ERRP":
      return "That node's HAProxy has no such backend or server: compare the names with `k3s-lb status -o wide`.";
    case "EXCD":
      return "The order was too long for that HAProxy's buffer (tune.bufsize).";
    case "NONE":
      return "HAProxy took the order for an empty one: is something between here and the node changing requests?";
    default:
      return `Is something in front of HAProxy answering on port ${node.stats.port}?`;
  }
}

function saidHint(means: "ok" | "permission" | "no-such-target" | "other", node: FleetNode): string | undefined {
  switch (means) {
    case "ok":
      return undefined;
    case "permission":
      return `Give that node's stats socket \`level admin\` (stats socket ${node.admin.socket} level admin), or start HAProxy with a master CLI (-S ${node.admin.masterSocket}).`;
    case "no-such-target":
      return "That node's HAProxy has no such backend or server: compare the names with `k3s-lb status -o wide`.";
    case "other":
      return "HAProxy does not know the command so: is that its stats socket, and of which version?";
  }
}

function statusHint(statusCode: number, node: FleetNode): string {
  if (statusCode === 401 && node.stats.password === undefined) {
    return "Orders need the password of that node's `stats auth`: set `stats.username` and `stats.password`.";
  }
  if (statusCode === 401) return "Compare `stats.username` and `stats.password` with that node's `stats auth` line.";
  if (statusCode === 403) return "A rule in that node's stats section refuses this host: use --via ssh (or auto).";
  return `That was not HAProxy's admin form: check \`stats.path\` (${node.stats.path}) and \`stats.port\` (${node.stats.port}).`;
}
