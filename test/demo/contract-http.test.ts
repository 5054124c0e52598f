import { expect, it } from "vitest";
import { captured } from "../support/captured.ts";
import { describeHaproxy } from "../support/describe-haproxy.ts";
import type { HaproxySubject } from "../support/haproxy-subject.ts";
import { readCsv, shapeOf, shapeOfMetrics } from "../support/page-shape.ts";
import { exchange, splitAnswers } from "../support/raw-http.ts";

const unauthorized =
  "HTTP/1.1 401 Unauthorized\r\ncontent-length: 112\r\ncache-control: no-cache\r\ncontent-type: text/html\r\n" +
  'www-authenticate: Basic realm="HAProxy Statistics"\r\n\r\n' +
  "<html><body><h1>401 Unauthorized</h1>\nYou need a valid user and password to access this content.\n</body></html>\n";

describeHaproxy("what the stats listener says", (get) => {
  const request = (method: string, uri: string, authorization: string, rest = "\r\n"): string =>
    `${method} ${uri} HTTP/1.1\r\nHost: ${get().host}:${get().port}\r\n${authorization === "" ? "" : `Authorization: ${authorization}\r\n`}${rest}`;

  it.each([
    ["no credentials", "GET", ""],
    ["a wrong password", "GET", `Basic ${btoa("admin:wrong")}`],
    ["another scheme", "GET", "Bearer abc"],
    ["no credentials on a POST", "POST", ""],
  ])("answers %s with this 401 and no other", async (_, method, authorization) => {
    const { text, closed } = await exchange(
      get(),
      request(method, "/;csv", authorization, "Content-Length: 0\r\n\r\n"),
    );
    // The blank line behind the page is HAProxy's own, and counted.
    expect(text.trimEnd()).toBe(unauthorized.trimEnd());
    expect(text.length - text.indexOf("\r\n\r\n") - 4).toBe(112);
    expect(closed).toBe(closesAfter401(get()));
  });

  it("answers ;csv with these headers, and drops only the refresh for ;norefresh", async () => {
    const csv = await get().ask("GET", "/;csv");
    expect(withoutClose(csv.headers)).toEqual({
      "cache-control": "no-cache",
      "content-type": "text/plain",
      refresh: "5",
      "transfer-encoding": "chunked",
    });
    const quiet = await get().ask("GET", "/;csv;norefresh");
    expect(withoutClose(quiet.headers)).not.toHaveProperty("refresh");
    expect(shapeOf(quiet.body)).toEqual(shapeOf(csv.body));
  });

  it("serves the recorded columns and rows", async () => {
    const page = (await get().ask("GET", "/;csv;norefresh")).body;
    const { version } = get();
    const recorded = captured(`haproxy-${version ?? "2.6.12"}-all-up.csv`).toString("latin1");
    // A version that was never recorded still has the first hundred columns, which are the same everywhere.
    const columns = version === undefined ? 100 : undefined;
    expect(readCsv(page).names.slice(0, columns)).toEqual(readCsv(recorded).names.slice(0, columns));
    if (version !== undefined) expect(finished(shapeOf(page))).toEqual(finished(shapeOf(recorded)));
    expect(readCsv(page).rows.map((row) => [row["pxname"], row["svname"]])).toEqual(
      readCsv(recorded).rows.map((row) => [row["pxname"], row["svname"]]),
    );
  });

  it("serves HTML for every other path, and finds options anywhere behind it", async () => {
    const html = await get().ask("GET", "/");
    expect(html.headers["content-type"]).toBe("text/html");
    expect(html.body).toMatch(/^<!DOCTYPE HTML/);
    expect((await get().ask("GET", "/somewhere/else?scope=stats;csv")).headers["content-type"]).toBe("text/plain");
  });

  it.each([
    ["scope=k8s-de1", ["k8s-de1-kube-api"]],
    ["scope=KUBE-API", ["k8s-de1-kube-api"]],
    ["scope=kube", ["kubernetes_master_kube_api", "k8s-de1-kube-api"]],
    ["scope=kubernetes_master_ku", ["kubernetes_master_kube_api"]],
    ["scope=kubernetes_master_kube_api", ["kubernetes_master_kube_api"]],
    ["scope=none-such", []],
    ["scope=k8s%2dde1", ["stats", "kubernetes_master_kube_api", "k8s-de1-kube-api"]],
  ])("shows with %s only those proxies", async (scope, proxies) => {
    const { rows } = readCsv((await get().ask("GET", `/;csv;norefresh;${scope}`)).body);
    expect([...new Set(rows.map((row) => row["pxname"]))]).toEqual(proxies);
  });

  it("keeps a connection through many polls and a POST, and answers in order what was sent at once", async () => {
    const { authorization } = get();
    const csv = request("GET", "/;csv;norefresh", authorization);
    const post = request("POST", "/", authorization, "Content-Length: 0\r\n\r\n");
    const metrics = request("GET", "/metrics?scope=global", "");
    const { text, closed } = await exchange(get(), csv + post + metrics + csv, { answers: 4 });
    expect(splitAnswers(text).map((answer) => [answer.status, answer.headers["content-type"]])).toEqual([
      [200, "text/plain"],
      [303, "text/plain"],
      [200, "text/plain; version=0.0.4"],
      [200, "text/plain"],
    ]);
    expect(closed).toBe(false);
  });

  it("answers HEAD without a body", async () => {
    const { text } = await exchange(get(), request("HEAD", "/;csv;norefresh", get().authorization), { headless: true });
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\ncache-control: no-cache\r\ncontent-type: text\/plain\r\n/);
    expect(text).toMatch(/\r\n\r\n$/);
  });

  it("sends other methods on to servers that this proxy does not have: 503", async () => {
    const put = await get().ask("PUT", "/", "x=y");
    expect([put.status, put.headers["content-length"]]).toEqual([503, "107"]);
    expect(put.body).toContain("No server is available to handle this request.");
  });

  it("answers what is no HTTP with 400 and hangs up", async () => {
    const { text, closed } = await exchange(get(), "hello\r\n\r\n");
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad request\r\n/);
    expect(closed).toBe(true);
  });

  it("counts the polls in the rows of its own frontend", async () => {
    const polls = async (): Promise<number> => Number((await get().rows())[0]?.["req_tot"]);
    const before = await polls();
    expect(await polls()).toBe(before + 1);
  });

  it.each([
    ["/metrics", ["haproxy_process_", "haproxy_frontend_", "haproxy_backend_", "haproxy_server_"]],
    ["/metrics?scope=server", ["haproxy_server_"]],
    ["/metrics?scope=server&scope=global", ["haproxy_process_", "haproxy_server_"]],
    ["/metrics?scope=listener", []],
  ])("answers %s without a password with these families", async (uri, prefixes) => {
    const { text } = await exchange(get(), request("GET", uri, ""));
    const [answer] = splitAnswers(text);
    expect(answer?.headers["content-type"]).toBe("text/plain; version=0.0.4");
    const families = (answer?.body ?? "").split("\n").flatMap((line) => /^[a-z]+_[a-z]+_/.exec(line)?.[0] ?? []);
    expect([...new Set(families)].filter((family) => family !== "haproxy_resolver_")).toEqual(prefixes);
  });

  it("serves the server families as recorded", async ({ skip }) => {
    const { version } = get();
    if (version === undefined) return skip("this version was never recorded");
    const recorded = captured(`haproxy-${version}-all-up.server.metrics`).toString("latin1");
    // A check that is just running reads code 0; the next page of a healthy master has its code again.
    await get().until((rows) => rows.every((row) => !row["check_status"]?.startsWith("*")));
    const served = (await get().ask("GET", "/metrics?scope=server")).body;
    expect(withoutCode(shapeOfMetrics(served))).toEqual(withoutCode(shapeOfMetrics(recorded)));
  });

  it("says which version it is, and when it was started", async () => {
    const { body } = await get().ask("GET", "/metrics?scope=global");
    expect(body).toMatch(/^haproxy_process_build_info\{version="\d+\.\d+[^"]*"\} 1$/m);
    const [, started] = /^haproxy_process_start_time_seconds (\d+)$/m.exec(body) ?? [];
    const [, uptime] = /^haproxy_process_uptime_seconds (\d+)$/m.exec(body) ?? [];
    expect(Number(started)).toBeGreaterThan(1_700_000_000);
    expect(Number(uptime)).toBeLessThan(120);
  });

  it("answers an unknown scope of /metrics with 400", async () => {
    expect((await get().ask("GET", "/metrics?scope=bogus")).status).toBe(400);
  });
});

/** From 2.8 on the connection survives a 401. */
function closesAfter401({ version }: HaproxySubject): boolean {
  return version === undefined || ["2.4.0", "2.6.12"].includes(version);
}

function withoutClose(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { connection: _, ...rest } = headers;
  return rest;
}

/** A poll may meet a check that is under way; then the last result has a star and no code. */
function finished(shape: readonly string[]): readonly string[] {
  return shape.map((row) => row.replace("check_status=* L7OK check_code=0", "check_status=L7OK check_code=401"));
}

function withoutCode(shape: readonly string[]): readonly string[] {
  return shape.map((line) => line.replace(/(check_code\S*) (?:0|401)$/, "$1"));
}
