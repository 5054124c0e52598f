import { describe, expect, it } from "vitest";
import type { Certificate } from "../../src/domain/doctor-facts.ts";
import { networkFindings } from "../../src/domain/doctor-network.ts";
import { factsOf, failureOf, node, said } from "../support/doctor-facts.ts";

const wallMs = Date.UTC(2026, 10, 22);
const day = 24 * 3_600_000;
const tls = { ca: "/ca.pem", cert: undefined, key: undefined, servername: undefined, insecure: false };
const secure = { ...node, stats: { ...node.stats, tls } };
const insecure = { ...node, stats: { ...node.stats, tls: { ...tls, insecure: true } } };

function certificate(part: Partial<Certificate & { ok: true }> = {}): Certificate {
  return { ok: true, problem: undefined, validFromMs: wallMs - day, validToMs: wallMs + 90 * day, ...part };
}

describe("networkFindings", () => {
  it("says that an address needs no name server, and how fast the port is", () => {
    const findings = networkFindings(factsOf(), wallMs);
    expect(said(findings, "resolve")).toEqual(["ok: an address, no name"]);
    expect(said(findings, "connect")).toEqual(["ok: port 1936 takes connections, in 2 ms"]);
    expect(said(findings, "tls")).toEqual(["note: plain http: whoever sits on the path reads the password"]);
  });

  it.each([
    [["10.8.0.11"], "ok: n1.vpn is 10.8.0.11"],
    [["10.8.0.11", "fd00::11"], "note: n1.vpn is 10.8.0.11, fd00::11: whichever answers first is asked"],
    [
      ["10.8.0.11", "10.8.0.12"],
      "warning: n1.vpn is 10.8.0.11, 10.8.0.12: they may be different machines, and whichever answers first is asked",
    ],
  ])("judges the addresses %j of a name", (addresses, text) => {
    const facts = factsOf({ node: { ...node, address: "n1.vpn" }, resolution: { kind: "found", addresses } });
    expect(said(networkFindings(facts, wallMs), "resolve")).toEqual([text]);
  });

  it("asks nothing of a name that does not resolve, and says what to do", () => {
    const failure = failureOf("dns", "name not found");
    const findings = networkFindings(
      factsOf({ resolution: { kind: "failed", failure }, connected: undefined, page: undefined }),
      wallMs,
    );
    expect(findings).toMatchObject([
      {
        verdict: "critical",
        text: "the name cannot be resolved: name not found",
        fix: expect.stringContaining("`address`"),
      },
      { verdict: "skipped", text: "not asked, as the name does not resolve" },
      { verdict: "skipped", text: "not asked, as the name does not resolve" },
    ]);
  });

  it("says why the port cannot be connected, without the address, so that nodes alike share a line", () => {
    const failure = failureOf("unreachable", "connection refused");
    const findings = networkFindings(factsOf({ connected: { ok: false, failure }, page: undefined }), wallMs);
    expect(said(findings, "connect")).toEqual(["critical: port 1936 cannot be connected: connection refused"]);
    expect(said(findings, "tls")).toEqual(["skipped: not asked, as the stats port cannot be connected"]);
  });

  it.each([
    ["a good one", certificate(), secure, "ok: trusted, for 10.8.0.11, until 2027-02-20"],
    [
      "one that ends soon",
      certificate({ validToMs: wallMs + 13 * day }),
      secure,
      "warning: the certificate ends in 13 days (2026-12-05)",
    ],
    [
      "one that ends today",
      certificate({ validToMs: wallMs + day / 2 }),
      secure,
      "warning: the certificate ends in less than a day (2026-11-22)",
    ],
    [
      "one for another name",
      certificate({ problem: failureOf("tls", "certificate is for another name") }),
      secure,
      "critical: TLS fails: certificate is for another name",
    ],
    [
      "one of nobody, let pass by insecure",
      certificate({ problem: failureOf("tls", "self-signed certificate") }),
      insecure,
      "warning: self-signed certificate, which `stats.tls.insecure` lets pass: anybody on the path can pose as the node",
    ],
    [
      "a good one with insecure",
      certificate(),
      insecure,
      "note: trusted, until 2027-02-20; `stats.tls.insecure` would let any other pass as well",
    ],
    [
      "no handshake",
      { ok: false, failure: failureOf("tls", "the port does not speak TLS") } as const,
      secure,
      "critical: TLS fails: the port does not speak TLS",
    ],
  ])("judges a certificate: %s", (_, found, of, text) => {
    expect(said(networkFindings(factsOf({ node: of, certificate: found }), wallMs), "tls")).toEqual([text]);
  });

  it("finds the port that speaks TLS though plain http is asked", () => {
    const failure = failureOf("tls", "the port speaks TLS");
    const findings = networkFindings(factsOf({ page: { ok: false, failure } }), wallMs);
    expect(said(findings, "tls")).toEqual(["critical: the port speaks TLS"]);
  });

  it("does not know what had no time", () => {
    const findings = networkFindings(factsOf({ resolution: undefined, connected: undefined }), wallMs);
    expect(new Set(findings.map(({ text }) => text))).toEqual(
      new Set(["not known when the time was over (--timeout 5s, or Ctrl-C)"]),
    );
  });
});
