import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { Fleet, HaproxySettings } from "../../src/domain/inventory.ts";
import { UserError } from "../../src/domain/user-error.ts";
import { generateFirewall } from "../../src/generate/firewall.ts";
import { fleetOf, nodeOf } from "../support/fleet.ts";
import { inputOf } from "../support/generate-input.ts";
import { textOf } from "../support/generated-text.ts";

const haproxy = (over: Partial<HaproxySettings>) => ({ haproxy: { ...fleetOf().haproxy, ...over } });
const from = (...addresses: readonly string[]) => haproxy({ admin: { kind: "from", addresses } });
const nodesAt = (...addresses: readonly string[]) => ({
  nodes: addresses.map((address, i) => nodeOf(`n${i}`, { address })),
});
const onPort = (name: string, port: number) => nodeOf(name, { stats: { ...nodeOf(name).stats, port } });

const nftFor = (fleet: Partial<Fleet>) => textOf(generateFirewall(inputOf({ fleet })), ".nft");
const ufwFor = (fleet: Partial<Fleet>) => textOf(generateFirewall(inputOf({ fleet })), ".sh");

/** Rules and elements without comments, indents and empty lines. */
const lines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
const elements = (text: string) => lines(text).flatMap((line) => /^([0-9a-f.:/]+),$/.exec(line)?.[1] ?? []);
const ufwRules = (text: string) => lines(text).filter((line) => line.startsWith("rule ") && !line.endsWith("{"));

describe("generateFirewall", () => {
  it("keeps the stats port to the VPN's interface", () => {
    expect(lines(nftFor(haproxy({ vpnInterface: "wg0" })))).toEqual([
      "table inet k3s_lb",
      "delete table inet k3s_lb",
      "table inet k3s_lb {",
      "chain input {",
      "type filter hook input priority filter; policy accept;",
      'iif "lo" accept',
      "ct state established,related accept",
      'tcp dport 1936 iifname "wg0" accept',
      "tcp dport 1936 counter drop",
      "}",
      "}",
    ]);
  });

  it("keeps it to the nodes and to who may give orders, where there is no interface", () => {
    const text = nftFor({ ...nodesAt("10.8.0.12", "fd00::9", "10.8.0.2"), ...from("10.9.0.7/24", "10.8.0.2") });
    expect(elements(text)).toEqual(["10.8.0.2", "10.8.0.12", "10.9.0.0/24", "fd00::9"]);
    expect(lines(text).slice(-5, -2)).toEqual([
      "tcp dport 1936 ip saddr @fleet4 accept",
      "tcp dport 1936 ip6 saddr @fleet6 accept",
      "tcp dport 1936 counter drop",
    ]);
  });

  it("writes an address once, and not what a range holds already: nft refuses overlaps", () => {
    const text = nftFor({
      ...nodesAt("10.8.0.12", "10.8.0.12", "10.8.1.1", "::ffff:10.8.0.13", "FD00:0::9", "127.0.0.1", "::1"),
      ...from("10.8.0.0/24", "10.8.0.0/16", "fd00::/64", "10.9.0.0/24"),
    });
    expect(elements(text)).toEqual(["10.8.0.0/16", "10.9.0.0/24", "fd00::/64"]);
  });

  it("guards the ports of all nodes, or of the one that it is for", () => {
    const nodes = [onPort("a", 1937), onPort("b", 1936), onPort("c", 1937)];
    const last = (text: string) => lines(text).at(-3);
    expect(last(nftFor({ nodes }))).toBe("tcp dport { 1936, 1937 } counter drop");
    const ofOne = generateFirewall(inputOf({ fleet: { nodes }, node: nodes[0] }));
    expect(last(textOf(ofOne, ".nft"))).toBe("tcp dport 1937 counter drop");
  });

  it("guards the frontend too, unless it is on loopback", () => {
    const binds = [
      "127.0.0.1:16443",
      "[::1]:16443",
      "localhost:16443",
      "0.0.0.0:16443",
      "*:16443",
      ":16443",
      "10.8.0.11:16443",
    ];
    const guarded = binds.filter((bind) => nftFor({ frontend: { name: "f", bind } }).includes("dport { 1936, 16443 }"));
    expect(guarded).toEqual(["0.0.0.0:16443", "*:16443", ":16443", "10.8.0.11:16443"]);
  });

  it("refuses names of hosts, and says what to set", () => {
    const edges = nodesAt("10.8.0.11", "edge-1.vpn", "edge-2.vpn", "010.8.0.1");
    expect(() => generateFirewall(inputOf({ fleet: edges }))).toThrow(
      new UserError(
        "The address of node n1 (and 2 more) is the name edge-1.vpn; firewall rules go by addresses, which a name may change.",
        "Set haproxy.vpn_interface, or write IP addresses into nodes.",
      ),
    );
    expect(nftFor({ ...edges, ...haproxy({ vpnInterface: "wg0" }) })).toContain('iifname "wg0"');
  });

  it("refuses what would let in everybody, or break out of the file", () => {
    expect(() => nftFor(from("0.0.0.0/0"))).toThrow(/everybody/);
    expect(() => nftFor(from("::/0"))).toThrow(/everybody/);
    for (const address of ["10.8.0.1/33", "10.8.0.1 }", "10.8.0.1/24/8", "10.8", "", "{{ x }}"]) {
      expect(() => nftFor(from(address))).toThrow(UserError);
    }
    for (const vpnInterface of ['wg0" accept #', "wg 0", "wg0\n", "a-name-that-is-too-long", ""]) {
      expect(() => nftFor(haproxy({ vpnInterface }))).toThrow(UserError);
    }
  });

  it("has ufw deny first and then put what it allows above that", () => {
    expect(ufwRules(ufwFor(haproxy({ vpnInterface: "wg0" })))).toEqual([
      "rule deny 1936/tcp",
      "rule allow in on wg0 to any port 1936 proto tcp",
    ]);
    expect(ufwRules(ufwFor(nodesAt("fd00::9", "10.8.0.11")))).toEqual([
      "rule deny 1936/tcp",
      "rule allow from 10.8.0.11 to any port 1936 proto tcp",
      "rule allow from fd00::9 to any port 1936 proto tcp",
    ]);
  });

  it("splits more ports than one rule of ufw takes", () => {
    const nodes = Array.from({ length: 17 }, (_, i) => onPort(`n${i}`, 2000 + i));
    expect(ufwRules(ufwFor({ nodes })).map((rule) => rule.split(",").length)).toEqual([15, 2, 15, 2]);
  });

  it("writes a script that a shell takes", () => {
    for (const text of [ufwFor({}), ufwFor(haproxy({ vpnInterface: "-wg.0@x" }))]) {
      expect(spawnSync("sh", ["-n"], { input: text, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
    }
  });

  it("writes a script that sets nothing for who asks it for help", () => {
    const env = { PATH: "/usr/bin:/bin" };
    expect(spawnSync("sh", ["-s", "--", "--help"], { input: ufwFor({}), encoding: "utf8", env })).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "sh takes no arguments: it sets the rules at once\n",
    });
  });

  it("gives the same file for the same fleet, in whatever order the nodes stand", () => {
    const { nodes } = fleetOf({ nodes: 12 });
    expect(generateFirewall(inputOf({ fleet: { nodes: nodes.toReversed() } }))).toEqual(
      generateFirewall(inputOf({ fleet: { nodes } })),
    );
  });
});
