import { describe, expect, it } from "vitest";
import { changed, cleanCfg, found } from "../support/lint.ts";

describe("lint", () => {
  it("finds nothing in a configuration with all that the pattern needs", () => {
    expect(found(cleanCfg)).toEqual([]);
  });

  it("leaves alone what does not lead to the masters", () => {
    const web =
      "\nfrontend web\n  bind *:443\n  mode http\n  option httplog\n  default_backend www\n\nbackend www\n  mode http\n" +
      "  server a www.example.org:80\n";
    expect(found(cleanCfg + web)).toEqual([]);
  });
});

describe("LB010, sessions that are cut", () => {
  it.each([
    [
      "no tunnel timeout",
      changed("  timeout tunnel 24h\n", ""),
      "no timeout tunnel, and timeout server (line 12) cuts a session that is silent for 50 s",
    ],
    [
      "a short client timeout beside a long one of the server",
      changed("  timeout tunnel 24h\n", "  timeout server 1h\n"),
      "no timeout tunnel, and timeout client (line 11) cuts a session that is silent for 50 s",
    ],
    [
      "a short tunnel timeout",
      changed("tunnel 24h", "tunnel 90500"),
      "timeout tunnel cuts a session that is silent for 90.5 s",
    ],
  ])("finds %s", (_, text, words) => {
    expect(found(text)).toEqual([`LB010 backend masters: ${words}`]);
  });

  it.each([
    ["long timeouts on both sides", cleanCfg.replace("  timeout tunnel 24h\n", "").replaceAll("50s", "1h")],
    [
      "no timeouts at all",
      cleanCfg.replace("  timeout tunnel 24h\n", "").replace(/ {2}timeout (client|server).*\n/g, ""),
    ],
    ["timeouts of 0, which are none", cleanCfg.replace("  timeout tunnel 24h\n", "").replaceAll("50s", "0")],
    [
      "a tunnel timeout in defaults",
      changed("  timeout tunnel 24h\n", "").replace("  mode tcp\n", "  mode tcp\n  timeout tunnel 1h\n"),
    ],
  ])("lets %s be", (_, text) => {
    expect(found(text)).toEqual([]);
  });
});

describe("options of frontends and backends", () => {
  it.each([
    ["  option clitcpka\n", "", "LB011 frontend api: no option clitcpka"],
    ["  option srvtcpka\n", "", "LB011 backend masters: no option srvtcpka"],
    ["  option contstats\n", "", "LB013 frontend api: no option contstats"],
    ["  option tcplog\n", "", "LB014 frontend api: no option tcplog"],
    [
      "  option tcplog\n",
      "  option tcplog\n  option httplog\n",
      "LB014 frontend api: option httplog in a TCP frontend",
    ],
    ["  option redispatch\n", "  no option redispatch\n", "LB016 backend masters: no option redispatch"],
  ])("misses %j", (from, to, words) => {
    expect(found(changed(from, to))).toEqual([words]);
  });

  it("takes them from defaults, in the form for both sides too", () => {
    const moved = cleanCfg
      .replace(/ {2}option (contstats|redispatch|clitcpka|srvtcpka|tcplog)\n/g, "")
      .replace(
        "  mode tcp\n",
        "  mode tcp\n  option contstats\n  option redispatch\n  option tcpka\n  option tcplog\n",
      );
    expect(found(moved)).toEqual([]);
  });

  it("names the option of defaults that a frontend logs by, and lets a format of its own be", () => {
    const inherited = changed("  option tcplog\n", "").replace("  mode tcp\n", "  mode tcp\n  option httplog\n");
    expect(found(inherited)).toEqual(["LB014 frontend api: option httplog (line 10) in a TCP frontend"]);
    expect(found(changed("  option tcplog\n", '  log-format "%ci %s"\n'))).toEqual([]);
  });
});

describe("parameters of servers", () => {
  it.each([
    [" on-marked-down shutdown-sessions", "LB012 backend masters: no on-marked-down shutdown-sessions: all 2 servers"],
    [" slowstart 30s", "LB015 backend masters: no slowstart: all 2 servers"],
    [" init-addr last,libc,none", "LB053 backend masters: a name that has to resolve at the start: all 2 servers"],
    [" check inter 1s", "LB033 backend masters: no check: all 2 servers"],
  ])("misses %j on the default-server line", (words, expected) => {
    expect(found(changed(words, ""))).toEqual([expected]);
  });

  it("names the servers that lack what the others have", () => {
    const text = changed("m2 master-2:6443", "m2 master-2:6443 no-check slowstart 0 on-marked-down none");
    expect(found(text)).toEqual([
      "LB012 backend masters: no on-marked-down shutdown-sessions: m2",
      "LB015 backend masters: no slowstart: m2",
      "LB033 backend masters: no check: m2",
    ]);
  });

  it("wants init-state down of a HAProxy that has it", () => {
    const wants = (minor: number, text: string) => found(text, { version: { major: 3, minor } });
    expect(wants(0, cleanCfg)).toEqual([]);
    expect(wants(1, cleanCfg)).toEqual(["LB017 backend masters: no init-state down: all 2 servers"]);
    expect(wants(1, changed("slowstart 30s", "slowstart 30s init-state fully-down"))).toEqual([]);
  });

  it.each([["10.8.0.1:6443"], ["[fd00::1]:6443"], ["unix@/run/x"], ['"$M1:6443"']])(
    "has nothing to resolve in %s",
    (address) => {
      const text = changed(" init-addr last,libc,none", "").replace(/master-\d:6443/g, address);
      expect(found(text)).toEqual([]);
    },
  );

  it.each([
    ["master-1:6443 resolvers dns", []],
    ["_kube._tcp.example.org:6443 resolvers dns", []],
    [
      "master-1:6443 resolvers dns init-addr last,libc",
      ["LB053 backend masters: a name that has to resolve at the start: m1"],
    ],
    ["_kube._tcp.example.org:6443", ["LB053 backend masters: a name that has to resolve at the start: m1"]],
  ])("knows what HAProxy does with %s", (words, findings) => {
    const text = changed(" init-addr last,libc,none", "").replace("master-1:6443", words);
    expect(found(text.replace("master-2:", "10.8.0.2:"))).toEqual(findings);
  });

  it("takes an address in init-addr for a way out, and a tracked check for a check", () => {
    expect(found(changed("libc,none", "libc,10.8.0.1"))).toEqual([]);
    expect(found(changed("m2 master-2:6443", "m2 master-2:6443 no-check track masters/m1"))).toEqual([]);
  });
});
