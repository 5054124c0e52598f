import type { MetricEra } from "./haproxy-version.ts";

/** One family of the exporter that speaks of the process; `atRest` stands where the process has nothing better. */
export type ProcessMetric = {
  readonly suffix: string;
  readonly atRest: string;
  readonly type: string;
  readonly since: MetricEra;
  readonly help: string;
};

// suffix, value at rest, type, first version, help; in the exporter's order.
// Source: recorded /metrics of 2.4.0 to 3.5-dev5.
const table = `
nbthread                          2       gauge    2.4 Number of started threads (global.nbthread)
nbproc                            1       gauge    2.4 Number of started worker processes (historical, always 1)
relative_process_id               1       gauge    2.4 Relative worker process number (1)
uptime_seconds                    3       gauge    2.4 How long ago this worker process was started (seconds)
pool_failures_total               0       counter  2.4 Number of failed pool allocations since this worker was started
max_fds                           19999   gauge    2.4 Hard limit on the number of per-process file descriptors
max_sockets                       19999   gauge    2.4 Hard limit on the number of per-process sockets
max_connections                   9983    gauge    2.4 Hard limit on the number of per-process connections (configured or imposed by Ulimit-n)
hard_max_connections              9983    gauge    2.4 Hard limit on the number of per-process connections (imposed by Memmax_MB or Ulimit-n)
current_connections               1       gauge    2.4 Current number of connections on this worker process
connections_total                 19      counter  2.4 Total number of connections on this worker process since started
requests_total                    7       counter  2.4 Total number of requests on this worker process since started
max_ssl_connections               0       gauge    2.4 Hard limit on the number of per-process SSL endpoints (front+back), 0=unlimited
current_ssl_connections           0       gauge    2.4 Current number of SSL endpoints on this worker process (front+back)
ssl_connections_total             12      counter  2.4 Total number of SSL endpoints on this worker process since started (front+back)
max_pipes                         0       gauge    2.4 Hard limit on the number of pipes for splicing, 0=unlimited
pipes_used_total                  0       counter  2.4 Current number of pipes in use in this worker process
pipes_free_total                  0       counter  2.4 Current number of allocated and available pipes in this worker process
current_connection_rate           6       gauge    2.4 Number of front connections created on this worker process over the last second
limit_connection_rate             0       gauge    2.4 Hard limit for ConnRate (global.maxconnrate)
max_connection_rate               6       gauge    2.4 Highest ConnRate reached on this worker process since started (in connections per second)
current_session_rate              6       gauge    2.4 Number of sessions created on this worker process over the last second
limit_session_rate                0       gauge    2.4 Hard limit for SessRate (global.maxsessrate)
max_session_rate                  6       gauge    2.4 Highest SessRate reached on this worker process since started (in sessions per second)
current_ssl_rate                  0       gauge    2.4 Number of SSL connections created on this worker process over the last second
limit_ssl_rate                    0       gauge    2.4 Hard limit for SslRate (global.maxsslrate)
max_ssl_rate                      0       gauge    2.4 Highest SslRate reached on this worker process since started (in connections per second)
current_frontend_ssl_key_rate     0       gauge    2.4 Number of SSL keys created on frontends in this worker process over the last second
max_frontend_ssl_key_rate         0       gauge    2.4 Highest SslFrontendKeyRate reached on this worker process since started (in SSL keys per second)
frontend_ssl_reuse                0       gauge    2.4 Percent of frontend SSL connections which did not require a new key
current_backend_ssl_key_rate      1       gauge    2.4 Number of SSL keys created on backends in this worker process over the last second
max_backend_ssl_key_rate          3       gauge    2.4 Highest SslBackendKeyRate reached on this worker process since started (in SSL keys per second)
ssl_cache_lookups_total           0       counter  2.4 Total number of SSL session ID lookups in the SSL session cache on this worker since started
ssl_cache_misses_total            0       counter  2.4 Total number of SSL session ID lookups that didn't find a session in the SSL session cache on this worker since started
http_comp_bytes_in_total          0       counter  2.4 Number of bytes submitted to the HTTP compressor in this worker process over the last second
http_comp_bytes_out_total         0       counter  2.4 Number of bytes emitted by the HTTP compressor in this worker process over the last second
limit_http_comp                   0       gauge    2.4 Limit of CompressBpsOut beyond which HTTP compression is automatically disabled
current_zlib_memory               NaN     gauge    2.4 Amount of memory currently used by HTTP compression on the current worker process (in bytes)
max_zlib_memory                   NaN     gauge    2.4 Limit on the amount of memory used by HTTP compression above which it is automatically disabled (in bytes, see global.maxzlibmem)
current_tasks                     18      gauge    2.4 Total number of tasks in the current worker process (active + sleeping)
current_run_queue                 0       gauge    2.4 Total number of active tasks+tasklets in the current worker process
idle_time_percent                 99      gauge    2.4 Percentage of last second spent waiting in the current worker thread
node                              1       gauge    3.5 Node name (global.node)
stopping                          0       gauge    2.4 1 if the worker process is currently stopping, otherwise zero
jobs                              5       gauge    2.4 Current number of active jobs on the current worker process (frontend connections, master connections, listeners)
unstoppable_jobs                  0       gauge    2.4 Current number of unstoppable jobs on the current worker process (master connections)
listeners                         4       gauge    2.4 Current number of active listeners on the current worker process
active_peers                      0       gauge    2.4 Current number of verified active peers connections on the current worker process
connected_peers                   0       gauge    2.4 Current number of peers having passed the connection step on the current worker process
dropped_logs_total                0       counter  2.4 Total number of dropped logs for current worker process since started
busy_polling_enabled              0       gauge    2.4 1 if busy-polling is currently in use on the worker process, otherwise zero (config.busy-polling)
failed_resolutions                0       counter  2.4 Total number of failed DNS resolutions in current worker process since started
bytes_out_total                   149793  counter  2.4 Total number of bytes emitted by current worker process since started
spliced_bytes_out_total           0       counter  2.4 Total number of bytes emitted by current worker process through a kernel pipe since started
bytes_out_rate                    140896  gauge    2.4 Number of bytes emitted by current worker process over the last second
recv_logs_total                   0       counter  2.4 Total number of log messages received by log-forwarding listeners on this worker process since started
build_info                        1       gauge    2.4 Build info
max_memory_bytes                  0       gauge    2.4 Worker process's hard limit on memory usage in bytes (-m on command line)
pool_allocated_bytes              143952  gauge    2.4 Amount of memory allocated in pools (in bytes)
pool_used_bytes                   143952  gauge    2.4 Amount of pool memory currently used (in bytes)
start_time_seconds                0       gauge    2.4 Start time in seconds
total_warnings                    2       counter  3.5 Total warnings issued
patterns_added_total              7       gauge    3.5 Total number of patterns added (acl/map entries)
patterns_freed_total              0       gauge    3.5 Total number of patterns freed (acl/map entries)
nb_thread_groups                  1       gauge    3.5 Number of started thread groups (global.thread-groups)`;

/** The families in the exporter's order. */
export const processMetrics: readonly ProcessMetric[] = table
  .trim()
  .split("\n")
  .map((line) => {
    const [, suffix = "", atRest = "", type = "", since = "", help = ""] =
      /^(\S+) +(\S+) +(\S+) +(\S+) (.*)$/.exec(line) ?? [];
    return { suffix, atRest, type, since: since as MetricEra, help };
  });
