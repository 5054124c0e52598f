import { type Rates, ratesOf, unknownRates } from "./rates.ts";
import type { StatsRow } from "./stats.ts";
import type { MasterView, NodeView } from "./view.ts";

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
};

/** `master` is its place among the fleet's; without it, all of them. Old values are not counted. */
export function trafficOf(nodes: readonly NodeView[], master?: number): Traffic {
  const sums: { -readonly [Name in keyof Traffic]: Traffic[Name] } = { ...nothing };
  for (const { rates, row } of linesOf(nodes, master)) {
    for (const name of summed) sums[name] = plus(sums[name], rates?.[name]);
    sums.queue = plus(sums.queue, row.queue);
    sums.areBytesFrozen ||= rates?.areBytesFrozen === true;
    sums.changedAgoMs = best(Math.min, sums.changedAgoMs, row.sinceChangeSeconds);
    sums.downtimeMs = best(Math.max, sums.downtimeMs, row.downtimeSeconds);
  }
  if (!sums.areBytesFrozen) return sums;
  return {
    ...sums,
    bytesInPerSecond: sums.bytesInPerSecond || undefined,
    bytesOutPerSecond: sums.bytesOutPerSecond || undefined,
  };
}

const summed = [
  "bytesInPerSecond",
  "bytesOutPerSecond",
  "sessionsPerSecond",
  "connectErrorsPerSecond",
  "retriesPerSecond",
  "redispatchesPerSecond",
  "abortsPerSecond",
] as const;

const nothing: Traffic = {
  ...unknownRates,
  queue: undefined,
  changedAgoMs: undefined,
  downtimeMs: undefined,
};

/** The same answer as that of `trafficOf`, without the sums. */
export function hasFrozenTraffic(nodes: readonly NodeView[], master?: number): boolean {
  for (const { rates } of linesOf(nodes, master)) if (rates?.areBytesFrozen === true) return true;
  return false;
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

/** The rows of the nodes that answer. One after the other, as there may be tens of thousands, ten times a second. */
function* linesOf(
  nodes: readonly NodeView[],
  master: number | undefined,
): Generator<{ readonly row: StatsRow; readonly rates: Rates | undefined }> {
  for (const { cells, record, state } of nodes) {
    if (state !== "fresh") continue;
    for (const cell of master === undefined ? cells : cells.slice(master, master + 1)) {
      for (const { row } of cell.servers) yield { row, rates: record && ratesOf(record, row) };
    }
  }
}

function plus(sum: number | undefined, value: number | undefined): number | undefined {
  return sum === undefined || value === undefined ? (sum ?? value) : sum + value;
}

function best(
  choose: (a: number, b: number) => number,
  bestMs: number | undefined,
  seconds: number | undefined,
): number | undefined {
  if (seconds === undefined) return bestMs;
  return bestMs === undefined ? seconds * 1000 : choose(bestMs, seconds * 1000);
}
