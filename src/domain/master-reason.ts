import type { Cause } from "./cause.ts";
import { byWords, restartWords } from "./intent-words.ts";
import { faultyNodes, type MasterTally } from "./master-view.ts";
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
  const down = faultyNodes(tally);
  const pending = seen.down.filter((node) => tally.ledger.hidden.has(node));
  const out = [...seen.drain, ...seen.maint, ...pending];
  // Where some nodes are plainly down, their cause has just been said.
  const because = down.length > 0 && tally.verdict !== "drained" ? "" : ` (${cause.words})`;
  const outWords = () => outOfServiceWords({ ...seen, down: pending }, on, because) + byWords(tally.ledger);
  switch (tally.verdict) {
    case "up":
      return `up on ${on(seen.up)}`;
    case "down":
      return `down on ${on(down)}: ${cause.words}${out.length === 0 ? "" : `; ${outWords()}`}`;
    case "path": {
      const labels = sharedLabels(down, [...seen.up, ...out]);
      const shared = labels.length === 0 ? "" : `, all ${labels.join(" ")}`;
      return `down on ${on(down)}${shared}: ${cause.words}${out.length === 0 ? "" : `; ${outWords()}`}`;
    }
    case "drained":
    case "maint": {
      const unseen = down.length === 0 ? "" : `, down on ${on(down)}, where a drain cannot be seen`;
      return `${outWords()}${unseen}`;
    }
    case "drift":
      return driftWords(tally, on);
    case "partly-drained": {
      const labels = sharedLabels(seen.up, out);
      const shared = labels.length === 0 ? "" : `, all ${labels.join(" ")}`;
      return `${outWords()}, still in service on ${on(seen.up)}${shared}`;
    }
    case "absent":
      return "in no node's HAProxy configuration";
    case "unknown":
      return "not known: no node says how it is";
  }
}

type NameNodes = (nodes: readonly NodeView[]) => string;

/** `seen.down` are those whose DOWN hides a drain. */
function outOfServiceWords(seen: MasterTally["seen"], on: NameNodes, because: string): string {
  const drained = seen.drain.length === 0 ? [] : [`drained on ${on(seen.drain)}`];
  const maint = seen.maint.length === 0 ? [] : [`in maintenance on ${on(seen.maint)}`];
  const pending = seen.down.length === 0 ? [] : [`down${because} with its drain pending on ${on(seen.down)}`];
  return [...drained, ...maint, ...pending].join(" and ");
}

function driftWords({ ledger, seen }: MasterTally, on: NameNodes): string {
  const drifted = ledger.drift.map(({ node }) => node);
  const ledgers = ledger.drift.map((each) => each.ledger);
  const state = ledgers.every(({ intent }) => intent?.state === "maint") ? "in maintenance" : "drained";
  const isDrifted = new Set(drifted);
  const others = seen.up.filter((node) => !isDrifted.has(node));
  const untouched = others.length === 0 ? "" : `; in service, as nobody asked otherwise, on ${on(others)}`;
  const silent = ledgers.every(({ intent }) => intent?.isSettled === false)
    ? "; the console that began it never said what became of it"
    : "";
  const by = byWords(ledger).trim();
  return `not ${state} on ${on(drifted)}, though it should be (${by})${restartWords(ledgers)}${silent}${untouched}`;
}
