import type { StatsRow } from "./stats.ts";

/** Counters that only grow while a process lives. `downtime` is none: 2.6.12 takes it back (haproxy-facts §3). */
const counters = ["sessionsTotal", "requestsTotal", "chosenTotal", "bytesIn", "bytesOut", "connectErrors"] as const;

/**
 * Tells whether counters stepped back between two readings of one node, which means that another process answers (or
 * that somebody typed `clear counters all`; only the start time of the process can tell these apart).
 * Rows are matched by proxy, name and type; rows that only one of the readings has say nothing.
 */
export function hasSteppedBack(before: readonly StatsRow[], after: readonly StatsRow[]): boolean {
  return after.some((row, index) => {
    const earlier = findRow(before, row, index);
    return earlier !== undefined && counters.some((name) => isLess(row[name], earlier[name]));
  });
}

/** The row of the same server, backend or frontend in another reading; `guess` is where it most likely stands. */
export function findRow(rows: readonly StatsRow[], wanted: StatsRow, guess: number): StatsRow | undefined {
  const likely = rows[guess];
  if (likely !== undefined && isSameRow(likely, wanted)) return likely;
  return rows.find((row) => isSameRow(row, wanted));
}

function isSameRow(a: StatsRow, b: StatsRow): boolean {
  return a.name === b.name && a.proxy === b.proxy && a.type === b.type;
}

function isLess(value: number | undefined, than: number | undefined): boolean {
  return value !== undefined && than !== undefined && value < than;
}

/** A restart is news for this long: within it, somebody may still wonder where a drain went. */
const newsMs = 10 * 60_000;

/** The age of a restart as long as it is news. Units: milliseconds. */
export function recentRestartMs(restartedAgoMs: number | undefined): number | undefined {
  return restartedAgoMs !== undefined && restartedAgoMs < newsMs ? restartedAgoMs : undefined;
}
