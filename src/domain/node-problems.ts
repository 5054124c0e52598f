import { formatAge } from "./ages.ts";
import type { FailureKind } from "./failure.ts";
import { nameNodes, nameNodesOf } from "./node-words.ts";
import { sharedLabels } from "./shared-labels.ts";
import type { NodeView, Problem } from "./view.ts";

/** A restart is worth a note for this long. */
const restartNoteMs = 10 * 60_000;

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

/** One problem per kind of failure; the commonest detail and its hint speak for the kind. */
function failingNodes(nodes: readonly NodeView[]): readonly Problem[] {
  const kinds = new Map<FailureKind, NodeView[]>();
  for (const node of nodes) {
    if (node.failure === undefined || node.state !== node.failure.kind) continue;
    const same = kinds.get(node.failure.kind);
    if (same === undefined) kinds.set(node.failure.kind, [node]);
    else same.push(node);
  }
  return [...kinds].map(([kind, failing]) => {
    const answering = nodes.filter((node) => node.votes || node.cutOff);
    const labels = sharedLabels(failing, answering);
    const shared = labels.length === 0 || failing.length === 1 ? "" : `, all ${labels.join(" ")},`;
    const failure = mostCommon(failing);
    const detail = failure?.detail === undefined || failure.detail === "" ? "" : ` (${failure.detail})`;
    const text = `${nameNodesOf(names(failing), nodes.length)}${shared} ${failureWords[kind]}${detail}`;
    return {
      severity: "WARNING",
      kind: "node-failure",
      master: undefined,
      nodes: names(failing),
      text,
      fix: failure?.hint ?? "",
    } as const;
  });
}

function mostCommon(failing: readonly NodeView[]): NodeView["failure"] {
  const counts = new Map<string, number>();
  for (const node of failing) counts.set(node.failure?.detail ?? "", (counts.get(node.failure?.detail ?? "") ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return failing.find((node) => (node.failure?.detail ?? "") === most?.[0])?.failure;
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
  const restarted = nodes.filter((node) => node.restartedAgoMs !== undefined && node.restartedAgoMs < restartNoteMs);
  if (restarted.length === 0) return [];
  const agoMs = Math.min(...restarted.map((node) => node.restartedAgoMs ?? 0));
  const text = `HAProxy restarted on ${nameNodes(names(restarted))}, last ${formatAge(agoMs)} ago`;
  const fix = "a restart or reload forgets every drain: look whether one is missing there";
  return [{ severity: "OK", kind: "node-restarted", master: undefined, nodes: names(restarted), text, fix }];
}
