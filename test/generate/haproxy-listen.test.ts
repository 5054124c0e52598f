import { describe, expect, it } from "vitest";
import type { AdminRule } from "../../src/domain/inventory.ts";
import { UserError } from "../../src/domain/user-error.ts";
import { haproxySections } from "../../src/generate/haproxy-sections.ts";
import { nodeOf } from "../support/fleet.ts";
import { inputOf } from "../support/generate-input.ts";
import { linesOf, linesWith } from "../support/haproxy-lines.ts";

describe("listenSection", () => {
  it("asks for the password before /metrics answers", () => {
    expect(linesWith(inputOf(), "listen", "http-request")).toEqual([
      "http-request deny if { env(K3S_LB_STATS_PASSWORD) -m len 0 }",
      "http-request auth realm k3s-lb unless { http_auth(k3s-lb) }",
      "http-request use-service prometheus-exporter if { path /metrics }",
    ]);
  });

  it("leaves /metrics open where the fleet file wants that, and allows the finding", () => {
    const input = inputOf({ haproxy: { without: ["metrics-password"] } });
    const [first] = linesWith(input, "listen", "http-request");
    expect(first).toBe("http-request use-service prometheus-exporter if { path /metrics }");
    expect(linesWith(input, "listen", "allow")).toEqual([
      "# k3s-lb: allow LB022 the fleet file says haproxy.without: [metrics-password]",
    ]);
  });

  it.each<[string, AdminRule, readonly string[]]>([
    ["the node itself", { kind: "localhost" }, ["stats admin if LOCALHOST"]],
    ["group admin", { kind: "group" }, ["stats admin if { http_auth_group(k3s-lb) admin }"]],
    [
      "addresses, and from the node itself",
      { kind: "from", addresses: ["10.8.0.1", "fd00::/64"] },
      ["stats admin if { src 127.0.0.0/8 ::1 10.8.0.1 fd00::/64 }"],
    ],
  ])("takes orders from %s", (_, admin, rules) => {
    expect(linesWith(inputOf({ haproxy: { admin } }), "listen", "stats admin")).toEqual(rules);
  });

  it("spreads many addresses over lines that HAProxy can read", () => {
    const addresses = Array.from({ length: 100 }, (_, i) => `10.8.0.${i}`);
    const rules = linesWith(inputOf({ haproxy: { admin: { kind: "from", addresses } } }), "listen", "stats admin");
    expect(rules.map((rule) => rule.split(" ").length)).toEqual([46, 46, 28]);
  });

  it.each([
    ["0.0.0.0", "bind 0.0.0.0:1936"],
    ["10.8.0.11", "bind 10.8.0.11:1936"],
    ["::", "bind [::]:1936 v4v6"],
    ["fd00::9", "bind [fd00::9]:1936"],
  ])("listens on %s", (statsBind, line) => {
    expect(linesWith(inputOf({ haproxy: { statsBind } }), "listen", "bind")).toEqual([line]);
  });

  it("listens by https where the stats page is read so", () => {
    const tls = { ca: undefined, cert: undefined, key: undefined, servername: undefined, insecure: false };
    const [bind] = linesWith(inputOf({ stats: { tls } }), "listen", "bind");
    expect(bind).toBe("bind 0.0.0.0:1936 ssl crt /etc/haproxy/k3s-lb-stats.pem");
  });

  it("is called something else where the frontend or the backend is called stats", () => {
    const headers = (fleet: object) =>
      haproxySections(inputOf({ fleet })).map(({ keyword, name }) => `${keyword} ${name}`);
    expect(headers({})).toContain("listen stats");
    expect(headers({ backend: "stats" })).toContain("listen k3s-lb-stats");
  });

  it("quotes what is free text in the fleet file", () => {
    const stats = { path: '/a"b{{x}}', username: "it's #1" };
    expect(linesWith(inputOf({ stats }), "listen", "stats uri")).toEqual([`stats uri '/a"b{{x}}'`]);
    expect(linesOf(inputOf({ stats }), "userlist")).toEqual([
      `user "it's #1" insecure-password "\${K3S_LB_STATS_PASSWORD}"`,
    ]);
  });

  it("takes one node's own settings, and refuses one file for nodes that differ", () => {
    const odd = nodeOf("edge-1", { stats: { ...nodeOf("x").stats, port: 1937 } });
    const fleet = { nodes: [nodeOf("node01"), nodeOf("node02"), odd] };
    expect(linesWith(inputOf({ fleet, node: odd }), "listen", "bind")).toEqual(["bind 0.0.0.0:1937"]);
    expect(() => linesOf(inputOf({ fleet }), "listen")).toThrow(
      new UserError(
        "the nodes differ in stats.port: 1936 on node[01-02], 1937 on edge-1; one file cannot be for all of them",
        "Make one for each node: --node <name>.",
      ),
    );
  });

  it.each([
    [
      "the sample's password",
      { password: { kind: "literal", value: "yoursupersecretpassword" } },
      "which everybody knows",
    ],
    ["a stats page where the metrics are", { path: "/metrics" }, "stats.path is /metrics"],
  ] as const)("refuses %s", (_, stats, words) => {
    const error = caught(() => linesOf(inputOf({ stats }), "listen"));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain("yoursuper");
  });
});

function caught(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was refused");
}
