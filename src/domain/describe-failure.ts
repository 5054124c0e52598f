import { failureDetails as d, type PollFailure } from "./failure.ts";
import { formatHostPort } from "./host.ts";
import type { FleetNode } from "./inventory.ts";
import { describeNotStats } from "./not-stats.ts";

/** One sentence on what is wrong, one on what to do about it. */
export type FailureText = { readonly text: string; readonly hint: string };

/**
 * Puts a failure into words for an operator who was woken by it.
 * Shape: `text` names where it was asked and what came of it; `hint` is the next thing to look at or to change, by the
 * names of the fleet file and of HAProxy's configuration. Both are one line; neither ever holds a secret.
 */
export function describeFailure(failure: PollFailure, node: FleetNode): FailureText {
  const place = formatHostPort(node.address, node.stats.port);
  switch (failure.kind) {
    case "unreachable":
      return { text: `Cannot connect to ${place}: ${failure.detail}.`, hint: unreachableHint(failure.detail, node) };
    case "timeout":
      return {
        text: `${place}: ${failure.detail} (${node.poll.timeoutMs} ms).`,
        hint: timeoutHint(failure.detail, node),
      };
    case "dns":
      return { text: `Cannot resolve ${node.address}: ${failure.detail}.`, hint: dnsHint(failure.detail) };
    case "tls":
      return { text: `TLS to ${place} failed: ${failure.detail}.`, hint: tlsHint(failure.detail, node) };
    case "unauthorized":
      return unauthorized(node, place);
    case "forbidden":
      return {
        text: `${place} answers 403: this address or user may not read the page.`,
        hint: "Look for a `http-request deny` or an ACL in that node's stats section, and whether it knows this host's address.",
      };
    case "http-status":
      return { text: `${place} ${failure.detail} instead of a stats page.`, hint: statusHint(failure, node) };
    case "too-large":
      return {
        text: `${place} sends more than 1 MiB.`,
        hint: "That is no stats page of this pattern: check `stats.port` and `stats.path`. With very many backends set `poll.source: stats` and `stats scope`.",
      };
    case "not-stats":
      return { text: `${place} sends ${failure.detail}.`, hint: notStatsHint(failure.detail, node) };
  }
}

function unreachableHint(detail: string, node: FleetNode): string {
  switch (detail) {
    case d.refused:
      return `The node answers, but nothing listens on port ${node.stats.port}: is haproxy running there (systemctl status haproxy), and is \`stats.port\` right?`;
    case d.noRoute:
    case d.networkDown:
      return "The node is off or the path to it is gone: check the VPN and the routes from here.";
    case d.reset:
    case d.closed:
      return node.stats.tls === undefined
        ? "Something listens but hangs up: does the port want https (`stats.tls`), or is HAProxy restarting?"
        : "Something listens but hangs up: does the port speak plain http (then remove `stats.tls`), or want a client certificate?";
    case d.lost:
      return "HAProxy was restarted in the middle, or the path drops packets: if it stays, look at the VPN's MTU.";
    case d.noFiles:
      return "Raise the limit of open files for this console: ulimit -n 8192.";
    case d.notPermitted:
      return "A local firewall or policy keeps this console from connecting: check the output rules on this machine.";
    default:
      return "Check the network between this machine and the node.";
  }
}

function timeoutHint(detail: string, node: FleetNode): string {
  if (detail === d.connectTimeout) {
    return "The node is off, or a firewall drops the packets: check the VPN and ping it.";
  }
  if (detail === d.handshakeTimeout) {
    return "The node takes connections but does not speak TLS: does the port speak plain http? Then remove `stats.tls`.";
  }
  const more = "If the path is just slow, raise `poll.timeout`.";
  if (node.stats.tls === undefined)
    return `The node takes connections but answers too slowly: is HAProxy overloaded? ${more}`;
  return `The node takes connections but answers too slowly: is HAProxy overloaded, or does the port speak plain http? ${more}`;
}

function dnsHint(detail: string): string {
  return detail === d.nameNotFound
    ? "Correct the node's `address` in the fleet file, or use its IP address, which works without DNS."
    : "DNS does not work from here: check /etc/resolv.conf, or use IP addresses in the fleet file.";
}

function tlsHint(detail: string, node: FleetNode): string {
  switch (detail) {
    case d.expired:
    case d.notYetValid:
      return "Renew the certificate of that node's stats bind, and compare the clocks.";
    case d.selfSigned:
    case d.unknownIssuer:
      return "Put the certificate (or its issuer's) into `stats.tls.ca`.";
    case d.otherName:
      return `Set \`stats.tls.servername\` to a name that the certificate holds; asked was ${node.stats.tls?.servername ?? node.address}.`;
    case d.notTls:
      return "Remove `stats.tls` for this node, or add `ssl crt <file>` to its stats bind.";
    case d.speaksTls:
      return "Add `stats.tls` for this node: its stats bind has `ssl`.";
    case d.clientCertificate:
      return "Set `stats.tls.cert` and `stats.tls.key`: the stats bind has `verify required`.";
    default:
      return "Check the TLS versions and ciphers of the stats bind, and the files in `stats.tls`.";
  }
}

function unauthorized(node: FleetNode, place: string): FailureText {
  if (node.stats.password === undefined) {
    return {
      text: `${place} wants a password, and none is configured.`,
      hint: "Set `stats.username` and `stats.password` as in that node's `stats auth` line, or open /metrics there.",
    };
  }
  if (node.poll.source === "metrics") {
    return {
      text: `${place} wants a password for /metrics and refuses the one of user ${node.stats.username}.`,
      hint: "Set `poll.source: stats`, or correct `stats.username` and `stats.password`.",
    };
  }
  return {
    text: `${place} refuses user ${node.stats.username} or the password.`,
    hint: "Compare `stats.username` and `stats.password` with that node's `stats auth` line; was the password changed there?",
  };
}

function statusHint(failure: PollFailure, node: FleetNode): string {
  const status = failure.statusCode ?? 0;
  if (status >= 300 && status < 400)
    return "Redirects are not followed: set `stats.port`, `stats.path` and `stats.tls` to where the page is.";
  if (status === 503 || status === 404) {
    return `Is the \`stats uri\` of that node another path than ${node.stats.path}, or is the port another service?`;
  }
  if (status === 400) return "Is this an https port (`stats.tls`), or another service?";
  if (status === 429) return "Something limits the rate of requests: raise `poll.interval`.";
  return "Check `stats.port` and `stats.path`: is something in front of HAProxy answering?";
}

function notStatsHint(detail: string, node: FleetNode): string {
  if (detail === describeNotStats("no-rows"))
    return "`stats scope` hides every proxy from this page: add the backend to it.";
  if (detail === describeNotStats("compressed"))
    return "Take the compression off that listener: it answers compressed without being asked.";
  if (detail === describeNotStats("not-http")) return "Check `stats.port`: is it HAProxy's stats bind?";
  if (detail === describeNotStats("cut-off"))
    return "HAProxy may have been restarted in the middle; if it stays, look at what is between here and the node.";
  return node.poll.source === "metrics"
    ? "Is the prometheus-exporter configured on that listener? Else set `poll.source: stats`."
    : `Check \`stats.port\` (${node.stats.port}) and \`stats.path\` (${node.stats.path}): is it HAProxy's stats page?`;
}
