import { type CsvWriter, createCsvWriter } from "./csv-page.ts";
import type { EmbeddedHaproxy } from "./embedded-haproxy.ts";
import { htmlPage } from "./html-page.ts";
import type { HttpRequest } from "./http-request.ts";
import { createMetricsWriter, type MetricsWriter } from "./metrics-page.ts";
import { readMetricsQuery } from "./metrics-query.ts";
import { type StatsPageRow, statsRows } from "./stats-rows.ts";

/**
 * One answer before it becomes bytes.
 * Shape: a `chunked` body has no content-length; `closes` ends the connection after it. Bodies are one character a byte.
 */
export type HttpAnswer = {
  readonly head: string;
  readonly body: string;
  readonly framing: "chunked" | "length";
  readonly closes: boolean;
};

/** Who may do what on the listener: `authorization` is the header that is right, `isAdmin` what `stats admin if` says. */
export type StatsAccess = { readonly authorization: string; readonly isAdmin: boolean };

/** Answers requests to the stats listener of a fleet whose nodes all run one version. */
export type StatsAnswerer = (
  haproxy: EmbeddedHaproxy,
  request: HttpRequest,
  access: StatsAccess,
  nowMs: number,
) => HttpAnswer;

const unauthorizedBody = `<html><body><h1>401 Unauthorized</h1>
You need a valid user and password to access this content.
</body></html>
`;
const unavailableBody = `<html><body><h1>503 Service Unavailable</h1>
No server is available to handle this request.
</body></html>
`;
const badRequestBody = `<html><body><h1>400 Bad request</h1>
Your browser sent an invalid request.
</body></html>
`;

/**
 * Makes the listener's brain: routes, access and pages, as the sample's `listen stats` answers.
 * Source: HAProxy 2.6.12, seen; other versions from recorded exchanges.
 */
export function createStatsAnswerer(): StatsAnswerer {
  const csvWriters = new Map<string, CsvWriter>();
  const metricsWriters = new Map<string, MetricsWriter>();
  return (haproxy, request, access, nowMs) => {
    const { version } = haproxy.settings;
    if (pathOf(request.uri) === "/metrics") {
      const query = readMetricsQuery(request.uri, haproxy.traits.filtersMetrics);
      if (query === undefined) return badRequest;
      const write = remembered(metricsWriters, version, () => createMetricsWriter(haproxy));
      return ok("text/plain; version=0.0.4", "", request.method === "HEAD" ? "" : write(haproxy, query, nowMs));
    }
    if (!["GET", "HEAD", "POST"].includes(request.method)) {
      return sized("503 Service Unavailable", "content-type: text/html\r\n", unavailableBody);
    }
    if (request.authorization !== access.authorization) {
      const extra = 'content-type: text/html\r\nwww-authenticate: Basic realm="HAProxy Statistics"\r\n';
      return { ...sized("401 Unauthorized", extra, unauthorizedBody), closes: haproxy.traits.closesAfter401 };
    }
    if (request.method === "POST") return post(haproxy, request, access);
    const isCsv = request.uri.includes(";csv");
    const refresh = request.uri.includes(";norefresh") ? "" : "refresh: 5\r\n";
    const closes = request.method === "HEAD" && haproxy.traits.closesAfterHead;
    const answer = (type: string, body: string): HttpAnswer => ({ ...ok(type, refresh, body), closes });
    if (request.method === "HEAD") return answer(isCsv ? "text/plain" : "text/html", "");
    const rows = chooseRows(statsRows(haproxy, nowMs), request.uri, haproxy);
    if (!isCsv) return answer("text/html", htmlPage(haproxy, rows));
    return answer("text/plain", remembered(csvWriters, version, () => createCsvWriter(version))(rows));
  };
}

/** The answer to what is no HTTP. Header names as HAProxy's own error file has them. */
export const badRequest: HttpAnswer = {
  head:
    "HTTP/1.1 400 Bad request\r\ncontent-length: 90\r\ncache-control: no-cache\r\n" +
    "content-type: text/html\r\nconnection: close\r\n",
  body: badRequestBody,
  framing: "length",
  closes: true,
};

function post(haproxy: EmbeddedHaproxy, request: HttpRequest, access: StatsAccess): HttpAnswer {
  const isForeign = haproxy.traits.refusesForeignOrigin && hasForeignOrigin(request);
  const verdict = haproxy.post({ body: request.body, isAllowed: access.isAdmin && !isForeign });
  const scope = readScope(request.uri);
  const location =
    `/;st=${verdict}` +
    (request.uri.includes(";up") ? ";up" : "") +
    (request.uri.includes(";norefresh") ? ";norefresh" : "") +
    (scope === undefined ? "" : `?scope=${scope}`);
  return {
    head:
      "HTTP/1.1 303 See Other\r\ncache-control: no-cache\r\ncontent-type: text/plain\r\n" +
      `content-length: 0\r\nlocation: ${location}\r\n`,
    body: "",
    framing: "length",
    closes: false,
  };
}

/** A browser's form of another site: the authority of Origin, or else of Referer, is not this host's. */
function hasForeignOrigin(request: HttpRequest): boolean {
  const claimed = request.origin ?? request.referer;
  if (claimed === undefined) return false;
  const [, authority] = /^[a-z]+:\/\/([^/]+)/i.exec(claimed) ?? [];
  return authority?.toLowerCase() !== request.host?.toLowerCase();
}

/** `;up`, `;no-maint` and `scope=` choose rows; the first two also put a count behind the backends' status. */
function chooseRows(rows: readonly StatsPageRow[], uri: string, haproxy: EmbeddedHaproxy): readonly StatsPageRow[] {
  const onlyUp = uri.includes(";up");
  const noMaint = uri.includes(";no-maint");
  const scope = readScope(uri)?.toLowerCase();
  if (!onlyUp && !noMaint && scope === undefined) return rows;
  return rows
    .filter((row) => scope === undefined || row.proxy.toLowerCase().includes(scope))
    .filter((row) => !(row.server?.inMaint === true && (onlyUp || noMaint)))
    .filter((row) => !(row.server?.state === "stopped" && onlyUp))
    .map((row) => {
      if (!(onlyUp || noMaint) || (row.kind !== "backend" && row.kind !== "statsBackend")) return row;
      const count = row.kind === "backend" ? `${haproxy.usableServers}/${haproxy.servers.length}` : "0/0";
      return { ...row, values: { ...row.values, status: `${row.values["status"]} (${count})` } };
    });
}

/** The proxy filter: cut to 20 characters, and void as soon as one of them cannot stand in a proxy's name. */
function readScope(uri: string): string | undefined {
  const text = /scope=([^;& ]*)/.exec(uri)?.[1]?.slice(0, 20);
  return text !== undefined && /^[A-Za-z0-9_.:-]+$/.test(text) ? text : undefined;
}

function pathOf(uri: string): string {
  return uri.split("?", 1)[0] ?? "";
}

function ok(type: string, extra: string, body: string): HttpAnswer {
  return {
    head: `HTTP/1.1 200 OK\r\ncache-control: no-cache\r\ncontent-type: ${type}\r\n${extra}`,
    body,
    framing: "chunked",
    closes: false,
  };
}

function sized(status: string, extra: string, body: string): HttpAnswer {
  return {
    head: `HTTP/1.1 ${status}\r\ncontent-length: ${body.length}\r\ncache-control: no-cache\r\n${extra}`,
    body,
    framing: "length",
    closes: false,
  };
}

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
