import { formatAge } from "./ages.ts";
import type { FailureKind } from "./failure.ts";
import { nameNodes, nameNodesOf } from "./node-words.ts";
import { recentRestartMs } from "./restart.ts";
import { sharedLabels } from "./shared-labels.ts";
import type { NodeFailure, NodeView, Problem } from "./view.ts";

const failureWords: Readonly<Record<FailureKind, string>> = {
  unreachable: "cannot be reached",
  timeout: "timed out",
  unauthorized: "refused the password",
  forbidden: "forbade the stats page",
  tls: "failed at TLS",
  "http-status": "answered, but not with the stats page",
  "too-large": "answered with too much",
  "not-stats": "answered with something that is not HAProxy's stats",
  dns: "has a name that does not resolve",
};

/** What is wrong with nodes rather than with masters. `nodes` are all of the fleet. Source: design §4. */
export function nodeProblems(nodes: readonly NodeView[]): readonly Problem[] {
  return [...cutOffNodes(nodes), ...failingNodes(nodes), ...staleNodes(nodes), ...restartedNodes(nodes)];
}

function names(nodes: readonly NodeView[]): readonly string[] {
  return nodes.map((node) => node.name);
}

/** Fresh nodes that see no usable master while others do: their own trouble, each with clients that are cut off. */
function cutOffNodes(nodes: readonly NodeView[]): readonly Problem[] {
  const cutOff = nodes.filter((node) => node.cutOff);
  if (cutOff.length === 0) return [];
  const adminOnly = cutOff.every((node) =>
    node.cells.every((cell) => cell.state === "maint" || cell.state === "drain"),
  );
  const without = cutOff.every((node) => node.cells.every((cell) => cell.state === "absent"));
  const why = adminOnly ? ": every master is taken out of service there" : without ? ": no server lines there" : "";
  const fix = adminOnly
    ? "put a master back in service there: the stats page of that HAProxy, opened on the node itself"
    : without
      ? "is it the right HAProxy, and `backend` right in the fleet file?"
      : "other nodes see masters: look at these nodes' own network and VPN first";
  const labels = sharedLabels(
    cutOff,
    nodes.filter((node) => node.votes),
  );
  const shared = labels.length === 0 || cutOff.length === 1 ? "" : `, all ${labels.join(" ")}`;
  const verb = cutOff.length === 1 ? "has" : "have";
  const text = `${nameNodes(names(cutOff))}${shared} ${verb} no usable master${why}, though other nodes do`;
  return [{ severity: "CRITICAL", kind: "node-cut-off", master: undefined, nodes: names(cutOff), text, fix }];
}

/** One problem per cause: nodes that fail in the same way, for whom the same hint is true. */
function failingNodes(nodes: readonly NodeView[]): readonly Problem[] {
  const answering = nodes.filter((node) => node.votes || node.cutOff);
  return [...byCause(nodes)].map((failing) => {
    const { kind, detail, hint } = failing[0].failure;
    const labels = sharedLabels(failing, answering);
    const shared = labels.length === 0 || failing.length === 1 ? "" : `, all ${labels.join(" ")},`;
    const text = `${nameNodesOf(names(failing), nodes.length)}${shared} ${failureWords[kind]}${detail === "" ? "" : ` (${detail})`}`;
    return {
      severity: "WARNING",
      kind: "node-failure",
      master: undefined,
      nodes: names(failing),
      text,
      fix: hint,
    } as const;
  });
}

type Failing = NodeView & { readonly failure: NodeFailure };

function byCause(nodes: readonly NodeView[]): Iterable<readonly [Failing, ...Failing[]]> {
  const causes = new Map<string, [Failing, ...Failing[]]>();
  for (const node of nodes) {
    if (!isFailing(node)) continue;
    const cause = `${node.failure.kind} ${node.failure.detail}`;
    const same = causes.get(cause);
    if (same === undefined) causes.set(cause, [node]);
    else same.push(node);
  }
  return causes.values();
}

/** A failure that stands, and not a lost poll of a node that is still fresh. */
function isFailing(node: NodeView): node is Failing {
  return node.failure !== undefined && node.state === node.failure.kind;
}

function staleNodes(nodes: readonly NodeView[]): readonly Problem[] {
  const stale = nodes.filter((node) => node.state === "stale");
  if (stale.length === 0) return [];
  const oldestMs = Math.max(...stale.map((node) => node.ageMs ?? 0));
  const verb = stale.length === 1 ? "has" : "have";
  const text = `${nameNodesOf(names(stale), nodes.length)} ${verb} not answered for ${formatAge(oldestMs)}`;
  const fix = "its last poll is still under way or late: ask again, or give a longer `poll.interval`";
  return [{ severity: "WARNING", kind: "node-stale", master: undefined, nodes: names(stale), text, fix }];
}

function restartedNodes(nodes: readonly NodeView[]): readonly Problem[] {
  const restarted = nodes.filter((node) => recentRestartMs(node.restartedAgoMs) !== undefined);
  if (restarted.length === 0) return [];
  const agoMs = Math.min(...restarted.map((node) => node.restartedAgoMs ?? 0));
  const text = `HAProxy restarted on ${nameNodes(names(restarted))}, last ${formatAge(agoMs)} ago`;
  const fix = "a restart or reload forgets every drain: look whether one is missing there";
  return [{ severity: "OK", kind: "node-restarted", master: undefined, nodes: names(restarted), text, fix }];
}
