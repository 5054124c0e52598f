import type { Intent, LedgerFacts } from "./ledger.ts";
import type { ServerStatus } from "./status.ts";
import type { LedgerRelation, MasterCell, NodeView, ServerCell, ServerLedger } from "./view.ts";

/** The intents of a ledger by node, backend and server; without a key put together, as it is asked for every cell. */
export type IntentIndex = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, Intent>>>;

/** An order of which nothing is written is under way for so long; only then its absence is worth a word. */
const underWayMs = 2 * 60_000;

/** How far the clocks of a node and of this machine may be apart before a restart is taken for a later one. */
const clockSlackMs = 10_000;

export function indexIntents({ intents }: LedgerFacts): IntentIndex {
  const index = new Map<string, Map<string, Map<string, Intent>>>();
  for (const intent of intents) {
    const ofNode = index.get(intent.node) ?? new Map<string, Map<string, Intent>>();
    const ofBackend = ofNode.get(intent.backend) ?? new Map<string, Intent>();
    index.set(intent.node, ofNode.set(intent.backend, ofBackend.set(intent.server, intent)));
  }
  return index;
}

/**
 * The node with its server lines held beside the ledger. Only a fresh node's: an old page says nothing of today.
 * Shape: the same node where there is nothing to say. Units: `wallMs` Unix time now.
 */
export function markNode(node: NodeView, index: IntentIndex, wallMs: number): NodeView {
  if (node.state !== "fresh") return node;
  const intents = index.get(node.name);
  const markServer = (server: ServerCell): ServerCell => {
    const ledger = compare(server, intents?.get(server.backend)?.get(server.server), node, wallMs);
    return ledger === undefined ? server : { ...server, ledger };
  };
  const cells = changed(node.cells, (cell): MasterCell => {
    const servers = changed(cell.servers, markServer);
    return servers === cell.servers ? cell : { ...cell, servers };
  });
  return cells === node.cells ? node : { ...node, cells };
}

/** The same list where nothing in it changes, as in nearly every cell of a fleet. */
function changed<Item>(items: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  let copy: Item[] | undefined;
  for (const [index, item] of items.entries()) {
    const next = change(item);
    if (next === item) continue;
    copy ??= [...items];
    copy[index] = next;
  }
  return copy ?? items;
}

function compare(
  { row }: ServerCell,
  intent: Intent | undefined,
  node: NodeView,
  wallMs: number,
): ServerLedger | undefined {
  const isExpired = intent?.untilMs !== undefined && intent.untilMs <= wallMs;
  const restartedAgoMs = intent && restartAfter(intent, node, wallMs);
  const relation = relate(row.status, intent, isExpired, restartedAgoMs !== undefined);
  if (relation === undefined) return undefined;
  if (intent === undefined) return { relation, intent, agoMs: 0, isExpired, restartedAgoMs };
  // A page from before the order says nothing about it, nor does one while its console is still at work.
  if (wallMs - (node.ageMs ?? 0) < intent.sinceMs) return undefined;
  const agoMs = Math.max(0, wallMs - intent.sinceMs);
  if (!intent.isSettled && relation !== "held" && agoMs < underWayMs) return undefined;
  return { relation, intent, agoMs, isExpired, restartedAgoMs };
}

/**
 * MAINT shows always, a drain under DOWN and NOLB never (haproxy-facts §1.2). A state that follows from another
 * server, from DNS or from an agent is nobody's order. Past its time an order that is gone is what was wanted.
 */
function relate(
  { admin, health, cause }: ServerStatus,
  intent: Intent | undefined,
  isExpired: boolean,
  hasRestarted: boolean,
): LedgerRelation | undefined {
  const isOut = admin === "drain" || admin === "maint";
  if (intent === undefined || intent.state === "ready") return isOut && cause === undefined ? "elsewhere" : undefined;
  if (isOut) return admin === intent.state || cause !== undefined ? "held" : "elsewhere";
  const isDown = health === "down" || health === "stopping";
  if (isDown && intent.state === "drain" && !hasRestarted) return "pending";
  return (isDown || admin === "ready") && !isExpired ? "drift" : undefined;
}

/** A restart forgets every order. Either this console saw it, or the process says when it began. */
function restartAfter(intent: Intent, node: NodeView, wallMs: number): number | undefined {
  const started = node.record?.process?.startedAtSeconds;
  const byProcess = started === undefined ? undefined : wallMs - started * 1000 + clockSlackMs;
  const agoMs = wallMs - intent.sinceMs;
  if (node.restartedAgoMs !== undefined && node.restartedAgoMs < agoMs) return node.restartedAgoMs;
  return byProcess !== undefined && byProcess < agoMs ? Math.max(0, byProcess - clockSlackMs) : undefined;
}
