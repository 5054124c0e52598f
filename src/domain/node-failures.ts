import type { FailureKind } from "./failure.ts";
import { nameNodesOf } from "./node-words.ts";
import { sharedLabels } from "./shared-labels.ts";
import type { NodeFailure, NodeView } from "./view.ts";

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

/** A node whose failure stands: not a lost poll of one that is still fresh. */
export type FailingNode = NodeView & { readonly failure: NodeFailure };

/** Nodes that fail in the same way, for whom the same hint is true. The largest group first. */
export function failuresByCause(nodes: readonly NodeView[]): readonly (readonly [FailingNode, ...FailingNode[]])[] {
  const causes = new Map<string, [FailingNode, ...FailingNode[]]>();
  for (const node of nodes) {
    if (!isFailing(node)) continue;
    const cause = `${node.failure.kind} ${node.failure.detail}`;
    const same = causes.get(cause);
    if (same === undefined) causes.set(cause, [node]);
    else same.push(node);
  }
  return [...causes.values()].sort((a, b) => b.length - a.length);
}

/** "3 of 40 nodes (node[01-03]), all site=b, timed out (no answer in time)". */
export function failureText(failing: readonly [FailingNode, ...FailingNode[]], nodes: readonly NodeView[]): string {
  const { kind, detail } = failing[0].failure;
  const labels = sharedLabels(
    failing,
    nodes.filter((node) => node.votes || node.cutOff),
  );
  const shared = labels.length === 0 || failing.length === 1 ? "" : `, all ${labels.join(" ")},`;
  const who = nameNodesOf(
    failing.map(({ name }) => name),
    nodes.length,
  );
  return `${who}${shared} ${failureWords[kind]}${detail === "" ? "" : ` (${detail})`}`;
}

function isFailing(node: NodeView): node is FailingNode {
  return node.failure !== undefined && node.state === node.failure.kind;
}
