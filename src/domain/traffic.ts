import { hasFrozenBytes, type Rates, ratesOf } from "./rates.ts";
import type { MasterView, NodeView, ServerCell } from "./view.ts";

/**
 * What runs to one master, or through some nodes, by those that answer now.
 * Shape: sums of what is known, `undefined` where no node knows it; `areBytesFrozen`: somewhere sessions are open and no
 * byte of them is counted, as without `option contstats`, so that bytes are a part of the truth, and never a false 0.
 * Units: those of `Rates`; `changedAgoMs` since the latest change of state, `downtimeMs` the longest that a node counts.
 */
export type Traffic = Rates & {
  readonly queue: number | undefined;
  readonly changedAgoMs: number | undefined;
  readonly downtimeMs: number | undefined;
  readonly areBytesFrozen: boolean;
};

/** `master` is its place among the fleet's; without it, all of them. Old values are not counted. */
export function trafficOf(nodes: readonly NodeView[], master?: number): Traffic {
  const lines = nodes.filter(({ state }) => state === "fresh").flatMap((node) => linesOf(node, master));
  const rates = lines.map(({ node: { record }, row }) => (record === undefined ? undefined : ratesOf(record, row)));
  const rate = (name: keyof Rates) => total(rates.map((one) => one?.[name]));
  const areBytesFrozen = lines.some(({ node: { record }, row }) => record !== undefined && hasFrozenBytes(record, row));
  const bytes = (name: "bytesInPerSecond" | "bytesOutPerSecond") => {
    const known = rate(name);
    return areBytesFrozen && known === 0 ? undefined : known;
  };
  const changes = lines.flatMap(({ row }) => row.sinceChangeSeconds ?? []);
  const downtimes = lines.flatMap(({ row }) => row.downtimeSeconds ?? []);
  return {
    bytesInPerSecond: bytes("bytesInPerSecond"),
    bytesOutPerSecond: bytes("bytesOutPerSecond"),
    sessionsPerSecond: rate("sessionsPerSecond"),
    connectErrorsPerSecond: rate("connectErrorsPerSecond"),
    retriesPerSecond: rate("retriesPerSecond"),
    redispatchesPerSecond: rate("redispatchesPerSecond"),
    abortsPerSecond: rate("abortsPerSecond"),
    queue: total(lines.map(({ row }) => row.queue)),
    changedAgoMs: changes.length === 0 ? undefined : least(changes) * 1000,
    downtimeMs: downtimes.length === 0 ? undefined : most(downtimes) * 1000,
    areBytesFrozen,
  };
}

/** A master's part of all sessions, from 0 to 1; `undefined` where there are none. */
export function shareOf({ sessions }: MasterView, masters: readonly MasterView[]): number | undefined {
  const all = masters.reduce((sum, master) => sum + master.sessions, 0);
  return all === 0 ? undefined : sessions / all;
}

/** With fewer sessions than these, a share is chance. */
const sessionsThatTell = 10;

/** Whether it holds over twice its fair share: an equal part for every master that some node would send to. */
export function holdsTooMuch(master: MasterView, masters: readonly MasterView[]): boolean {
  const taking = masters.filter(({ nodes }) => nodes.up > 0).length;
  const share = shareOf(master, masters);
  return share !== undefined && master.sessions >= sessionsThatTell && taking > 0 && share * taking > 2;
}

type Line = { readonly node: NodeView; readonly row: ServerCell["row"] };

function linesOf(node: NodeView, master: number | undefined): readonly Line[] {
  const cells = master === undefined ? node.cells : node.cells.slice(master, master + 1);
  return cells.flatMap(({ servers }) => servers.map(({ row }) => ({ node, row })));
}

function total(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}

/** Not by a spread: of thousands of nodes it would be thousands of arguments. */
function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b));
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b));
}
