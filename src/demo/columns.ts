import type { HaproxyVersion } from "./haproxy-version.ts";

/** What kind of row a line of the page is; the sample's configuration has exactly these five. */
export type RowKind = "statsFrontend" | "statsBackend" | "frontend" | "server" | "backend";

const rowKinds: readonly RowKind[] = ["statsFrontend", "statsBackend", "frontend", "server", "backend"];

// Every column in HAProxy's order, with what it holds at rest in a stats frontend, the stats backend, the TCP
// frontend, a server and the TCP backend; a dot is an empty field. Source: pages recorded from 2.4.0 to 3.5-dev5.
const since24 = `
pxname                  .    .    .    .    .
svname                  .    .    .    .    .
qcur                    .    0    .    0    0
qmax                    .    0    .    0    0
scur                    0    0    0    0    0
smax                    0    0    0    0    0
slim                    9983 999  9983 .    999
stot                    0    0    0    0    0
bin                     0    0    0    0    0
bout                    0    0    0    0    0
dreq                    0    0    0    .    0
dresp                   0    0    0    0    0
ereq                    0    .    0    .    .
econ                    .    0    .    0    0
eresp                   .    0    .    0    0
wretr                   .    0    .    0    0
wredis                  .    0    .    0    0
status                  .    .    .    .    .
weight                  .    0    .    1    3
act                     .    0    .    1    3
bck                     .    0    .    0    0
chkfail                 .    .    .    0    .
chkdown                 .    0    .    0    0
lastchg                 .    0    .    0    0
downtime                .    .    .    0    0
qlimit                  .    .    .    .    .
pid                     1    1    1    1    1
iid                     2    2    3    4    4
sid                     0    0    0    1    0
throttle                .    .    .    .    .
lbtot                   .    0    .    0    0
tracked                 .    .    .    .    .
type                    0    1    0    2    1
rate                    0    0    0    0    0
rate_lim                0    .    0    .    .
rate_max                0    0    0    0    0
check_status            .    .    .    .    .
check_code              .    .    .    .    .
check_duration          .    .    .    0    .
hrsp_1xx                0    0    .    .    .
hrsp_2xx                0    0    .    .    .
hrsp_3xx                0    0    .    .    .
hrsp_4xx                0    0    .    .    .
hrsp_5xx                0    0    .    .    .
hrsp_other              0    0    .    .    .
hanafail                .    .    .    .    .
req_rate                0    .    0    .    .
req_rate_max            0    .    0    .    .
req_tot                 0    0    0    .    .
cli_abrt                .    0    .    0    0
srv_abrt                .    0    .    0    0
comp_in                 0    0    0    .    0
comp_out                0    0    0    .    0
comp_byp                0    0    0    .    0
comp_rsp                0    0    0    .    0
lastsess                .    0    .    -1   -1
last_chk                .    .    .    .    .
last_agt                .    .    .    .    .
qtime                   .    0    .    0    0
ctime                   .    0    .    0    0
rtime                   .    0    .    0    0
ttime                   .    0    .    0    0
agent_status            .    .    .    .    .
agent_code              .    .    .    .    .
agent_duration          .    .    .    .    .
check_desc              .    .    .    .    .
agent_desc              .    .    .    .    .
check_rise              .    .    .    .    .
check_fall              .    .    .    .    .
check_health            .    .    .    .    .
agent_rise              .    .    .    .    .
agent_fall              .    .    .    .    .
agent_health            .    .    .    .    .
addr                    .    .    .    .    .
cookie                  .    .    .    .    .
mode                    http http tcp  tcp  tcp
algo                    .    .    .    .    .
conn_rate               0    .    0    .    .
conn_rate_max           0    .    0    .    .
conn_tot                0    .    0    .    .
intercepted             0    .    .    .    .
dcon                    0    .    0    .    .
dses                    0    .    0    .    .
wrew                    0    0    0    0    0
connect                 .    0    .    0    0
reuse                   .    0    .    0    0
cache_lookups           0    0    .    .    .
cache_hits              0    0    .    .    .
srv_icur                .    .    .    0    .
src_ilim                .    .    .    .    .
qtime_max               .    0    .    0    0
ctime_max               .    0    .    0    0
rtime_max               .    0    .    0    0
ttime_max               .    0    .    0    0
eint                    0    0    0    0    0
idle_conn_cur           .    .    .    0    .
safe_conn_cur           .    .    .    0    .
used_conn_cur           .    .    .    0    .
need_conn_est           .    .    .    0    .
uweight                 .    0    .    1    3`;

