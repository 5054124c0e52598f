import { describe, expect, it } from "vitest";
import { chooseWays, isInVain, isProved } from "../../src/app/admin-choice.ts";
import type { RouteReply } from "../../src/domain/outcome.ts";

const there = { via: "auto", remembered: undefined, isHere: false } as const;
const refused = { kind: "unreachable", detail: "connection refused", statusCode: undefined } as const;
const slow = { kind: "timeout", detail: "no connection in time", statusCode: undefined } as const;
const denied: RouteReply = { kind: "answered", st: "DENY" };
const done: RouteReply = { kind: "answered", st: "DONE" };
const forbidden: RouteReply = { kind: "said", means: "permission", text: "Permission denied" };

describe("chooseWays", () => {
  it.each([
    ["http before ssh to another machine", there, ["http", "ssh"]],
    ["loopback, then the own address, on this machine", { ...there, isHere: true }, ["loopback", "http"]],
    ["what worked last first", { ...there, remembered: "ssh" }, ["ssh", "http"]],
    ["the socket only where it worked", { ...there, remembered: "socket" }, ["socket", "http", "ssh"]],
    [
      "loopback for a remembered http on this machine",
      { ...there, isHere: true, remembered: "http" },
      ["loopback", "http"],
    ],
    [
      "no ssh to this machine, whatever is remembered",
      { ...there, isHere: true, remembered: "ssh" },
      ["loopback", "http"],
    ],
    ["a named route alone", { ...there, via: "socket", remembered: "ssh" }, ["socket"]],
    ["the own address where http is named on this machine", { ...there, via: "http", isHere: true }, ["http"]],
  ] as const)("takes %s", (_what, situation, ways) => {
    expect(chooseWays(situation)).toEqual(ways);
  });
});

describe("isInVain", () => {
  it.each([
    ["a denial by http", "http", denied, true],
    ["a denial to this machine's own loopback", "loopback", denied, false],
    ["an order done", "ssh", done, false],
    ["a name unknown there", "http", { kind: "answered", st: "ERRP" }, false],
    ["a 401 by http", "http", { kind: "rejected", statusCode: 401 }, true],
    ["a 401 over ssh", "ssh", { kind: "rejected", statusCode: 401 }, false],
    ["a 403", "http", { kind: "rejected", statusCode: 403 }, true],
    ["a 503", "http", { kind: "rejected", statusCode: 503 }, false],
    ["a closed port", "http", { kind: "not-sent", failure: refused }, true],
    ["a path that swallows packets", "http", { kind: "not-sent", failure: slow }, false],
    ["a login that failed", "ssh", { kind: "not-sent", failure: slow }, true],
    ["a socket that takes no orders", "socket", forbidden, true],
    ["an order that may have been carried out", "http", { kind: "no-answer", failure: refused }, false],
  ] as const)("judges %s", (_what, way, reply, isSo) => {
    expect(isInVain(way, reply, true)).toBe(isSo);
  });

  it("sees no other way past a 401 where no password is configured", () => {
    expect(isInVain("http", { kind: "rejected", statusCode: 401 }, false)).toBe(false);
  });
});

describe("isProved", () => {
  it("is so for a way that carried an order there and back, whatever became of it", () => {
    const replies: RouteReply[] = [done, { kind: "answered", st: "ERRP" }, { kind: "said", means: "ok", text: "" }];
    expect(replies.map(isProved)).toEqual([true, true, true]);
    const others: RouteReply[] = [
      denied,
      forbidden,
      { kind: "no-answer", failure: slow },
      { kind: "rejected", statusCode: 401 },
    ];
    expect(others.map(isProved)).toEqual([false, false, false, false]);
  });
});
