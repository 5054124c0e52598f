import { describe, expect, it } from "vitest";
import { formatHostPort, parseHostPort } from "../../src/domain/host.ts";

describe("parseHostPort", () => {
  it.each([
    ["master-1", "master-1", undefined],
    ["master-1:6443", "master-1", 6443],
    ["10.8.0.11:6443", "10.8.0.11", 6443],
    ["fd00::1", "fd00::1", undefined],
    ["[fd00::1]", "fd00::1", undefined],
    ["[fd00::1]:6443", "fd00::1", 6443],
    ["::1", "::1", undefined],
    ["edge_1.vpn.", "edge_1.vpn.", undefined],
    ["3com", "3com", undefined],
  ])("reads %s", (text, host, port) => {
    expect(parseHostPort(text)).toEqual({ host, port });
  });

  it.each([
    "",
    ":6443",
    "a:",
    "a:0",
    "a:65536",
    "a:b",
    "-a",
    "a b",
    "10.8.0.300",
    "10.8.0",
    "10.8.0.01",
    "010.8.0.1",
    "master.1",
    "master.0x1",
    "1234",
    "[fd00::1",
    "[host]:1",
    "fd00::1::2",
    "http://a",
    "user@host",
    "[fd00::1%eth0]",
  ])("refuses %j", (text) => {
    expect(parseHostPort(text)).toBeUndefined();
  });
});

describe("formatHostPort", () => {
  it("puts IPv6 into brackets", () => {
    expect(formatHostPort("fd00::1", 6443)).toBe("[fd00::1]:6443");
    expect(formatHostPort("a", 6443)).toBe("a:6443");
  });
});
