import type { RowKind } from "./columns.ts";
import type { EmbeddedHaproxy } from "./embedded-haproxy.ts";
import { checkDescriptions } from "./health-check.ts";
import type { ServerLine } from "./server-line.ts";
import { sessionColumns, sumSessions } from "./session-columns.ts";
import type { SessionCounters } from "./session-flow.ts";
import { type ServerWord, statusText, statusWord } from "./status-text.ts";

/**
 * One row of the page: every column that can move, by its CSV name. All rows of a kind carry the same names.
 * `server` is the state behind a server row, for those who show it in other words.
 */
export type StatsPageRow = {
  readonly kind: RowKind;
  readonly proxy: string;
  readonly name: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly server: ServerLine | undefined;
};

/** Every row of the page in HAProxy's order: stats F and B, the frontend, the servers, their backend. */
export function statsRows(haproxy: EmbeddedHaproxy, nowMs: number): readonly StatsPageRow[] {
  const { frontend, backend } = haproxy.settings;
  const sums = sumSessions(haproxy.sessions);
  return [
    statsFrontend(haproxy),
    statsBackend(haproxy, nowMs),
    {
      kind: "frontend",
      proxy: frontend,
      name: "FRONTEND",
      values: { ...names(frontend, "FRONTEND"), ...frontendCounters(sums) },
      server: undefined,
    },
    ...haproxy.sessions.lines.map(({ server, counters }) => serverRow(haproxy, server, counters, nowMs)),
    {
      kind: "backend",
      proxy: backend,
      name: "BACKEND",
      values: { ...names(backend, "BACKEND"), ...backendCounters(haproxy, sums, nowMs) },
      server: undefined,
    },
  ];
}

/** How many servers are in each of the exporter's states. */
export function countWords(haproxy: EmbeddedHaproxy): Readonly<Record<ServerWord, number>> {
  const counts: Record<ServerWord, number> = { DOWN: 0, UP: 0, MAINT: 0, DRAIN: 0, NOLB: 0 };
  for (const server of haproxy.servers) counts[statusWord(server)]++;
  return counts;
}

function names(pxname: string, svname: string): Record<string, string | number> {
  return { pxname, svname };
}

function statsFrontend(haproxy: EmbeddedHaproxy): StatsPageRow {
  const { listener } = haproxy;
  const [hrsp_1xx, hrsp_2xx, hrsp_3xx, hrsp_4xx, hrsp_5xx] = listener.responses;
  const values = {
    ...names("stats", "FRONTEND"),
    scur: listener.open,
    smax: listener.peak,
    stot: listener.connections,
    bin: listener.bytesInFinished,
    bout: listener.bytesOut,
    status: "OPEN",
    hrsp_1xx,
    hrsp_2xx,
    hrsp_3xx,
    hrsp_4xx,
    hrsp_5xx,
    req_tot: listener.requests,
    conn_tot: listener.connections,
    intercepted: listener.requests - hrsp_4xx - hrsp_5xx,
    h1sess: listener.connections,
    h1req: listener.requests,
    reqbin: listener.bytesInFinished,
    reqbout: listener.bytesInFinished,
    resbin: listener.bytesOut,
    resbout: listener.bytesOut,
    h1_open_connections: listener.open,
    h1_open_streams: 1,
    h1_total_connections: listener.connections,
    h1_total_streams: listener.requests,
    h1_bytes_in: listener.bytesIn,
    h1_bytes_out: listener.bytesOut,
  };
  return { kind: "statsFrontend", proxy: "stats", name: "FRONTEND", values, server: undefined };
}

function statsBackend(haproxy: EmbeddedHaproxy, nowMs: number): StatsPageRow {
  const { listener } = haproxy;
  const values = {
    ...names("stats", "BACKEND"),
    bin: listener.bytesInFinished,
    bout: listener.bytesOut,
    status: "UP",
    lastchg: Math.floor((nowMs - haproxy.startedAtMs) / 1000),
    reqbin: listener.bytesInFinished,
    reqbout: listener.bytesInFinished,
    resbin: listener.bytesOut,
    resbout: listener.bytesOut,
  };
  return { kind: "statsBackend", proxy: "stats", name: "BACKEND", values, server: undefined };
}

