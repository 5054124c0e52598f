import type { SessionCounters, SessionFlow } from "./session-flow.ts";

/** The columns of a server or backend row that sessions move. */
export function sessionColumns(counters: SessionCounters, nowMs: number): Record<string, string | number> {
  const sinceLastMs = counters.lastAtMs === undefined ? undefined : nowMs - counters.lastAtMs;
  return {
    scur: counters.current,
    smax: counters.peak,
    stot: counters.total,
    bin: counters.bytesIn,
    bout: counters.bytesOut,
    lbtot: counters.chosen,
    rate: sinceLastMs !== undefined && sinceLastMs < 1000 ? counters.openedThisSecond : 0,
    rate_max: counters.peakPerSecond,
    cli_abrt: counters.clientAborts,
    srv_abrt: counters.serverAborts,
    lastsess: sinceLastMs === undefined ? -1 : Math.floor(sinceLastMs / 1000),
    connect: counters.total + counters.connectErrors,
    reqbin: counters.bytesIn,
    reqbout: counters.bytesIn,
    resbin: counters.bytesOut,
    resbout: counters.bytesOut,
  };
}

/** The counters of the backend: its servers' together, and the connections that found no server. */
export function sumSessions(flow: SessionFlow): SessionCounters {
  const sum = (pick: (counters: SessionCounters) => number): number =>
    flow.lines.reduce((total, line) => total + pick(line.counters), 0);
  const times = flow.lines.flatMap((line) => line.counters.lastAtMs ?? []);
  return {
    current: sum((counters) => counters.current),
    peak: sum((counters) => counters.peak),
    total: sum((counters) => counters.total),
    bytesIn: sum((counters) => counters.bytesIn),
    bytesOut: sum((counters) => counters.bytesOut),
    connectErrors: sum((counters) => counters.connectErrors) + flow.refusedForLackOfServer,
    retries: sum((counters) => counters.retries),
    clientAborts: sum((counters) => counters.clientAborts),
    serverAborts: sum((counters) => counters.serverAborts),
    chosen: sum((counters) => counters.chosen),
    lastAtMs: times.length === 0 ? undefined : Math.max(...times),
    openedThisSecond: sum((counters) => counters.openedThisSecond),
    peakPerSecond: sum((counters) => counters.peakPerSecond),
  };
}
