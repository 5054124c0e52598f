import { describe, expect, it } from "vitest";
import { parseCfgAddress } from "../../src/domain/cfg-address.ts";
import { readCfg } from "../../src/domain/cfg-file.ts";
import { type CfgProxy, effectiveProxies, heldLines, serverNames } from "../../src/domain/cfg-proxy.ts";
import { parseCfgTime } from "../../src/domain/cfg-time.ts";

const proxies = (...texts: readonly string[]): readonly CfgProxy[] =>
  effectiveProxies(readCfg(texts.map((text, at) => ({ file: `${at}.cfg`, text }))));

function only(...texts: readonly string[]): CfgProxy {
  const [proxy] = proxies(...texts);
  if (proxy === undefined) throw new Error("there is no proxy");
  return proxy;
}

const timeouts = (proxy: CfgProxy) => Object.fromEntries([...proxy.timeouts].map(([name, { ms }]) => [name, ms]));

describe("effectiveProxies", () => {
  it("lets a proxy inherit from the last defaults above it, named or not, also of an earlier file", () => {
    const found = proxies(
      "frontend f0\ndefaults\n mode http\n timeout client 5s\ndefaults a\n timeout client 6s\nfrontend f1\n",
      "frontend f2\ndefaults\n mode health\nbackend b\n timeout server 1m\n",
    );
    expect(found.map((proxy) => [proxy.name, proxy.mode.value, timeouts(proxy)])).toEqual([
      ["f0", "tcp", {}],
      ["f1", "tcp", { client: 6000 }],
      ["f2", "tcp", { client: 6000 }],
      ["b", "health", { server: 60_000 }],
    ]);
  });

  it("follows from, through defaults that inherit themselves", () => {
    const text =
      "defaults a\n mode http\n timeout client 1s\n timeout server 1s\ndefaults b from a\n timeout client 2s\ndefaults\n";
    expect(timeouts(only(`${text}listen l from b\n timeout server 3s\n`))).toEqual({ client: 2000, server: 3000 });
    expect(only(`${text}listen l from b\n`).mode.value).toBe("http");
    expect(only(`${text}listen l from nobody\n`).defaults).toEqual([]);
  });

  it("keeps the options in force in the order in which they were last set", () => {
    const { options } = only(
      "defaults\n option httplog\n option redispatch\n option contstats\nlisten l\n no option redispatch\n" +
        " option tcplog\n default option contstats\n option httplog\n",
    );
    expect([...options.keys()]).toEqual(["tcplog", "httplog"]);
  });

  it("lays the parameters of a server over those of the default-server lines above it", () => {
    const { servers } = only(
      "defaults\n default-server inter 1s check\nbackend b\n server a h:1 no-check\n" +
        " default-server rise 2 fall 2\n server b h:1 fall 5 ssl verify none\n server c h:1 source 1.1.1.1 usesrc client\n",
    );
    expect(servers.map(({ name, params }) => [name, Object.fromEntries(params)])).toEqual([
      ["a", { inter: "1s", "no-check": "" }],
      ["b", { inter: "1s", check: "", rise: "2", fall: "5", ssl: "", verify: "none" }],
      ["c", { inter: "1s", check: "", rise: "2", fall: "2", source: "1.1.1.1", usesrc: "client" }],
    ]);
  });

  it("names the servers of a template, and no more than any backend has", () => {
    const { servers } = only(
      "backend b\n server-template m- 3 h:1 check\n server-template x 5-6 h:1\n server-template y 9-1 h\n",
    );
    expect(servers.map(serverNames)).toEqual([["m-1", "m-2", "m-3"], ["x5", "x6"], []]);
    expect(servers[0]?.params.has("check")).toBe(true);
    expect(only("backend b\n server-template m 999999999 h:1\n").servers.flatMap(serverNames)).toHaveLength(1000);
  });

  it("reads every address of a bind line", () => {
    const { binds } = only("frontend f\n bind 127.0.0.1:1,[::1]:1 interface lo name x\n bind *:2\n");
    expect(binds.map(({ text, params }) => [text, params.get("name")])).toEqual([
      ["127.0.0.1:1", "x"],
      ["[::1]:1", "x"],
      ["*:2", undefined],
    ]);
  });
});

describe("heldLines", () => {
  it("gives the proxy's own lines, or those of the nearest defaults that has any", () => {
    const text = "defaults a\n http-check expect status 401\ndefaults b from a\n mode tcp\nbackend b\n";
    const values = (own: string) =>
      heldLines(only(text + own), "http-check", "expect").map(({ words }) => words.at(-1));
    expect(values("")).toEqual(["401"]);
    expect(values(" http-check expect status 200\n")).toEqual(["200"]);
  });
});

describe("parseCfgAddress", () => {
  it.each([
    [":443", "", 443],
    ["*:443", "", 443],
    ["0.0.0.0:16443", "0.0.0.0", 16443],
    [":::16443", "::", 16443],
    ["[fd00::9]:6443", "fd00::9", 6443],
    ["ipv6@[::1]:1", "::1", 1],
    ["ipv4@10.0.0.1:80-90", "10.0.0.1", undefined],
    ["master-1:6443", "master-1", 6443],
    ["master-1", "master-1", undefined],
    ["[fd00::9]", "fd00::9", undefined],
  ])("reads %s", (text, host, port) => {
    expect(parseCfgAddress(text)).toEqual({ kind: "network", host, port });
  });

  it.each(["/run/haproxy/admin.sock", "unix@/run/x", "abns@x", "fd@3", "sockpair@4"])("knows %s as local", (text) => {
    expect(parseCfgAddress(text)).toEqual({ kind: "local" });
  });
});

describe("parseCfgTime", () => {
  it.each([
    ["50000", 50_000],
    ["50s", 50_000],
    ["500us", 0.5],
    ["30m", 1_800_000],
    ["1h30m", 3_600_000],
    ["1d", 86_400_000],
    ["50000x", undefined],
    ["", undefined],
    ["s", undefined],
  ])("reads %j as %j", (text, ms) => {
    expect(parseCfgTime(text)).toBe(ms);
  });
});
