import { formatAge } from "./ages.ts";
import { failuresByCause, failureText } from "./node-failures.ts";
import { nameNodes, nameNodesOf, quotedNodes } from "./node-words.ts";
import { recentRestartMs } from "./restart.ts";
import { sharedLabels } from "./shared-labels.ts";
import type { NodeView, Problem } from "./view.ts";

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
  const others = nodes.filter((node) => node.votes);
  const adminOnly = cutOff.every((node) =>
    node.cells.every((cell) => cell.state === "maint" || cell.state === "drain"),
  );
  const without = cutOff.every((node) => node.cells.every((cell) => cell.state === "absent"));
  const why = adminOnly ? ": every master is taken out of service there" : without ? ": no server lines there" : "";
  const these = cutOff.length === 1 ? "this node's" : "these nodes'";
  const network =
    cutOff.length > others.length
      ? `most nodes have lost every master: look at the masters (systemctl status k3s) as well as at ${these} network`
      : `other nodes see masters: look at ${these} own network and VPN first`;
  const fix = adminOnly
    ? `put a master back in service there: k3s-lb enable <master> --node ${quotedNodes(names(cutOff))}`
    : without
      ? "is it the right HAProxy, and `backend` right in the fleet file?"
      : network;
  const labels = sharedLabels(cutOff, others);
  const shared = labels.length === 0 || cutOff.length === 1 ? "" : `, all ${labels.join(" ")},`;
  const verb = cutOff.length === 1 ? "has" : "have";
  const text = `${nameNodes(names(cutOff))}${shared} ${verb} no usable master${why}, though other nodes do`;
  return [{ severity: "CRITICAL", kind: "node-cut-off", master: undefined, nodes: names(cutOff), text, fix }];
}

/** One problem per cause, unless all nodes share one: then that is what `no-answer` says (fleet-problems.ts). */
function failingNodes(nodes: readonly NodeView[]): readonly Problem[] {
  return failuresByCause(nodes)
    .filter((failing) => failing.length < nodes.length)
    .map((failing) => ({
      severity: "WARNING",
      kind: "node-failure",
      master: undefined,
      nodes: names(failing),
      text: failureText(failing, nodes),
      fix: failing[0].failure.hint,
    }));
}

function staleNodes(nodes: readonly NodeView[]): readonly Problem[] {
  const stale = nodes.filter((node) => node.state === "stale");
  if (stale.length === 0) return [];
  const oldestMs = Math.max(...stale.map((node) => node.ageMs ?? 0));
  const verb = stale.length === 1 ? "has" : "have";
  const text = `${nameNodesOf(names(stale), nodes.length)} ${verb} not answered for ${formatAge(oldestMs)}`;
  const fix = "the last poll is still under way or late: ask again, or give a longer `poll.interval`";
  return [{ severity: "WARNING", kind: "node-stale", master: undefined, nodes: names(stale), text, fix }];
}

function restartedNodes(nodes: readonly NodeView[]): readonly Problem[] {
  const restarted = nodes.filter((node) => recentRestartMs(node.restartedAgoMs) !== undefined);
  if (restarted.length === 0) return [];
  const agoMs = Math.min(...restarted.map((node) => node.restartedAgoMs ?? 0));
  const last = restarted.length === 1 ? "" : ", last";
  const text = `HAProxy restarted on ${nameNodes(names(restarted))}${last} ${formatAge(agoMs)} ago`;
  const fix = "a restart or reload forgets every drain: look whether one is missing there";
  return [{ severity: "OK", kind: "node-restarted", master: undefined, nodes: names(restarted), text, fix }];
}