const since26 = `
agg_server_status       .    0    .    .    0
agg_server_check_status .    0    .    .    0
agg_check_status        .    0    .    .    0`;

const since28 = `
srid                    .    .    .    0    .
sess_other              0    .    0    .    .
h1sess                  0    .    0    .    .
h2sess                  0    .    0    .    .
h3sess                  0    .    0    .    .
req_other               0    .    0    .    .
h1req                   0    .    0    .    .
h2req                   0    .    0    .    .
h3req                   0    .    0    .    .
proto                   .    .    .    .    .`;

const since35 = `
priv_idle_cur           .    .    .    0    .
reqbin                  0    0    0    0    0
reqbout                 0    0    0    0    0
resbin                  0    0    0    0    0
resbout                 0    0    0    0    0
cache_hint_hits         0    0    .    .    .`;

const h2Names =
  "headers_rcvd data_rcvd settings_rcvd rst_stream_rcvd goaway_rcvd detected_conn_protocol_errors " +
  "detected_strm_protocol_errors rst_stream_resp goaway_resp open_connections backend_open_streams " +
  "total_connections backend_total_streams";
const h1Names =
  "open_connections open_streams total_connections total_streams bytes_in bytes_out spliced_bytes_in spliced_bytes_out";

function moduleColumns(prefix: string, names: string, pattern: string): string {
  return names
    .split(" ")
    .map((name) => `${prefix}_${name} ${pattern}`)
    .join("\n");
}

const h2 = moduleColumns("h2", h2Names, "0 0 0 . 0");
const h1 = moduleColumns("h1", h1Names, "0 0 0 . 0");
const ssl = moduleColumns("ssl", "sess reused_sess failed_handshake", "0 0 0 0 0");
const sslStaple = moduleColumns("ssl", "ocsp_staple failed_ocsp_staple", "0 0 0 0 0");
const marker = "- - - - - -";

// 3.0.0 also fills these in rows that have no such thing.
const filledBy30 = /^(lbtot|hrsp_other|cli_abrt|srv_abrt) .*$/gm;
const since24By30 = since24.replace(filledBy30, "$1 0 0 0 0 0");

// Behind the marker, the modules' order changes between versions; 2.4.0 was recorded without TLS.
const layouts: Readonly<Record<HaproxyVersion, readonly string[]>> = {
  "2.4.0": [since24, marker, h2],
  "2.6.12": [since24, since26, marker, ssl, h2, h1],
  "2.8.0": [since24, since26, since28.replace("proto ", "(null) "), marker, ssl, h2, h1],
  "3.0.0": [since24By30, since26, since28, marker, ssl, h2, h1],
  "3.5-dev5": [since24, since26, since28, since35, marker, h2, ssl, sslStaple, h1],
};

/** A page's columns in order, and what each holds at rest in each kind of row. */
export type ColumnLayout = {
  readonly names: readonly string[];
  readonly atRest: Readonly<Record<RowKind, ReadonlyMap<string, string>>>;
};

/** The columns that a version of HAProxy serves, as recorded. */
export function columnLayout(version: HaproxyVersion): ColumnLayout {
  const lines = layouts[version]
    .join("\n")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.trim().split(/ +/));
  const atRest = (kind: RowKind): ReadonlyMap<string, string> => {
    const index = rowKinds.indexOf(kind) + 1;
    return new Map(lines.map((cells) => [cells[0] ?? "", cells[index] === "." ? "" : (cells[index] ?? "")]));
  };
  return {
    names: lines.map((cells) => cells[0] ?? ""),
    atRest: {
      statsFrontend: atRest("statsFrontend"),
      statsBackend: atRest("statsBackend"),
      frontend: atRest("frontend"),
      server: atRest("server"),
      backend: atRest("backend"),
    },
  };
}
