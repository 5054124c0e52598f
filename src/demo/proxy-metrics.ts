import type { MetricEra } from "./haproxy-version.ts";

/**
 * One family of the exporter that speaks of proxies.
 * Shape: `scopes` is F, B and S for the three it is made for; `httpOnly` where TCP proxies have none, `serversOnly`
 * where a backend without servers has none. A `ms` column is written in seconds with six digits.
 */
export type ProxyMetric = {
  readonly suffix: string;
  readonly column: string;
  readonly scopes: string;
  readonly httpOnly: boolean;
  readonly serversOnly: boolean;
  readonly type: string;
  readonly isMs: boolean;
  readonly since: MetricEra;
  readonly help: string;
};

// suffix, CSV column, scopes (h: http only, k: only with servers), type, unit, first version, help; in the exporter's
// order. "mixed" is a counter that 3.5 calls a gauge on backends. Source: recorded /metrics of 2.4.0 to 3.5-dev5.
const table = `
current_queue                     qcur               BS   gauge    -   2.4 Number of current queued connections
max_queue                         qmax               BS   gauge    -   2.4 Highest value of queued connections encountered since process started
current_sessions                  scur               FBS  gauge    -   2.4 Number of current sessions on the frontend, backend or server
max_sessions                      smax               FBS  gauge    -   2.4 Highest value of current sessions encountered since process started
limit_sessions                    slim               FBS  gauge    -   2.4 Frontend/listener/server's maxconn, backend's fullconn
sessions_total                    stot               FBS  counter  -   2.4 Total number of sessions since process started
bytes_in_total                    bin                FBS  counter  -   2.4 Total number of request bytes since process started
bytes_out_total                   bout               FBS  counter  -   2.4 Total number of response bytes since process started
requests_denied_total             dreq               FB   counter  -   2.4 Total number of denied requests since process started
responses_denied_total            dresp              FBS  counter  -   2.4 Total number of denied responses since process started
request_errors_total              ereq               F    counter  -   2.4 Total number of invalid requests since process started
connection_errors_total           econ               BS   counter  -   2.4 Total number of failed connections to server since the worker process started
response_errors_total             eresp              BS   counter  -   2.4 Total number of invalid responses since the worker process started
retry_warnings_total              wretr              BS   counter  -   2.4 Total number of server connection retries since the worker process started
redispatch_warnings_total         wredis             BS   counter  -   2.4 Total number of server redispatches due to connection failures since the worker process started
status                            status             FBS  gauge    -   2.4 Current status of the service, per state label value.
weight                            weight             BS   gauge    -   2.4 Server's effective weight, or sum of active servers' effective weights for a backend
active_servers                    act                B    gauge    -   2.4 Total number of active UP servers with a non-zero weight
backup_servers                    bck                B    gauge    -   2.4 Total number of backup UP servers with a non-zero weight
active                            act                S    gauge    -   3.0 Total number of active UP servers with a non-zero weight
backup                            bck                S    gauge    -   3.0 Total number of backup UP servers with a non-zero weight
check_failures_total              chkfail            S    counter  -   2.4 Total number of failed individual health checks per server/backend, since the worker process started
check_up_down_total               chkdown            BS   counter  -   2.4 Total number of failed checks causing UP to DOWN server transitions, per server/backend, since the worker process started
check_last_change_seconds         lastchg            BS   gauge    -   2.4 How long ago the last server state changed, in seconds
downtime_seconds_total            downtime           BS   mixed    -   2.4 Total time spent in DOWN state, for server or backend
queue_limit                       qlimit             S    gauge    -   2.4 Limit on the number of connections in queue, for servers only (maxqueue argument)
current_throttle                  throttle           S    gauge    -   2.4 Throttling ratio applied to a server's maxconn and weight during the slowstart period (0 to 100%)
loadbalanced_total                lbtot              BS   counter  -   2.4 Total number of requests routed by load balancing since the worker process started (ignores queue pop and stickiness)
current_session_rate              rate               FBS  gauge    -   3.5 Total number of sessions processed by this object over the last second (sessions for listeners/frontends, requests for backends/servers)
limit_session_rate                rate_lim           F    gauge    -   2.4 Limit on the number of sessions accepted in a second (frontend only, 'rate-limit sessions' setting)
max_session_rate                  rate_max           FBS  gauge    -   2.4 Highest value of sessions per second observed since the worker process started
http_responses_total              hrsp               FBh  counter  -   2.4 Total number of HTTP responses with status 100-199 returned by this object since the worker process started
http_requests_rate_max            req_rate_max       Fh   gauge    -   2.4 Highest value of http requests observed since the worker process started
http_requests_total               req_tot            FBh  counter  -   2.4 Total number of HTTP requests processed by this object since the worker process started
check_status                      check_status       S    gauge    -   2.4 Status of last health check, per state label value.
check_code                        check_code         S    gauge    -   2.4 layer5-7 code, if available of the last health check.
check_duration_seconds            check_duration     S    gauge    ms  2.4 Total duration of the latest server health check, in seconds.
client_aborts_total               cli_abrt           BS   counter  -   2.4 Total number of requests or connections aborted by the client since the worker process started
server_aborts_total               srv_abrt           BS   counter  -   2.4 Total number of requests or connections aborted by the server since the worker process started
http_comp_bytes_in_total          comp_in            FBh  counter  -   2.4 Total number of bytes submitted to the HTTP compressor for this object since the worker process started
http_comp_bytes_out_total         comp_out           FBh  counter  -   2.4 Total number of bytes emitted by the HTTP compressor for this object since the worker process started
http_comp_bytes_bypassed_total    comp_byp           FBh  counter  -   2.4 Total number of bytes that bypassed HTTP compression for this object since the worker process started (CPU/memory/bandwidth limitation)
http_comp_responses_total         comp_rsp           FBh  counter  -   2.4 Total number of HTTP responses that were compressed for this object since the worker process started
connections_rate_max              conn_rate_max      F    gauge    -   2.4 Highest value of connections per second observed since the worker process started
connections_total                 conn_tot           F    counter  -   2.4 Total number of new connections accepted on this frontend since the worker process started
intercepted_requests_total        intercepted        Fh   counter  -   2.4 Total number of HTTP requests intercepted on the frontend (redirects/stats/services) since the worker process started
denied_connections_total          dcon               F    counter  -   2.4 Total number of incoming connections blocked on a listener/frontend by a tcp-request connection rule since the worker process started
denied_sessions_total             dses               F    counter  -   2.4 Total number of incoming sessions blocked on a listener/frontend by a tcp-request connection rule since the worker process started
last_session_seconds              lastsess           BS   gauge    -   2.4 How long ago some traffic was seen on this object on this worker process, in seconds
queue_time_average_seconds        qtime              BS   gauge    ms  2.4 Avg. queue time for last 1024 successful connections.
connect_time_average_seconds      ctime              BS   gauge    ms  2.4 Avg. connect time for last 1024 successful connections.
response_time_average_seconds     rtime              BS   gauge    ms  2.4 Avg. response time for last 1024 successful connections.
total_time_average_seconds        ttime              BS   gauge    ms  2.4 Avg. total time for last 1024 successful connections.
failed_header_rewriting_total     wrew               FBS  counter  -   2.4 Total number of failed HTTP header rewrites since the worker process started
connection_attempts_total         connect            BS   counter  -   2.4 Total number of outgoing connection attempts on this backend/server since the worker process started
connection_reuses_total           reuse              BS   counter  -   2.4 Total number of reused connection on this backend/server since the worker process started
http_cache_lookups_total          cache_lookups      FBh  counter  -   2.4 Total number of HTTP requests looked up in the cache on this frontend/backend since the worker process started
http_cache_hits_total             cache_hits         FBh  counter  -   2.4 Total number of HTTP requests not found in the cache on this frontend/backend since the worker process started
idle_connections_current          srv_icur           S    gauge    -   2.4 Current number of idle connections available for reuse on this server
idle_connections_limit            src_ilim           S    gauge    -   2.4 Limit on the number of available idle connections on this server (server 'pool_max_conn' directive)
max_queue_time_seconds            qtime_max          BS   gauge    ms  2.4 Maximum observed time spent in the queue
max_connect_time_seconds          ctime_max          BS   gauge    ms  2.4 Maximum observed time spent waiting for a connection to complete
max_response_time_seconds         rtime_max          BS   gauge    ms  2.4 Maximum observed time spent waiting for a server response
max_total_time_seconds            ttime_max          BS   gauge    ms  2.4 Maximum observed total request+response time (request+queue+connect+response+processing)
internal_errors_total             eint               FBS  counter  -   2.4 Total number of internal errors since process started
unsafe_idle_connections_current   idle_conn_cur      S    gauge    -   2.4 Current number of unsafe idle connections
safe_idle_connections_current     safe_conn_cur      S    gauge    -   2.4 Current number of safe idle connections
used_connections_current          used_conn_cur      S    gauge    -   2.4 Current number of connections in use
need_connections_current          need_conn_est      S    gauge    -   2.4 Estimated needed number of connections
uweight                           uweight            BS   gauge    -   2.4 Server's user weight, or sum of active servers' user weights for a backend
agg_server_status                 agg_server_status  Bk   gauge    -   2.6 Backend's aggregated gauge of servers' status
agg_server_check_status           agg_server_status  Bk   gauge    -   2.6 [DEPRECATED] Backend's aggregated gauge of servers' status
agg_check_status                  agg_check_status   Bk   gauge    -   2.6 Backend's aggregated gauge of servers' state check status
private_idle_connections_current  priv_idle_cur      S    gauge    -   3.5 Current number of private idle connections
req_bytes_in_total                reqbin             FBS  counter  -   3.5 Total number of request bytes received since process started
req_bytes_out_total               reqbout            FBS  counter  -   3.5 Total number of request bytes sent since process started
res_bytes_in_total                resbin             FBS  counter  -   3.5 Total number of response bytes received since process started
res_bytes_out_total               resbout            FBS  counter  -   3.5 Total number of response bytes sent since process started
http_cache_hint_hits_total        cache_hint_hits    FBh  counter  -   3.5 Total number of HTTP requests for which a 103 Early Hints response was emitted from the cache on this frontend/backend since the worker process started`;

/** The families in the exporter's order, the same in every version but for those that came later. */
export const proxyMetrics: readonly ProxyMetric[] = table
  .trim()
  .split("\n")
  .map((line) => {
    const [, suffix = "", column = "", scopes = "", type = "", unit = "", since = "", help = ""] =
      /^(\S+) +(\S+) +(\S+) +(\S+) +(\S+) +(\S+) (.*)$/.exec(line) ?? [];
    return {
      suffix,
      column,
      scopes,
      httpOnly: scopes.includes("h"),
      serversOnly: scopes.includes("k"),
      type,
      isMs: unit === "ms",
      since: since as MetricEra,
      help,
    };
  });
