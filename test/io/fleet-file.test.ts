import { describe, expect, it } from "vitest";
import { defaultAdminSettings } from "../../src/domain/admin-settings.ts";
import { defaultEventSettings } from "../../src/domain/default-event-settings.ts";
import { defaultHaproxySettings } from "../../src/domain/default-haproxy-settings.ts";
import { loadText, MASTERS, SOUND } from "../support/fleet-file.ts";

describe("loadFleetFile", () => {
  it("fills in every default of a file that has masters and nodes only", async () => {
    const { fleet, warnings } = await loadText(SOUND);
    expect(warnings).toEqual([]);
    expect(fleet).toEqual({
      cluster: "k3s",
      masters: [{ name: "m1", address: "m1:6443" }],
      nodes: [
        {
          name: "n1",
          address: "n1",
          ssh: undefined,
          labels: {},
          stats: { port: 1936, path: "/", username: "admin", password: undefined, tls: undefined },
          admin: defaultAdminSettings,
          poll: { intervalMs: 2000, timeoutMs: 1500, source: "auto" },
        },
      ],
      backend: "k3s-kube-api",
      frontend: { name: "kubernetes_master_kube_api", bind: "127.0.0.1:16443" },
      check: { expect: 401, intervalMs: 1000, rise: 2, fall: 2, ca: undefined, cert: undefined },
      admin: { locked: true, readOnly: false },
      haproxy: defaultHaproxySettings,
      events: defaultEventSettings,
    });
  });

  it("expands ranges in step and lays a node's own keys over the sections", async () => {
    const { fleet, path } = await loadText(
      `
cluster: de1
masters: [{ name: "master-[1:2]", address: "[fd00::[1:2]]" }]
nodes:
  - { name: "node[01:02]", address: "10.8.0.[11:12]", labels: { site: a, rack: "r[7:8]" } }
  - { name: edge, address: "[fd00::9]", ssh: ops@edge, stats: { port: 1937, tls: { ca: pki/ca.pem } },
      admin: { via: ssh }, poll: { interval: 10s, timeout: 4s, source: metrics } }
stats: { path: /haproxy?stats, username: ops, password: { file: ~/pw } }
`,
      { HOME: "/home/ops" },
    );
    const stats = {
      port: 1936,
      path: "/haproxy?stats",
      username: "ops",
      password: { kind: "file", path: "/home/ops/pw" },
      tls: undefined,
    };
    const common = { ssh: undefined, stats, admin: defaultAdminSettings };
    const poll = { intervalMs: 2000, timeoutMs: 1500, source: "auto" };
    const directory = path.slice(0, -"/k3s-lb.yaml".length);
    const tls = { ca: `${directory}/pki/ca.pem`, cert: undefined, key: undefined, servername: undefined };
    expect(fleet.masters).toEqual([
      { name: "master-1", address: "[fd00::1]:6443" },
      { name: "master-2", address: "[fd00::2]:6443" },
    ]);
    expect(fleet.nodes).toEqual([
      { ...common, name: "node01", address: "10.8.0.11", labels: { site: "a", rack: "r7" }, poll },
      { ...common, name: "node02", address: "10.8.0.12", labels: { site: "a", rack: "r8" }, poll },
      {
        name: "edge",
        address: "fd00::9",
        ssh: "ops@edge",
        labels: {},
        stats: { ...stats, port: 1937, tls: { ...tls, insecure: false } },
        admin: { ...defaultAdminSettings, via: "ssh" },
        poll: { intervalMs: 10_000, timeoutMs: 4000, source: "metrics" },
      },
    ]);
  });

  it("takes comments, anchors, merge keys and keys with nothing behind them", async () => {
    const { fleet } = await loadText(`
masters: [{ name: m1 }]
nodes:
  - &base { name: n1, labels: &siteA { site: a }, poll: { interval: 5s } } # the first
  - { <<: *base, name: n2 }
  - { name: n3, labels: { <<: *siteA, rack: "7" } }
stats:
  # port: 1936
`);
    expect(fleet.nodes.map(({ name, labels, poll }) => [name, labels, poll.intervalMs])).toEqual([
      ["n1", { site: "a" }, 5000],
      ["n2", { site: "a" }, 5000],
      ["n3", { site: "a", rack: "7" }, 2000],
    ]);
  });

  it("lets one anchor serve a thousand nodes", async () => {
    const nodes = Array.from({ length: 1000 }, (_, i) => `  - { name: n${i + 1}, labels: *a }`).join("\n");
    const { fleet } = await loadText(`${MASTERS}nodes:\n  - { name: n0, labels: &a { site: a } }\n${nodes}\n`);
    expect(fleet.nodes).toHaveLength(1001);
    expect(fleet.nodes.at(-1)?.labels).toEqual({ site: "a" });
  });

  it("lets the default time limit give way to a shorter interval", async () => {
    const { fleet } = await loadText(`${SOUND}poll: { interval: 1s }\n`);
    expect(fleet.nodes[0]?.poll).toEqual({ intervalMs: 1000, timeoutMs: 1000, source: "auto" });
  });

  it("locks top unless it says otherwise", async () => {
    const { fleet } = await loadText(`${SOUND}admin: { locked: false }\n`);
    expect(fleet.admin).toEqual({ locked: false, readOnly: false });
    expect(fleet.nodes[0]?.admin.via).toBe("auto");
  });

  it("lets one node go back to http where the others have https", async () => {
    const { fleet } = await loadText(
      `${MASTERS}nodes: [{ name: n1 }, { name: n2, stats: { tls: { enabled: false } } }]\nstats: { tls: {} }\n`,
    );
    const none = { ca: undefined, cert: undefined, key: undefined, servername: undefined, insecure: false };
    expect(fleet.nodes.map(({ stats }) => stats.tls)).toEqual([none, undefined]);
  });

  it("tells where every value comes from", async () => {
    const file = await loadText(`${SOUND}poll: { interval: 3s }\n`, { K3S_LB_STATS_PORT: "1999" });
    expect(file.fleet.nodes[0]?.stats.port).toBe(1999);
    const origins = [
      ["poll", "interval"],
      ["nodes", 0, "name"],
      ["stats", "port"],
      ["stats", "path"],
    ].map(file.origin);
    expect(origins).toEqual(["k3s-lb.yaml:3:19", "k3s-lb.yaml:2:17", "K3S_LB_STATS_PORT", "default"]);
  });

  it("warns once of passwords in the file itself, at the first place, without showing one", async () => {
    const { warnings } = await loadText(
      `${MASTERS}nodes: [{ name: n1, stats: { password: hunter3 } }]\nstats: { password: hunter2 }\n`,
    );
    expect(warnings).toEqual([
      "k3s-lb.yaml:3:20: a password stands in the file itself (and in 1 more places); { env: NAME }, { file: path } or { command: […] } keep it out",
    ]);
  });

  it("warns of certificates that nobody checks, naming the nodes", async () => {
    const { warnings } = await loadText(`${MASTERS}nodes: [{ name: "n[1:3]" }]\nstats: { tls: { insecure: true } }\n`);
    expect(warnings).toEqual([
      "k3s-lb.yaml:3:27: the certificates of n[1-3] are not checked, so anybody on the way can read the password; give tls.ca instead",
    ]);
  });

  it("warns of two names for one HAProxy", async () => {
    const { warnings } = await loadText(`${MASTERS}nodes: [{ name: "n[1:3]", address: 10.8.0.1 }]\n`);
    expect(warnings).toEqual([
      "k3s-lb.yaml:2:8: n[1-3] have the same address 10.8.0.1:1936: one HAProxy would count 3 times",
    ]);
  });

  it("takes overrides of any key from the environment, and a password without reading it", async () => {
    const { fleet, warnings } = await loadText(`${SOUND}stats: { password: hunter2 }\n`, {
      K3S_LB_CLUSTER: "401",
      K3S_LB_CHECK_EXPECT: "200",
      K3S_LB_POLL_INTERVAL: "500ms",
      K3S_LB_STATS_PASSWORD: "s3cret",
      K3S_LB_STATS_TLS_INSECURE: "true",
      K3S_LB_BACKEND: "",
    });
    expect(fleet.cluster).toBe("401");
    expect(fleet.backend).toBe("401-kube-api");
    expect(fleet.check.expect).toBe(200);
    expect(fleet.nodes[0]?.poll).toEqual({ intervalMs: 500, timeoutMs: 500, source: "auto" });
    expect(fleet.nodes[0]?.stats.password).toEqual({ kind: "env", name: "K3S_LB_STATS_PASSWORD" });
    expect(fleet.nodes[0]?.stats.tls?.insecure).toBe(true);
    expect(warnings).toEqual([
      expect.stringMatching(/^K3S_LB_STATS_TLS_INSECURE: the certificates of n1 are not checked/),
    ]);
  });

  it("asks about a variable that nearly is an override, and not about one that holds the password", async () => {
    const { warnings } = await loadText(`${SOUND}stats: { password: { env: K3S_LB_STATS_PASWORD } }\n`, {
      K3S_LB_POLL_INTERVALL: "3s",
      K3S_LB_STATS_PASWORD: "s3cret",
      K3S_LB_ANYTHING_ELSE: "x",
    });
    expect(warnings).toEqual(["K3S_LB_POLL_INTERVALL overrides nothing; did you mean K3S_LB_POLL_INTERVAL?"]);
  });
});
