import { describe, expect, it } from "vitest";
import { inputOf } from "../support/generate-input.ts";
import { linesOf, linesWith } from "../support/haproxy-lines.ts";

describe("frontendSection", () => {
  it.each([
    ["127.0.0.1:16443", 0],
    ["127.9.9.9:16443", 0],
    ["[::1]:16443", 0],
    ["localhost:16443", 0],
    ["0.0.0.0:16443", 1],
    [":16443", 1],
    ["[::]:16443", 1],
    ["127.evil.example:16443", 1],
  ])("on %s needs %d allowances", (bind, count) => {
    const input = inputOf({ fleet: { frontend: { name: "api", bind } } });
    expect(linesWith(input, "frontend", "allow LB050")).toHaveLength(count);
  });

  it("may share its name with the backend only where HAProxy lets it", () => {
    const fleet = { frontend: { name: "api", bind: "127.0.0.1:16443" }, backend: "api" };
    expect(linesWith(inputOf({ fleet, version: "3.2" }), "frontend", "default_backend")).toEqual([
      "default_backend api",
    ]);
    expect(() => linesOf(inputOf({ fleet, version: "3.3" }), "frontend")).toThrow(/HAProxy refuses from 3\.3 on/);
  });

  it("allows each fix that is left out", () => {
    const input = inputOf({ haproxy: { without: ["contstats", "keepalive", "tcplog"] } });
    expect(linesWith(input, "frontend", "allow").map((line) => line.split(" ")[3])).toEqual([
      "LB011",
      "LB013",
      "LB014",
    ]);
    expect(linesWith(input, "frontend", "tcpka")).toEqual([]);
  });
});
