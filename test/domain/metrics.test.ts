import { describe, expect, it } from "vitest";
import { metricsQueries } from "../../src/domain/metric-families.ts";
import { parseMetrics } from "../../src/domain/metrics.ts";
import type { StatsRow } from "../../src/domain/stats.ts";
import { captured, capturedFiles, rowNamed, rowsOfMetrics, rowsOfPage } from "../support/captured.ts";

const both = capturedFiles(/\.server\.metrics$/)
  .map((file) => file.replace(".server.metrics", ""))
  .filter((scene) => capturedFiles(/\.csv$/).includes(`${scene}.csv`));

/** What the two sources must agree on; the tail of a status ("1/2", "(via …)") only the page has. */
function truth(row: StatsRow): unknown {
  const [word] = row.status.text.split(" ");
  return {
    server: `${row.proxy}/${row.name}`,
    status: word,
    health: row.tracked === undefined ? row.status.health : "tracked",
    admin: row.status.admin,
    checkStatus: row.checkStatus === "INI" ? undefined : row.checkStatus,
    checkCode: row.checkCode,
    checkRunning: row.checkRunning,
    checkDurationMs: row.checkDurationMs,
    weight: row.weight,
    userWeight: row.userWeight,
    sessions: row.sessions,
    sessionsTotal: row.sessionsTotal,
    queue: row.queue,
    downTransitions: row.downTransitions,
  };
}

