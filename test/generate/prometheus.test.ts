import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Fleet, FleetNode } from "../../src/domain/inventory.ts";
import { generatePrometheus } from "../../src/generate/prometheus.ts";
import { fleetOf, nodeOf } from "../support/fleet.ts";
import { inputOf } from "../support/generate-input.ts";
import { oddFleet } from "../support/odd-fleet.ts";
import { promtool, skipsPromtool } from "../support/promtool.ts";

const skips = skipsPromtool();

function textOf(fleet: Fleet, name: string): string {
  const file = generatePrometheus(inputOf({ fleet })).find(({ path }) => path === `prometheus/k3s-lb${name}`);
  if (file === undefined) throw new Error(`no file ${name}`);
  return file.text;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever the file holds, to be compared with what it should hold
const jobsOf = (fleet: Fleet): any[] => parse(textOf(fleet, ".scrape.yml")).scrape_configs;

function fleetWith(...nodes: readonly FleetNode[]): Fleet {
  return { ...fleetOf(), nodes };
}

const withTls = (over: Partial<FleetNode["stats"]["tls"]> = {}): FleetNode["stats"] => ({
  ...nodeOf("any").stats,
  tls: {
    ca: "/home/ops/ca.pem",
    cert: undefined,
    key: undefined,
    servername: "haproxy.vpn",
    insecure: false,
    ...over,
  },
});

describe("generatePrometheus", () => {
  it("makes a configuration, targets, rules and their tests, each with what can check it", () => {
    expect(generatePrometheus(inputOf()).map(({ path, check, comment }) => [path, check, comment])).toEqual([
      ["prometheus/k3s-lb.scrape.yml", "promtool-config", "#"],
      ["prometheus/k3s-lb.targets.json", undefined, undefined],
      ["prometheus/k3s-lb.rules.yml", "promtool-rules", "#"],
      ["prometheus/k3s-lb.rules.test.yml", "promtool-tests", "#"],
    ]);
  });

  it("makes the same of the same", () => {
    expect(generatePrometheus(inputOf({ fleet: fleetOf() }))).toEqual(
      generatePrometheus(inputOf({ fleet: fleetOf() })),
    );
  });

  it.skipIf(skips).each<[string, Fleet]>([
    ["one master", fleetOf({ masters: 1, nodes: 1 })],
    ["two masters", fleetOf({ masters: 2 })],
    ["three masters", fleetOf()],
    ["names that try to break out", oddFleet],
  ])(
    "is accepted by promtool, tests and all: %s",
    async (_, fleet) => {
      const files = generatePrometheus(inputOf({ fleet }));
      for (const [words, file] of [
        [["check", "config"], "k3s-lb.scrape.yml"],
        [["check", "rules", "--lint=all", "--lint-fatal"], "k3s-lb.rules.yml"],
        [["test", "rules"], "k3s-lb.rules.test.yml"],
      ] as const) {
        const { status, said } = await promtool(words, files, `prometheus/${file}`);
        expect({ said: status === 0 ? "" : said, status }).toEqual({ said: "", status: 0 });
      }
    },
    120_000,
  );
});

describe("the scrape configuration", () => {
  it("asks each node for what the rules need, with the password from a file", () => {
    const [job, ...more] = jobsOf(fleetOf());
    expect(more).toEqual([]);
    const { params, metric_relabel_configs: _, ...rest } = job;
    expect(params).toEqual({
      scope: ["server", "global"],
      metrics: [expect.stringContaining("haproxy_server_status,")],
    });
    expect(rest).toEqual({
      job_name: "k3s-lb",
      scrape_interval: "5s",
      scrape_timeout: "4s",
      scheme: "http",
      metrics_path: "/metrics",
      basic_auth: { username: "admin", password_file: "/etc/prometheus/k3s-lb.password" },
      file_sd_configs: [{ files: ["k3s-lb.targets.json"] }],
    });
  });

  it("sends no password where /metrics is left open", () => {
    const fleet = fleetOf();
    const [job] = jobsOf({ ...fleet, haproxy: { ...fleet.haproxy, without: ["metrics-password"] } });
    expect(job).not.toHaveProperty("basic_auth");
  });

  it("holds no secret, wherever the password comes from", () => {
    const literal = { kind: "literal", value: "hush-hush" } as const;
    const fleet = fleetWith(nodeOf("node01", { stats: { ...nodeOf("any").stats, password: literal } }));
    expect(JSON.stringify(generatePrometheus(inputOf({ fleet })))).not.toContain("hush-hush");
  });

  it("reads over https where the fleet does, with files of Prometheus' machine and not of the console", async () => {
    const fleet = fleetWith(
      nodeOf("node01", { stats: withTls({ cert: "/home/ops/me.pem", key: "/home/ops/me.key" }) }),
    );
    const [job] = jobsOf(fleet);
    expect([job.scheme, job.tls_config]).toEqual([
      "https",
      {
        ca_file: "/etc/prometheus/k3s-lb-ca.pem",
        cert_file: "/etc/prometheus/k3s-lb.pem",
        key_file: "/etc/prometheus/k3s-lb-key.pem",
        server_name: "haproxy.vpn",
      },
    ]);
    expect(textOf(fleet, ".scrape.yml")).toContain("#   /etc/prometheus/k3s-lb-key.pem (stats.tls.key)\n");
    expect(textOf(fleet, ".scrape.yml")).not.toContain("/home/ops");
    if (skips) return;
    const files = generatePrometheus(inputOf({ fleet }));
    const { status, said } = await promtool(
      ["check", "config", "--syntax-only"],
      files,
      "prometheus/k3s-lb.scrape.yml",
    );
    expect({ said: status === 0 ? "" : said, status }).toEqual({ said: "", status: 0 });
  });

  it("says in it that certificates are not checked, where they are not", () => {
    const [job] = jobsOf(fleetWith(nodeOf("node01", { stats: withTls({ ca: undefined, insecure: true }) })));
    expect(job.tls_config).toEqual({ server_name: "haproxy.vpn", insecure_skip_verify: true });
  });

  it("has a job for each set of credentials, all under one name in the rules", () => {
    const other = nodeOf("node02", { stats: { ...nodeOf("any").stats, username: "1:30" } });
    const fleet = fleetWith(nodeOf("node01"), other, nodeOf("node03"));
    expect(jobsOf(fleet).map((job) => [job.job_name, job.basic_auth, job.file_sd_configs[0].files])).toEqual([
      ["k3s-lb", { username: "admin", password_file: "/etc/prometheus/k3s-lb.password" }, ["k3s-lb.targets.json"]],
      ["k3s-lb-2", { username: "1:30", password_file: "/etc/prometheus/k3s-lb-2.password" }, ["k3s-lb-2.targets.json"]],
    ]);
    expect(textOf(fleet, ".scrape.yml")).toContain('username: "1:30"');
    expect(JSON.parse(textOf(fleet, "-2.targets.json"))).toEqual([
      { targets: ["10.8.0.11:1936"], labels: { job: "k3s-lb", cluster: "k8s-de1", node: "node02" } },
    ]);
  });

  it("scrapes as often as the fleet is polled, within reason", () => {
    const every = (intervalMs: number) => ({ intervalMs, timeoutMs: 1_500, source: "auto" }) as const;
    const times = [500, 7_500, 600_000].map((ms) => jobsOf(fleetWith(nodeOf("node01", { poll: every(ms) })))[0]);
    expect(times.map((job) => [job.scrape_interval, job.scrape_timeout])).toEqual([
      ["5s", "4s"],
      ["7500ms", "4s"],
      ["60s", "4s"],
    ]);
  });
});
