import type { NodeRecord } from "./fleet.ts";
import { findRow } from "./restart.ts";
import type { StatsRow } from "./stats.ts";

/**
 * What changed per second between the last two good readings; `undefined` where that is not known. `areBytesFrozen`: bytes
 * stand still though sessions are open, so that nobody knows how many flow.
 */
export type Rates = {
  readonly bytesInPerSecond: number | undefined;
  readonly bytesOutPerSecond: number | undefined;
  readonly sessionsPerSecond: number | undefined;
  readonly connectErrorsPerSecond: number | undefined;
  readonly retriesPerSecond: number | undefined;
  readonly redispatchesPerSecond: number | undefined;
  readonly abortsPerSecond: number | undefined;
  readonly areBytesFrozen: boolean;
};

/** Nothing is known yet. */
export const unknownRates: Rates = {
  bytesInPerSecond: undefined,
  bytesOutPerSecond: undefined,
  sessionsPerSecond: undefined,
  connectErrorsPerSecond: undefined,
  retriesPerSecond: undefined,
  redispatchesPerSecond: undefined,
  abortsPerSecond: undefined,
  areBytesFrozen: false,
};

/** Bytes per second as tables show them: "850B", "12k", "3.4M"; "-" where they are not known. */
export function formatByteRate(bytesPerSecond: number | undefined): string {
  if (bytesPerSecond === undefined) return "-";
  let rest = bytesPerSecond;
  for (const unit of ["B", "k", "M", "G"]) {
    if (Math.round(rest) < 1000) return `${unit === "B" || rest >= 10 ? Math.round(rest) : rest.toFixed(1)}${unit}`;
    rest /= 1000;
  }
  return `${Math.round(rest)}T`;
}

/**
 * The rates of one row of the node's last good reading.
 * Shape: all `undefined` after only one reading, across a gap, a failure or a restart (`record.previous` is empty
 * then), and bytes `undefined` while they are frozen: never a false 0 B/s.
 */
export function ratesOf(record: NodeRecord, row: StatsRow): Rates {
  const earlier = earlierRow(record, row);
  if (earlier === undefined || record.good === undefined || record.previous === undefined) return unknownRates;
  const seconds = (record.good.atMs - record.previous.atMs) / 1000;
  if (!(seconds > 0)) return unknownRates;
  const isFrozen = standsStill(earlier, row);
  return {
    bytesInPerSecond: isFrozen ? undefined : perSecond(earlier.bytesIn, row.bytesIn, seconds),
    bytesOutPerSecond: isFrozen ? undefined : perSecond(earlier.bytesOut, row.bytesOut, seconds),
    sessionsPerSecond: perSecond(earlier.sessionsTotal, row.sessionsTotal, seconds),
    connectErrorsPerSecond: perSecond(earlier.connectErrors, row.connectErrors, seconds),
    retriesPerSecond: perSecond(earlier.connectRetries, row.connectRetries, seconds),
    redispatchesPerSecond: perSecond(earlier.redispatches, row.redispatches, seconds),
    abortsPerSecond: perSecond(earlier.serverAborts, row.serverAborts, seconds),
    areBytesFrozen: isFrozen,
  };
}

function earlierRow(record: NodeRecord, row: StatsRow): StatsRow | undefined {
  // A page has its rows in the same order each time, and every frame asks for thousands of them.
  return record.previous && findRow(record.previous.rows, row, record.good?.rows.indexOf(row) ?? -1);
}

/**
 * Bytes stand still though sessions are open: without `option contstats` HAProxy may count the bytes of a session only
 * when it ends, so that nothing can be said about the flow.
 */
function standsStill(earlier: StatsRow, row: StatsRow): boolean {
  const hasSessions = (earlier.sessions ?? 0) > 0 && (row.sessions ?? 0) > 0;
  return hasSessions && earlier.bytesIn === row.bytesIn && earlier.bytesOut === row.bytesOut;
}

function perSecond(earlier: number | undefined, now: number | undefined, seconds: number): number | undefined {
  if (earlier === undefined || now === undefined || now < earlier) return undefined;
  return (now - earlier) / seconds;
}