describe("parseMetrics", () => {
  it("has scenes to compare with", () => {
    expect(both.length).toBeGreaterThan(15);
  });

  it.each(both)("reads of every server what the page of the same moment says: %s", (scene) => {
    const page = rowsOfPage(`${scene}.csv`).filter((row) => row.type === "server");
    const tracked = new Set(page.filter((row) => row.tracked !== undefined).map((row) => `${row.proxy}/${row.name}`));
    const metrics = rowsOfMetrics(`${scene}.server.metrics`).map((row) => {
      // A tracking server has no check of its own, which is all that metrics show.
      if (!tracked.has(`${row.proxy}/${row.name}`)) return truth(row);
      expect(row.status.text).toMatch(/^(no check|MAINT|DOWN|DRAIN)$/);
      return truth({ ...row, tracked: "", status: { ...row.status, text: row.status.text.replace("no check", "UP") } });
    });
    expect(metrics).toEqual(page.map(truth));
  });

  it.each(["2.6.12", "3.0.0", "3.5-dev5"])("reads servers, backends and the process from all of %s", (version) => {
    const metrics = parseMetrics(captured(`haproxy-${version}-all-up.metrics`));
    if (!metrics.ok) throw new Error(metrics.reason);
    expect(metrics.rows.map((row) => `${row.proxy}/${row.name} ${row.type}`)).toEqual([
      "stats/BACKEND backend",
      "k8s-de1-kube-api/k8s-de1-master-1 server",
      "k8s-de1-kube-api/k8s-de1-master-2 server",
      "k8s-de1-kube-api/k8s-de1-master-3 server",
      "k8s-de1-kube-api/BACKEND backend",
    ]);
    expect(rowNamed(metrics.rows, "BACKEND", "k8s-de1-kube-api")).toMatchObject({ active: 3, backup: 0, weight: 3 });
    expect(metrics.process.version).toMatch(new RegExp(`^${version.replace("-dev5", "")}`));
    expect(metrics.process.startedAtSeconds).toBeGreaterThan(1.7e9);
    expect(metrics.process.nodeName).toBe(version === "3.5-dev5" ? "vm" : undefined);
  });

  it.each(["2.4.0", "2.6.12", "2.8.0", "3.0.0", "3.5-dev5"])("reads the process of %s alone", (version) => {
    const metrics = parseMetrics(captured(`haproxy-${version}-all-up.global.metrics`));
    expect(metrics).toMatchObject({ ok: true, rows: [], process: { startedAtSeconds: expect.any(Number) } });
  });

  it("reads the narrowed answers of 3.x, with 3.0.0's doubled help and with desc labels", () => {
    expect(rowsOfMetrics("haproxy-3.0.0-all-up.filter.metrics")).toHaveLength(3);
    const rows = rowsOfMetrics("haproxy-3.5-dev5-all-up.desc-labels.metrics");
    expect(rows.map((row) => row.name)).toEqual(["k8s-de1-master-1", "k8s-de1-master-2", "k8s-de1-master-3"]);
  });

  const sample = (lines: readonly string[]) => parseMetrics(Buffer.from(`${lines.join("\n")}\n`));

  it("passes over a desc label whose quotes HAProxy did not escape", () => {
    const metrics = sample([
      "# TYPE haproxy_server_status gauge",
      'haproxy_server_status{proxy="be",desc="say "hi",server="x" {y} 1",server="m1",state="DRAIN"} 1',
    ]);
    expect(metrics).toMatchObject({ ok: true, rows: [{ proxy: "be", name: "m1", status: { admin: "drain" } }] });
  });

  it("reads NaN and rubbish as not known", () => {
    const metrics = sample([
      "# TYPE haproxy_server_weight gauge",
      'haproxy_server_weight{proxy="be",server="a"} NaN',
      'haproxy_server_weight{proxy="be",server="b"} +Inf',
      'haproxy_server_weight{proxy="be",server="c"} x',
      'haproxy_server_weight{proxy="be",server="d"} -1',
      'haproxy_server_weight{proxy="be",server="e"} 0',
    ]);
    if (!metrics.ok) throw new Error(metrics.reason);
    expect(metrics.rows.map((row) => row.weight)).toEqual([undefined, undefined, undefined, undefined, 0]);
    expect(metrics.rows[0]?.status).toMatchObject({ text: "unknown", health: "unknown" });
  });

  it("cleans names and versions", () => {
    const metrics = sample([
      "# TYPE haproxy_process_build_info gauge",
      'haproxy_process_build_info{version="2.6\x1b[31m\\"x\\""} 1',
      "# TYPE haproxy_server_weight gauge",
      'haproxy_server_weight{proxy="b\u202ee",server="a\x07"} 1',
    ]);
    expect(metrics).toMatchObject({ rows: [{ proxy: "be", name: "a" }], process: { version: '2.6[31m"x"' } });
  });

  it("infers no check only for UP without any check result", () => {
    const metrics = sample([
      "# TYPE haproxy_server_status gauge",
      'haproxy_server_status{proxy="be",server="a",state="UP"} 1',
      'haproxy_server_status{proxy="be",server="b",state="UP"} 1',
      'haproxy_server_status{proxy="be",server="c",state="MAINT"} 1',
      "# TYPE haproxy_server_check_status gauge",
      'haproxy_server_check_status{proxy="be",server="b",state="L4OK"} 0',
    ]);
    if (!metrics.ok) throw new Error(metrics.reason);
    expect(metrics.rows.map((row) => row.status.text)).toEqual(["no check", "UP", "MAINT"]);
  });

  it.each([
    ["nothing", "", "empty"],
    ["a stats page", "# pxname,svname,\n", "csv"],
    ["HTML", "<html>", "html"],
    ["somebody else's metrics", "# TYPE go_info gauge\ngo_info 1\n", "other"],
    ["an answer that was cut off", "# HELP haproxy_x y\n# TYPE haproxy_server_weight gau", "cut-off"],
  ])("says that %s is not HAProxy's metrics", (_, text, reason) => {
    expect(parseMetrics(Buffer.from(text))).toEqual({ ok: false, reason });
  });
});

describe("metricsQueries", () => {
  it("narrows to metrics that HAProxy has", () => {
    const known = captured("haproxy-3.5-dev5-all-up.metrics").toString("latin1");
    const names = metricsQueries.narrowPage.replace(/^.*metrics=/, "").split(",");
    expect(names.filter((name) => !known.includes(`# TYPE ${name} `))).toEqual([]);
    expect(metricsQueries.narrowPage.length).toBeLessThan(3000);
  });
});
