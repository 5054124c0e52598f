/**
 * What is scraped: every metric that a rule or a panel uses, and nothing else.
 * Shape: each is in every exporter from 2.4 to 3.5; a test holds the rules and recorded answers beside this list.
 * Source: haproxy-facts §7.
 */
export const scrapedMetrics: readonly string[] = [
  "haproxy_server_status",
  "haproxy_server_weight",
  "haproxy_server_current_sessions",
  "haproxy_server_check_status",
  "haproxy_server_check_code",
  "haproxy_server_check_duration_seconds",
  "haproxy_server_connection_attempts_total",
  "haproxy_server_connection_errors_total",
  "haproxy_server_retry_warnings_total",
  "haproxy_process_start_time_seconds",
  "haproxy_process_build_info",
];

/** What a check of this pattern never ends in, or what needs no explaining: half of the series of a server. */
export const droppedCheckStates: readonly string[] = [
  "HANA",
  "L4OK",
  "L6OK",
  "L7OK",
  "L7OKC",
  "PROCERR",
  "PROCOK",
  "PROCTOUT",
];

/** The scopes that hold them. */
export const scrapedScopes: readonly string[] = ["server", "global"];
