import { describe, expect, it } from "vitest";
import { createStatsParser } from "../../src/domain/stats-csv.ts";
import { captured, capturedFiles, obeyed, rowNamed, rowsOfPage, textsIn } from "../support/captured.ts";

const backend = "k8s-de1-kube-api";
const m1 = "k8s-de1-master-1";
const parse = createStatsParser();
const page = (text: string | Buffer) => parse(typeof text === "string" ? Buffer.from(text, "latin1") : text);

const header = "# pxname,svname,scur,status,weight,type,check_status,check_code,last_chk,";

describe("createStatsParser, recorded pages", () => {
  it.each(capturedFiles(/\.csv$/))("reads %s", (file) => {
    const rows = rowsOfPage(file);
    expect(rows.filter((row) => row.proxy === backend && row.type === "server").length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.name).not.toBe("");
      if (row.type === "server") expect(row.status).not.toMatchObject({ health: "unknown", admin: "unknown" });
    }
  });

  it("reads every column of a server row, and nothing empty as 0", () => {
    expect(rowNamed(rowsOfPage("haproxy-2.6.12-all-up.csv"), m1)).toEqual({
      proxy: backend,
      name: m1,
      type: "server",
      status: { text: "UP", health: "up", admin: "ready", streak: undefined, cause: undefined, via: undefined },
      weight: 1,
      userWeight: 1,
      active: 1,
      backup: 0,
      queue: 0,
      sessions: 0,
      sessionsMax: 0,
      sessionsTotal: 0,
      sessionsPerSecond: 0,
      bytesIn: 0,
      bytesOut: 0,
      connectErrors: 0,
      connectRetries: 0,
      redispatches: 0,
      clientAborts: 0,
      serverAborts: 0,
      checkFailures: 0,
      downTransitions: 0,
      sinceChangeSeconds: 4,
      downtimeSeconds: 0,
      chosenTotal: 0,
      requestsTotal: undefined,
      lastSessionSeconds: undefined,
      connectTimeMs: 0,
      tracked: undefined,
      checkStatus: "L7OK",
      checkRunning: false,
      checkCode: 401,
      checkDurationMs: 2,
      checkRise: 2,
      checkFall: 2,
      checkHealth: 3,
      lastCheckText: undefined,
      checkDescription: "Layer7 check passed",
      agentStatus: undefined,
      lastAgentText: undefined,
      address: undefined,
      mode: "tcp",
    });
  });

  it.each([
    ["down-l4con", "DOWN", "L4CON", undefined],
    ["down-l4con-unreachable", "DOWN", "L4CON", undefined],
    ["down-l4tout", "DOWN", "L4TOUT", undefined],
    ["down-l6rsp", "DOWN", "L6RSP", undefined],
    ["down-l6tout", "DOWN", "L6TOUT", undefined],
    ["down-l7tout", "DOWN", "L7TOUT", undefined],
    ["down-l7sts-500", "DOWN", "L7STS", 500],
    ["down-l7sts-200-while-expect-401", "DOWN", "L7STS", 200],
    ["going-down-up-1-2", "UP 1/2", "L7STS", 500],
    ["going-up-down-1-2", "DOWN 1/2", "L7OK", 401],
    ["drain", "DRAIN", "L7OK", 401],
    ["drain-going-down-1-2", "DRAIN 1/2", "L7STS", 500],
    ["drain-and-down", "DOWN", "L4CON", undefined],
    ["maint", "MAINT", undefined, undefined],
  ])("reads %s the same from 2.6 and from 3.5", (scene, status, checkStatus, checkCode) => {
    for (const version of ["2.6.12", "3.5-dev5"]) {
      const row = rowNamed(rowsOfPage(`haproxy-${version}-${scene}.csv`), m1);
      if (scene === "drain-and-down") expect(row.status.text).toBe(status);
      else expect(row).toMatchObject({ status: { text: status }, checkStatus, checkCode });
    }
  });

  it("marks a running check and takes its 0 for no code", () => {
    const row = rowNamed(rowsOfPage("haproxy-2.6.12-check-in-progress.csv"), m1);
    expect(row).toMatchObject({ checkStatus: "L7OK", checkRunning: true, checkCode: undefined, checkDurationMs: 705 });
  });

  it("tells servers named FRONTEND and BACKEND from the rows of that type", () => {
    const rows = rowsOfPage("haproxy-2.6.12-odd-names.csv").filter((row) => /^(FRONT|BACK)END$/.test(row.name));
    const servers = rows.filter((row) => row.type === "server");
    expect(servers.map((row) => row.name).sort()).toEqual(["BACKEND", "FRONTEND"]);
    expect(rows.length).toBeGreaterThan(servers.length);
  });

  it("reads tracked servers, their addresses and what the others bring", () => {
    expect(rowNamed(rowsOfPage("haproxy-2.6.12-maint-via-tracked.csv"), "t1")).toMatchObject({
      status: { admin: "maint", cause: "via", via: `${backend}/${m1}` },
      tracked: `${backend}/${m1}`,
    });
    expect(rowNamed(rowsOfPage("haproxy-2.6.12-show-legends-node-desc.csv"), m1).address).toMatch(
      /^127\.0\.0\.11:6443$/,
    );
  });

  it.each(capturedFiles(/-hostile-.*\.csv$/))("lets nothing through that a terminal obeys: %s", (file) => {
    const texts = textsIn(rowsOfPage(file));
    expect(texts.filter((text) => obeyed.test(text))).toEqual([]);
  });

  it("reads quotes and commas of a hostile reason as text", () => {
    const row = rowNamed(rowsOfPage("haproxy-2.6.12-hostile-quotes-comma.csv"), m1);
    expect(row.lastCheckText).toMatch(/[",]/);
    expect(row).toMatchObject({ checkStatus: "L7STS", checkCode: 500, mode: "tcp" });
  });
});

describe("createStatsParser, made-up pages", () => {
  const row = (cells: string) => `${header}\n${cells}\n`;

  it("goes by names: other orders, unknown columns, a column called (null), a second of the same name", () => {
    const result = page("# pxname,(null),status,svname,new-one,type,status,-,\nbe,7,UP 1/2,a,x,2,DOWN,,\n");
    expect(result).toMatchObject({ ok: true, rows: [{ proxy: "be", name: "a", status: { text: "UP 1/2" } }] });
  });

  it("takes CRLF and a missing trailing comma", () => {
    const result = page("# pxname,svname,status,type\r\nbe,a,UP,2\r\n");
    expect(result).toMatchObject({ ok: true, rows: [{ proxy: "be", status: { health: "up" } }] });
  });

  it("unfolds doubled quotes, and keeps commas in quotes together", () => {
    const result = page(row('be,a,1,UP,1,2,L7STS,500,"say ""no"", twice",'));
    expect(result).toMatchObject({ ok: true, rows: [{ lastCheckText: 'say "no", twice', checkCode: 500 }] });
  });

  it("leaves numbers undefined that are none", () => {
    const result = page(`${row('be,a,12x,UP,-,2,,"7",,')}be,b,,UP,-3,2,,,,\n`);
    expect(result).toMatchObject({
      ok: true,
      rows: [
        { sessions: undefined, weight: undefined, checkCode: undefined },
        { sessions: undefined, weight: undefined },
      ],
    });
  });

  it("leaves out rows of a type that it does not know", () => {
    expect(page(`${row("be,a,1,UP,1,9,,,,")}be,b,1,UP,1,2,,,,\n`)).toMatchObject({ ok: true, rows: [{ name: "b" }] });
  });

  it("keeps big counters exact", () => {
    const text = "# pxname,svname,status,type,bout,\nbe,a,UP,2,9007199254740991,\n";
    expect(page(text)).toMatchObject({ ok: true, rows: [{ bytesOut: 9007199254740991 }] });
  });

  it.each([
    ["nothing", "", "empty"],
    ["line ends only", "\r\n\n", "empty"],
    ["a header line without rows", `${header}\n`, "no-rows"],
    ["a header without HAProxy's columns", "# pxname,svname,foo,\na,b,c,\n", "columns-missing"],
    ["a row that is too short", row("be,a,1,UP"), "cut-off"],
    ["a last line that was cut off", `${header}\nbe,a,1,UP,1,2,L7STS,500,Inter`, "cut-off"],
    ["a row without a type", row("be,a,1,UP,1,x,,,,"), "broken-row"],
    ["a quote that never closes", row('be,"a,1,UP,1,2,,,,'), "cut-off"],
    ["text", "hello", "other"],
    ["metrics", "# HELP haproxy_x y\n", "metrics"],
  ])("says that %s is no stats page", (_, text, reason) => {
    expect(page(text)).toEqual({ ok: false, reason });
  });

  it("says that HTML and JSON are no stats page", () => {
    expect(page(captured("haproxy-2.6.12-all-up.html"))).toEqual({ ok: false, reason: "html" });
    expect(page(captured("haproxy-2.6.12-hostile-quotes-comma.json"))).toEqual({ ok: false, reason: "json" });
  });

  it("survives any byte in any place of a page", () => {
    const good = captured("haproxy-2.6.12-hostile-quotes-comma.csv");
    for (let at = 0; at < good.length; at += 3) {
      for (const byte of [0x00, 0x0a, 0x22, 0x2c, 0x80, 0xff]) {
        const bad = Buffer.from(good);
        bad[at] = byte;
        const result = parse(bad);
        if (result.ok) expect(result.rows.length).toBeGreaterThan(0);
        else expect(result.reason).toMatch(/^[a-z-]+$/);
      }
    }
  });

  it("never takes a page for whole that was cut inside a row", () => {
    const good = captured("haproxy-2.6.12-all-up.csv");
    const all = parse(good);
    for (let end = 0; end < good.length - 1; end += 1) {
      const cut = parse(good, 0, end);
      if (cut.ok && all.ok) expect(cut.rows).toEqual(all.rows.slice(0, cut.rows.length));
      if (good[end - 1] !== 0x0a && good[end - 1] !== 0x2c) expect(cut.ok).toBe(false);
    }
  });

  it("reads a page in the middle of a larger buffer", () => {
    const good = captured("haproxy-2.6.12-all-up.csv");
    const padded = Buffer.concat([Buffer.from("xx\n"), good, Buffer.from("be,z,1,UP,\n")]);
    expect(parse(padded, 3, 3 + good.length)).toEqual(parse(good));
  });

  it("gives the same strings and states again, so that a poll makes no garbage of them", () => {
    const [first, second] = [parse(captured("haproxy-2.6.12-drain.csv")), parse(captured("haproxy-2.6.12-drain.csv"))];
    if (!first.ok || !second.ok) throw new Error("not read");
    expect(rowNamed(first.rows, m1).status).toBe(rowNamed(second.rows, m1).status);
  });
});
