import { describe, expect, it } from "vitest";
import { describeReply, type Way } from "../../src/domain/describe-reply.ts";
import type { RouteReply, StCode } from "../../src/domain/outcome.ts";
import { nodeOf } from "../support/fleet.ts";

const node = nodeOf("node01", { ssh: "ops@edge-1" });
const refused = { kind: "unreachable", detail: "connection refused", statusCode: undefined } as const;
const st = (code: StCode): RouteReply => ({ kind: "answered", st: code });

describe("describeReply", () => {
  it.each<[Way, RouteReply, string]>([
    ["http", st("DENY"), "http to 10.8.0.11:1936: DENY"],
    ["loopback", st("DONE"), "http to 127.0.0.1:1936 on this machine: DONE"],
    ["ssh", { kind: "not-sent", failure: refused }, "ssh to ops@edge-1: connection refused"],
    ["ssh", { kind: "rejected", statusCode: 401 }, "ssh to ops@edge-1: answers 401"],
    ["http", { kind: "no-answer", failure: refused }, "http to 10.8.0.11:1936: sent, then connection refused"],
    ["socket", { kind: "said", means: "permission", text: "Permission denied" }, "socket of node01: Permission denied"],
    ["http", { kind: "answered", st: "UNKN", text: "NEWS" }, "http to 10.8.0.11:1936: NEWS"],
  ])("names the way and what came back (%s)", (way, reply, text) => {
    expect(describeReply(way, reply, node).text).toBe(text);
  });

  it("advises on every reply but success", () => {
    const codes: StCode[] = ["PART", "ERRP", "NONE", "EXCD", "DENY", "IVAL", "UNKN"];
    const statuses = [200, 401, 403, 503].map((statusCode): RouteReply => ({ kind: "rejected", statusCode }));
    for (const reply of [...codes.map(st), ...statuses]) {
      expect(describeReply("http", reply, node).hint).toMatch(/^.{20,}[.?]$/);
    }
    expect(describeReply("http", st("DONE"), node).hint).toBeUndefined();
    expect(describeReply("socket", { kind: "said", means: "ok", text: "" }, node).hint).toBeUndefined();
  });

  it("sends to ssh whom http denies, and nobody to ssh whom the node's own loopback denies", () => {
    expect(describeReply("http", st("DENY"), node).hint).toContain("--via ssh");
    for (const way of ["ssh", "loopback"] as const) {
      expect(describeReply(way, st("DENY"), node).hint).toContain("--via socket");
    }
  });

  it("prefers what the route itself knows", () => {
    const words = describeReply("ssh", { kind: "not-sent", failure: refused }, node, "Type this.");
    expect(words.hint).toBe("Type this.");
  });
});
