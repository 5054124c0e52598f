import { describe, expect, it } from "vitest";
import { versionFindings } from "../../src/domain/doctor-version.ts";
import { bugsOf, haproxyBugs, parseFullVersion } from "../../src/domain/haproxy-bugs.ts";
import { factsOf, failureOf, said } from "../support/doctor-facts.ts";

const running = (version: string | undefined) =>
  factsOf({ metrics: { kind: "closed", process: { version, nodeName: undefined, startedAtSeconds: 1 } } });

function bugs(text: string): readonly string[] {
  const version = parseFullVersion(text);
  if (version === undefined) throw new Error(`${text} is no version`);
  return bugsOf(version).map(({ id }) => id);
}

describe("bugsOf", () => {
  it.each([
    ["2.4.0", ["foreign-origin", "untried-after-maint"]],
    ["2.6.12-1+deb12u4", ["foreign-origin", "untried-after-maint", "wrong-check-text"]],
    ["2.6.99", ["untried-after-maint", "wrong-check-text"]],
    ["3.0.0", ["split-post", "repeated-help", "foreign-origin", "untried-after-maint"]],
    ["3.0.11", ["untried-after-maint"]],
    ["3.2.0", ["foreign-origin"]],
    ["3.5-dev2", ["foreign-origin"]],
    ["3.5-dev5", []],
  ])("knows of %s: %j", (version, ids) => {
    expect(bugs(version)).toEqual(ids);
  });

  it("has an advice for each, and each id once", () => {
    expect(haproxyBugs.filter(({ fix }) => !/^[A-Z].*\.$/.test(fix))).toEqual([]);
    expect(new Set(haproxyBugs.map(({ id }) => id)).size).toBe(haproxyBugs.length);
  });
});

describe("versionFindings", () => {
  it("names the version, from the page where /metrics does not tell it", () => {
    expect(said(versionFindings(running("3.2.4"), undefined), "version")).toEqual(["ok: HAProxy 3.2.4"]);
    const onPage = factsOf({
      metrics: { kind: "failed", failure: failureOf("http-status", "answers 503", 503) },
      heading: { version: "3.2.4" },
    });
    expect(said(versionFindings(onPage, undefined), "version")).toEqual(["ok: HAProxy 3.2.4"]);
  });

  it("says what is known of it", () => {
    expect(versionFindings(running("3.0.0"), undefined).map(({ verdict }) => verdict)).toEqual([
      "ok",
      "warning",
      "note",
      "note",
      "note",
    ]);
  });

  it("holds it against the fleet file: newer is told, older may refuse what is generated", () => {
    const wanted = { major: 2, minor: 8 };
    expect(said(versionFindings(running("3.2.4"), wanted), "version")).toEqual([
      "note: HAProxy 3.2.4, though `haproxy.version` of the fleet file is 2.8",
    ]);
    expect(said(versionFindings(running("2.7.1"), wanted), "version")[0]).toBe(
      "warning: HAProxy 2.7.1 may refuse what is generated for 2.8, as the fleet file says",
    );
  });

  it("warns of one that is too old, and passes over one that nothing tells", () => {
    expect(said(versionFindings(running("2.2.9"), undefined), "version")[0]).toBe(
      "warning: HAProxy 2.2.9 is older than 2.4, the oldest that k3s-lb was tried with",
    );
    expect(versionFindings(running(undefined), undefined)).toMatchObject([
      { verdict: "skipped", text: "neither /metrics nor the page tells it" },
    ]);
  });

  it("gives no advice on /metrics where the password is refused", () => {
    const refused = factsOf({
      page: { ok: false, failure: failureOf("unauthorized", "answers 401", 401) },
      metrics: { kind: "closed", process: undefined },
    });
    expect(said(versionFindings(refused, undefined), "version")).toEqual(["skipped: not seen, as no page came back"]);
  });
});
