import type { LedgerRelation, MasterCell, MasterIntent, NodeView, ServerLedger } from "./view.ts";

/** A node's server line of one master that is to be told of, beside the ledger. */
export type LedgerNode = { readonly node: NodeView; readonly ledger: ServerLedger };

/** One master beside the ledger: its nodes by how they stand to it, and who took it out of service. */
export type MasterLedger = Readonly<Record<LedgerRelation, readonly LedgerNode[]>> & {
  /** The nodes of `pending`, to be asked for quickly. */
  readonly hidden: ReadonlySet<NodeView>;
  readonly intent: MasterIntent | undefined;
  /** Others took it out of service too, on other nodes. */
  readonly hasOthers: boolean;
};

/** What stands out most speaks for a master that several backends of a node hold. */
const order: readonly LedgerRelation[] = ["drift", "elsewhere", "pending", "held"];

/** Gathers what `markNode` found. `index` is the master's place in the fleet. */
export function gatherLedger(nodes: readonly NodeView[], index: number): MasterLedger {
  const found: Record<LedgerRelation, LedgerNode[]> = { held: [], drift: [], pending: [], elsewhere: [] };
  const asked: LedgerNode[] = [];
  for (const node of nodes) {
    const ledger = cellLedger(node.cells[index]);
    if (ledger === undefined) continue;
    found[ledger.relation].push({ node, ledger });
    if (ledger.relation !== "elsewhere") asked.push({ node, ledger });
  }
  const [intent, ...others] = masterIntents(asked);
  const hidden = new Set(found.pending.map(({ node }) => node));
  return { ...found, hidden, intent, hasOthers: others.length > 0 };
}

/** What the ledger has to say of a cell, if anything. */
export function cellLedger(cell: MasterCell | undefined): ServerLedger | undefined {
  let most: ServerLedger | undefined;
  for (const { ledger } of cell?.servers ?? []) {
    if (ledger === undefined) continue;
    if (most === undefined || order.indexOf(ledger.relation) < order.indexOf(most.relation)) most = ledger;
  }
  return most;
}

/** By operation, the one with the most nodes first. `sinceMs` is when it first took effect. */
function masterIntents(nodes: readonly LedgerNode[]): readonly MasterIntent[] {
  const byOperation = new Map<string, { readonly intent: MasterIntent; readonly names: string[] }>();
  for (const { node, ledger } of nodes) {
    const { intent, isExpired } = ledger;
    if (intent === undefined || intent.state === "ready") continue;
    const known = byOperation.get(intent.id);
    known?.names.push(node.name);
    if (known !== undefined && known.intent.sinceMs <= intent.sinceMs) continue;
    const { id, state, who, reason, sinceMs, untilMs } = intent;
    const names = known?.names ?? [node.name];
    byOperation.set(id, { intent: { id, state, who, reason, sinceMs, untilMs, isExpired, nodes: names }, names });
  }
  return [...byOperation.values()].map(({ intent }) => intent).sort((a, b) => b.nodes.length - a.nodes.length);
}
