import { describe, expect, it } from "vitest";
import { readHeading } from "../../src/domain/doctor-heading.ts";
import { pageFindings } from "../../src/domain/doctor-page.ts";
import { captured } from "../support/captured.ts";
import { factsOf, failureOf, node, pageRows, said } from "../support/doctor-facts.ts";

const refused = failureOf("unauthorized", "answers 401", 401);
const open = {
  kind: "open",
  rows: pageRows(),
  process: { version: "3.2.4", nodeName: undefined, startedAtSeconds: 1 },
} as const;
const nameless = { ...node, stats: { ...node.stats, password: undefined } };

describe("pageFindings", () => {
  it("is content with a page that only the password opens", () => {
    const findings = pageFindings(factsOf());
    expect(said(findings, "auth")).toEqual(["ok: user admin is let in, nobody is without a password"]);
    expect(said(findings, "page")).toEqual(["ok: HAProxy's stats page, in 3 ms"]);
  });

  it("calls a page that wants no password critical, and says so when it gives orders too", () => {
    const facts = factsOf({ bare: { kind: "open" } });
    expect(said(pageFindings(facts), "auth")).toEqual([
      "critical: the page wants no password: whoever reaches the port reads it",
    ]);
    expect(said(pageFindings({ ...facts, right: "allowed" }), "auth")[0]).toContain("reads it, and gives orders");
  });

  it("tells a wrong password from none", () => {
    const wrong = factsOf({ page: { ok: false, failure: refused } });
    expect(said(pageFindings(wrong), "auth")).toEqual(["critical: the page refuses user admin or the password"]);
    expect(said(pageFindings(wrong), "page")).toEqual(["skipped: not seen without the right password"]);
    const none = { ...wrong, node: nameless };
    expect(said(pageFindings(none), "auth")).toEqual(["critical: the page wants a password, and none is configured"]);
    expect(said(pageFindings({ ...none, metrics: open }), "auth")).toEqual([
      "warning: the page wants a password, and none is configured: only /metrics can be read, and no order can be given",
    ]);
    const onPurpose = { ...nameless, poll: { ...nameless.poll, source: "metrics" as const } };
    expect(said(pageFindings({ ...none, node: onPurpose, metrics: open }), "auth")[0]).toMatch(/^note: /);
  });

  it("says what else answers there", () => {
    const failure = failureOf("not-stats", "a web page (HTML) instead of CSV", 200);
    const findings = pageFindings(factsOf({ page: { ok: false, failure }, bare: { kind: "failed", failure } }));
    expect(findings).toMatchObject([
      { check: "auth", verdict: "skipped", text: "not known, as no stats page came back" },
      {
        check: "page",
        verdict: "critical",
        text: "port 1936 sends a web page (HTML) instead of CSV",
        fix: expect.stringContaining("`stats.port`"),
      },
    ]);
  });

  it("warns of a page that comes later than polls wait", () => {
    const findings = pageFindings(factsOf({ page: { ok: true, rows: pageRows(), ms: 1_900, atMs: 1 } }));
    expect(said(findings, "page")).toEqual([
      "warning: HAProxy's stats page, but in 1900 ms: polls give up after 1500 ms",
    ]);
  });

  it("finds a firewall where ssh gets to the page and this machine does not", () => {
    const connected = { ok: false, failure: failureOf("timeout", "no connection in time") } as const;
    const findings = pageFindings(factsOf({ connected, page: undefined }));
    expect(said(findings, "page")).toEqual([
      "warning: it can be read through ssh only: something between here and the port keeps connections away",
    ]);
  });
});

describe("readHeading", () => {
  const heading = (text: string) => readHeading(Buffer.from(text));

  it("reads the version of HAProxy's page, or that it is hidden", () => {
    const link = '<body><h1><a href="http://www.haproxy.org/" style="text-decoration: none;">';
    expect(heading(`${link}HAProxy version 2.6.12-1+deb12u4, released 2026/10/17</a></h1>`)).toEqual({
      version: "2.6.12-1+deb12u4",
    });
    expect(heading(`${link}HAProxy</a></h1>`)).toEqual({ version: undefined });
    expect(readHeading(captured("haproxy-2.6.12-all-up.html"))).toEqual({ version: undefined });
  });

  it("knows that other pages are none, and draws nothing that they send", () => {
    expect(heading("<h1>nginx</h1>")).toBeUndefined();
    expect(heading("<h1>HAProxy version 9\u001b[31m9, released</h1>")).toEqual({ version: "9[31m9" });
  });
});
