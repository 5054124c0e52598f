import type { Cause } from "./cause.ts";
import type { MasterTally } from "./master-view.ts";
import { nameNodesOf } from "./node-words.ts";
import { sharedLabels } from "./shared-labels.ts";
import type { NodeView } from "./view.ts";

/**
 * Why a master has its verdict, as a clause that reads after "master-2 is": "down on 3 of 40 nodes (node[01-03]),
 * all site=b: connection refused". `cause` is that of the nodes which see it down.
 */
export function masterReason(tally: MasterTally, cause: Cause): string {
  const { seen } = tally;
  const total = seen.up.length + seen.down.length + seen.drain.length + seen.maint.length;
  const voters = total + seen.absent.length + seen.unknown.length;
  const withoutVote = Object.values(tally.nodes).reduce((sum, count) => sum + count, 0) - voters;
  const on = (nodes: readonly NodeView[]) =>
    nameNodesOf(
      nodes.map((node) => node.name),
      total,
      total + withoutVote,
    );
  const out = [...seen.drain, ...seen.maint];
  const outWords = outOfServiceWords(seen, on);
  switch (tally.verdict) {
    case "up":
      return `up on ${on(seen.up)}`;
    case "down":
      return `down on ${on(seen.down)}: ${cause.words}`;
    case "path": {
      const labels = sharedLabels(seen.down, [...seen.up, ...out]);
      const shared = labels.length === 0 ? "" : `, all ${labels.join(" ")}`;
      return `down on ${on(seen.down)}${shared}: ${cause.words}${out.length === 0 ? "" : `; ${outWords}`}`;
    }
    case "drained":
    case "maint": {
      const down = seen.down.length === 0 ? "" : `, down on ${on(seen.down)}, where a drain cannot be seen`;
      return `${outWords}${down}`;
    }
    case "partly-drained": {
      const labels = sharedLabels(seen.up, out);
      const shared = labels.length === 0 ? "" : `, all ${labels.join(" ")}`;
      return `${outWords}, still in service on ${on(seen.up)}${shared}`;
    }
    case "absent":
      return "in no node's HAProxy configuration";
    case "unknown":
      return "not known: no node says how it is";
  }
}

function outOfServiceWords(seen: MasterTally["seen"], on: (nodes: readonly NodeView[]) => string): string {
  const drained = seen.drain.length === 0 ? [] : [`drained on ${on(seen.drain)}`];
  const maint = seen.maint.length === 0 ? [] : [`in maintenance on ${on(seen.maint)}`];
  return [...drained, ...maint].join(" and ");
}
