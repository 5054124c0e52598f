import type { StatsRow } from "./stats.ts";

/** The columns of a row that are plain numbers. */
export type NumberField = {
  [Key in keyof StatsRow]: StatsRow[Key] extends number | undefined ? Key : never;
}[keyof StatsRow];

/** Where the samples of one metric go. `factor` turns the metric's unit into the column's. */
export type Family =
  | { readonly kind: "number"; readonly field: NumberField; readonly factor: number }
  | { readonly kind: "status" }
  | { readonly kind: "check-status" }
  | { readonly kind: "version" }
  | { readonly kind: "node" }
  | { readonly kind: "start" };

const count = (field: NumberField): Family => ({ kind: "number", field, factor: 1 });
const asMs = (field: NumberField): Family => ({ kind: "number", field, factor: 1000 });

/** What servers and backends have in common. Source: HAProxy addons/promex, doc "Exported metrics". */
const shared: Readonly<Record<string, Family>> = {
  status: { kind: "status" },
  weight: count("weight"),
  uweight: count("userWeight"),
  current_queue: count("queue"),
  current_sessions: count("sessions"),
  max_sessions: count("sessionsMax"),
  sessions_total: count("sessionsTotal"),
  current_session_rate: count("sessionsPerSecond"),
  bytes_in_total: count("bytesIn"),
  bytes_out_total: count("bytesOut"),
  connection_errors_total: count("connectErrors"),
  retry_warnings_total: count("connectRetries"),
  redispatch_warnings_total: count("redispatches"),
  client_aborts_total: count("clientAborts"),
  server_aborts_total: count("serverAborts"),
  check_up_down_total: count("downTransitions"),
  check_last_change_seconds: count("sinceChangeSeconds"),
  downtime_seconds_total: count("downtimeSeconds"),
  loadbalanced_total: count("chosenTotal"),
  last_session_seconds: count("lastSessionSeconds"),
  connect_time_average_seconds: asMs("connectTimeMs"),
};

const serverOnly: Readonly<Record<string, Family>> = {
  active: count("active"),
  backup: count("backup"),
  check_failures_total: count("checkFailures"),
  check_status: { kind: "check-status" },
  check_code: count("checkCode"),
  check_duration_seconds: asMs("checkDurationMs"),
};

const backendOnly: Readonly<Record<string, Family>> = {
  active_servers: count("active"),
  backup_servers: count("backup"),
  http_requests_total: count("requestsTotal"),
};

const process: Readonly<Record<string, Family>> = {
  build_info: { kind: "version" },
  node: { kind: "node" },
  start_time_seconds: { kind: "start" },
};

/** Every metric that is read, by its full name. */
export const families: ReadonlyMap<string, Family> = new Map([
  ...named("haproxy_server_", { ...shared, ...serverOnly }),
  ...named("haproxy_backend_", { ...shared, ...backendOnly }),
  ...named("haproxy_process_", process),
]);

const scopes = "scope=global&scope=backend&scope=server";

/**
 * What to ask of `/metrics`. `page` is servers, backends and process; `process` is the process alone. The `narrow` ones
 * name the metrics, which HAProxy understands from 3.0 on and makes its answer a fifth as long.
 */
export const metricsQueries: Readonly<Record<"page" | "narrowPage" | "process" | "narrowProcess", string>> = {
  page: scopes,
  narrowPage: `${scopes}&metrics=${[...families.keys()].join(",")}`,
  process: "scope=global",
  narrowProcess: `scope=global&metrics=${[...named("haproxy_process_", process)].map(([name]) => name).join(",")}`,
};

function named(prefix: string, table: Readonly<Record<string, Family>>): [string, Family][] {
  return Object.entries(table).map(([name, family]) => [prefix + name, family]);
}
