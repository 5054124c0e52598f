import type { ServerStatus } from "./status.ts";

export type RowType = "frontend" | "backend" | "server" | "listener";

/**
 * One row of a stats page or its equal from `/metrics`, columns under their full names.
 * Empty columns and columns that the source lacks are `undefined`, never 0. All text is cleaned (`text.ts`).
 * Units are in the names; counts without a unit are since the start of the HAProxy process.
 * Source: HAProxy doc/management.txt 9.1.
 */
export type StatsRow = {
  readonly proxy: string;
  readonly name: string;
  readonly type: RowType;
  /** Read by the server grammar for server rows; for the others only `text` says something. */
  readonly status: ServerStatus;
  readonly weight: number | undefined;
  readonly userWeight: number | undefined;
  /** Server row: is it (not) a backup. Backend row: number of usable active or backup servers. */
  readonly active: number | undefined;
  readonly backup: number | undefined;
  readonly queue: number | undefined;
  readonly sessions: number | undefined;
  readonly sessionsMax: number | undefined;
  readonly sessionsTotal: number | undefined;
  readonly sessionsPerSecond: number | undefined;
  readonly bytesIn: number | undefined;
  readonly bytesOut: number | undefined;
  readonly connectErrors: number | undefined;
  readonly connectRetries: number | undefined;
  readonly redispatches: number | undefined;
  readonly clientAborts: number | undefined;
  readonly serverAborts: number | undefined;
  readonly checkFailures: number | undefined;
  readonly downTransitions: number | undefined;
  readonly sinceChangeSeconds: number | undefined;
  readonly downtimeSeconds: number | undefined;
  readonly chosenTotal: number | undefined;
  readonly requestsTotal: number | undefined;
  readonly lastSessionSeconds: number | undefined;
  readonly connectTimeMs: number | undefined;
  readonly tracked: string | undefined;
  /** Without the "* " of a running check. */
  readonly checkStatus: string | undefined;
  readonly checkRunning: boolean;
  readonly checkCode: number | undefined;
  readonly checkDurationMs: number | undefined;
  readonly checkRise: number | undefined;
  readonly checkFall: number | undefined;
  readonly checkHealth: number | undefined;
  readonly lastCheckText: string | undefined;
  readonly checkDescription: string | undefined;
  readonly agentStatus: string | undefined;
  readonly lastAgentText: string | undefined;
  readonly address: string | undefined;
  readonly mode: string | undefined;
};

/** Where rows came from. `metrics` cannot show streaks, last_chk, rise/fall, addresses and tracking. */
export type Source = "stats" | "metrics";

/** What one good poll gave. */
export type Page = {
  readonly source: Source;
  readonly rows: readonly StatsRow[];
};

/**
 * The HAProxy process behind a node, as `/metrics` shows it.
 * Units: `startedAtSeconds` is Unix time on the node's own clock.
 */
export type ProcessInfo = {
  readonly version: string | undefined;
  readonly nodeName: string | undefined;
  readonly startedAtSeconds: number | undefined;
};