function serverRow(
  haproxy: EmbeddedHaproxy,
  server: ServerLine,
  counters: SessionCounters,
  nowMs: number,
): StatsPageRow {
  const { backend } = haproxy.settings;
  const fullHandshakes = Math.min(
    haproxy.traits.fullTlsHandshakes,
    Math.max(0, server.finishedChecks - server.failedHandshakes),
  );
  const values = {
    ...names(backend, server.name),
    sid: server.id,
    ...sessionColumns(counters, nowMs),
    econ: counters.connectErrors,
    wretr: counters.retries,
    status: statusText(server),
    chkfail: server.checksOn ? server.failedChecks : "",
    chkdown: server.checksOn ? server.downTransitions : "",
    lastchg: Math.max(0, Math.floor((nowMs - server.changedAtMs) / 1000)),
    downtime: server.checksOn ? server.downtimeSeconds(nowMs) : "",
    ...checkColumns(server),
    used_conn_cur: counters.current,
    need_conn_est: server.last === undefined ? 0 : Math.max(1, counters.current),
    ssl_sess: fullHandshakes,
    ssl_reused_sess: Math.max(0, server.finishedChecks - server.failedHandshakes - fullHandshakes),
    ssl_failed_handshake: server.failedHandshakes,
  };
  return { kind: "server", proxy: backend, name: server.name, values, server };
}

function checkColumns(server: ServerLine): Record<string, string | number> {
  const { last } = server;
  if (!server.showsChecks) {
    return {
      check_status: "",
      check_code: "",
      check_duration: "",
      last_chk: "",
      check_desc: "",
      check_rise: "",
      check_fall: "",
      check_health: "",
    };
  }
  const word = last?.status ?? "INI";
  return {
    check_status: server.checkRuns ? `* ${word}` : word,
    check_code: last?.code === undefined ? "" : server.checkRuns ? 0 : last.code,
    check_duration: last?.durationMs ?? "",
    last_chk: server.checkRuns ? "" : (last?.text ?? ""),
    check_desc: checkDescriptions[word],
    check_rise: server.checks.rise,
    check_fall: server.checks.fall,
    check_health: server.health,
  };
}

function frontendCounters(sums: SessionCounters): Record<string, string | number> {
  return {
    scur: sums.current,
    smax: sums.peak,
    stot: sums.total,
    bin: sums.bytesIn,
    bout: sums.bytesOut,
    status: "OPEN",
    rate_max: sums.peakPerSecond,
    conn_rate_max: sums.peakPerSecond,
    conn_tot: sums.total,
    sess_other: sums.total,
    reqbin: sums.bytesIn,
    reqbout: sums.bytesIn,
    resbin: sums.bytesOut,
    resbout: sums.bytesOut,
  };
}

function backendCounters(
  haproxy: EmbeddedHaproxy,
  sums: SessionCounters,
  nowMs: number,
): Record<string, string | number> {
  const usable = haproxy.usableServers;
  const checks = haproxy.servers.reduce((total, server) => total + server.finishedChecks, 0);
  return {
    ...sessionColumns(sums, nowMs),
    econ: sums.connectErrors,
    wretr: sums.retries,
    status: haproxy.isBackendUp ? "UP" : "DOWN",
    weight: usable,
    act: usable,
    chkdown: haproxy.backendDownTransitions,
    lastchg: Math.floor((nowMs - haproxy.backendChangedAtMs) / 1000),
    downtime: haproxy.backendDowntimeSeconds(nowMs),
    uweight: usable,
    h1_total_connections: checks,
    h1_total_streams: checks,
    h1_bytes_in: checks * 129,
    h1_bytes_out: checks * haproxy.traits.checkRequestBytes,
  };
}
