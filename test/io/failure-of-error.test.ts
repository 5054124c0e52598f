import { describe, expect, it } from "vitest";
import { failureOfError, isLostConnection } from "../../src/io/failure-of-error.ts";
import { failureOfStatus } from "../../src/io/failure-of-status.ts";

const coded = (code: string) => Object.assign(new Error("a message that nobody reads: 10.0.0.1 hunter2"), { code });

describe("failureOfError", () => {
  it.each([
    ["ECONNREFUSED", "unreachable", "connection refused"],
    ["EHOSTUNREACH", "unreachable", "no route to host"],
    ["ENETUNREACH", "unreachable", "network is unreachable"],
    ["ECONNRESET", "unreachable", "connection reset"],
    ["UND_ERR_SOCKET", "unreachable", "closed without an answer"],
    ["EMFILE", "unreachable", "this console has no file descriptors left"],
    ["ETIMEDOUT", "timeout", "no connection in time"],
    ["ENOTFOUND", "dns", "name not found"],
    ["EAI_AGAIN", "dns", "name server does not answer"],
    ["CERT_HAS_EXPIRED", "tls", "certificate has expired"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls", "certificate is for another name"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls", "certificate of an unknown issuer"],
    ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "tls", "a client certificate is wanted"],
    ["ERR_SSL_SOMETHING_NEW", "tls", "TLS handshake failed"],
    ["EPROTO", "tls", "TLS handshake failed"],
    ["ESOMETHINGNEW", "unreachable", "network error"],
    ["constructor", "unreachable", "network error"],
  ])("%s is %s: %s", (code, kind, detail) => {
    expect(failureOfError(coded(code), false)).toEqual({ kind, detail, statusCode: undefined });
  });

  it("tells a connection that was lost in the middle from one that was never there", () => {
    expect(failureOfError(coded("ECONNRESET"), true).detail).toBe("connection lost in the middle of the answer");
    expect(failureOfError(coded("UND_ERR_SOCKET"), true).detail).toBe("connection lost in the middle of the answer");
  });

  it("lets the first error speak for a name with several addresses", () => {
    const all = new AggregateError([coded("EHOSTUNREACH"), coded("ECONNREFUSED")]);
    expect(failureOfError(all, false).detail).toBe("no route to host");
  });

  it.each([undefined, null, "text", {}, new Error("no code"), { code: 7 }])("never throws: %o", (error) => {
    expect(failureOfError(error, false)).toEqual({
      kind: "unreachable",
      detail: "network error",
      statusCode: undefined,
    });
  });
});

describe("isLostConnection", () => {
  it("is so for what a kept connection can die of, and for nothing else", () => {
    expect(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"].every((code) => isLostConnection(coded(code)))).toBe(true);
    expect(["ECONNREFUSED", "CERT_HAS_EXPIRED", "K3S_LB_GIVEN_UP"].some((code) => isLostConnection(coded(code)))).toBe(
      false,
    );
  });
});

describe("failureOfStatus", () => {
  it.each([
    ["https://user:pw@other.example:8443/x?token=1", "answers 302 (to other.example:8443)"],
    ["//other.example/x", "answers 302 (to other.example)"],
    ["/elsewhere", "answers 302 (to another path)"],
    ["http://[bad", "answers 302 (to no valid address)"],
    [undefined, "answers 302"],
  ])("tells only the host of location %s", (location, detail) => {
    expect(failureOfStatus(302, location)).toEqual({ kind: "http-status", detail, statusCode: 302 });
  });
});
