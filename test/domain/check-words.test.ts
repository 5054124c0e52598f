import { describe, expect, it } from "vitest";
import { checkCell, checkWords } from "../../src/domain/check-words.ts";
import { aRow, aStatus } from "../support/fleet-view.ts";

const stats = { expect: 401, source: "stats" } as const;

describe("checkWords", () => {
  it.each([
    ["L7OK", 401, undefined, "answered 401: TLS and HTTP work, readiness is not proved"],
    ["L7OK", 200, undefined, "answered 200: ready"],
    ["L7OK", undefined, undefined, "answered as the check wants"],
    ["L7STS", 200, "OK", "answered 200, the check wants 401"],
    ["L7STS", 500, "Internal Server Error", "answered 500 (Internal Server Error), the check wants 401"],
    ["L7STS", 401, "Unauthorized", "answered 401, which this node's HAProxy refuses though the fleet file wants it"],
    ["L7STS", undefined, undefined, "answered with a status the check does not want"],
    ["L4CON", undefined, "Connection refused", "connection refused"],
    ["L4CON", undefined, "ECONNREFUSED returned by OS (Connection refused)", "connection refused"],
    ["L4CON", undefined, "SSL handshake failure", "no route: the host cannot be reached"],
    ["L4CON", undefined, undefined, "no route: the host cannot be reached"],
    ["L4TOUT", undefined, undefined, "no answer to connecting: timed out"],
    ["L6RSP", undefined, "SSL handshake failure", "TLS failed"],
    ["L6TOUT", undefined, undefined, "connected, then the TLS handshake timed out"],
    ["L7TOUT", undefined, undefined, "TLS works, then no answer in time"],
    ["L7RSP", undefined, undefined, "the answer is not HTTP"],
    ["SOCKERR", undefined, "garbage", "socket error: garbage"],
    ["INI", undefined, undefined, "not checked yet"],
    ["L9NEW", 7, undefined, "unknown check result L9NEW/7"],
  ])("says %s/%s (%s) as: %s", (checkStatus, checkCode, lastCheckText, words) => {
    expect(checkWords(aRow({ checkStatus, checkCode, lastCheckText }), stats)).toBe(words);
  });

  it("does not call a good answer the reason of a server that is still down", () => {
    expect(checkWords(aRow({ status: aStatus("DOWN 1/2") }), stats)).toBe("coming back, 1 of 2 good checks so far");
    expect(checkWords(aRow({ status: aStatus("DOWN") }), stats)).toBe(
      "though its last check passed: coming back, or set down by hand",
    );
  });

  it("names both codes that a change-over accepts", () => {
    const row = aRow({ checkStatus: "L7STS", checkCode: 403, lastCheckText: "Forbidden" });
    expect(checkWords(row, { expect: "migrate", source: "stats" })).toBe(
      "answered 403 (Forbidden), the check wants 200 or 401",
    );
  });

  it("does not guess a cause that /metrics cannot tell", () => {
    const row = aRow({ checkStatus: "L4CON", checkCode: undefined, lastCheckText: undefined });
    expect(checkWords(row, { expect: 401, source: "metrics" })).toBe("connection failed");
  });

  it("says why there is no check result", () => {
    const none = { checkStatus: undefined, checkCode: undefined };
    expect(checkWords(aRow({ ...none, status: aStatus("MAINT") }), stats)).toBe("not checked while in maintenance");
    expect(checkWords(aRow({ ...none, status: aStatus("no check") }), stats)).toBe("no check configured");
    expect(checkWords(aRow(none), stats)).toBe("not known");
  });
});

describe("checkCell", () => {
  it("spells the check as HAProxy does", () => {
    expect(checkCell(aRow({ checkStatus: "L7STS", checkCode: 200 }))).toBe("L7STS/200");
    expect(checkCell(aRow({ checkStatus: "L4CON", checkCode: undefined }))).toBe("L4CON");
    expect(checkCell(aRow({ checkStatus: undefined, checkCode: undefined }))).toBe("-");
  });
});
