import { beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { generatePrometheus } from "../../src/generate/prometheus.ts";
import { alertRules } from "../../src/generate/prometheus-alerts.ts";
import { scrapedMetrics } from "../../src/generate/prometheus-metrics.ts";
import { recordingRules } from "../../src/generate/prometheus-records.ts";
import { scenesOf } from "../../src/generate/prometheus-scenes.ts";
import { fleetOf } from "../support/fleet.ts";
import { inputOf } from "../support/generate-input.ts";
import { oddFleet, oddities } from "../support/odd-fleet.ts";
import { labelsIn, metricsIn } from "../support/promql.ts";
import { promtool, skipsPromtool } from "../support/promtool.ts";

const skips = skipsPromtool();
const fleet = fleetOf();
const alerts = alertRules(fleet);
const records = recordingRules(fleet);
const exprs = [...records, ...alerts].map(({ expr }) => expr);

describe("the rules", () => {
  it("read nothing but what is scraped, up, and what rules before them record", () => {
    const known = new Set([...scrapedMetrics, "up"]);
    for (const { expr, record } of records) {
      expect(metricsIn(expr).filter((name) => !known.has(name))).toEqual([]);
      known.add(record);
    }
    for (const { expr } of alerts) expect(metricsIn(expr).filter((name) => !known.has(name))).toEqual([]);
  });

  it("use everything that is scraped", () => {
    const used = new Set(exprs.flatMap(metricsIn));
    expect(scrapedMetrics.filter((name) => !used.has(name))).toEqual([]);
  });

  it("use the exporter's labels, those of the targets, and the one that they make", () => {
    const labels = [...new Set(exprs.flatMap(labelsIn))].toSorted();
    expect(labels).toEqual(["cluster", "code", "job", "node", "proxy", "server", "state", "version"]);
  });

  it("say of which cluster they speak, so that several can share a Prometheus", () => {
    for (const expr of exprs) {
      const selectors = expr.match(/[\w:]+\{[^}]*\}/g) ?? [];
      expect(selectors.filter((selector) => !selector.includes('cluster="k8s-de1"'))).toEqual([]);
    }
  });

  it("have names of one form, each once, and alerts each once with a severity", () => {
    for (const { record } of records) expect(record).toMatch(/^k3s_lb:(server|node|master|fleet)_[a-z_]+:[a-z0-9_]+$/);
    expect(new Set(records.map(({ record }) => record)).size).toBe(records.length);
    expect(new Set(alerts.map(({ alert, severity }) => `${alert}/${severity}`)).size).toBe(alerts.length);
  });

  it("hold no name in what Prometheus reads as a template", () => {
    for (const { summary, description, whatToDo } of alertRules(oddFleet)) {
      for (const oddity of oddities) expect(summary + description + whatToDo).not.toContain(oddity);
    }
  });
});

describe("the tests of the rules", () => {
  it("make every alert fire, and see it silent", () => {
    const looks = scenesOf(fleet).flatMap((scene) => scene.looks);
    for (const { alert, severity } of alerts) {
      const key = `${alert}/${severity}`;
      expect([key, looks.some(({ firing }) => (firing[key] ?? 0) > 0)]).toEqual([key, true]);
      expect([key, looks.some(({ firing }) => firing[key] === undefined)]).toEqual([key, true]);
    }
  });

  it("look at what the rules record", () => {
    const shown = scenesOf(fleet).flatMap((scene) => (scene.records ?? []).map(({ expr }) => expr.split("{")[0]));
    const used = new Set(alerts.flatMap(({ expr }) => metricsIn(expr)));
    const unseen = records.flatMap(({ record }) => (shown.includes(record) || used.has(record) ? [] : [record]));
    // What other records are made of is seen through these.
    expect(unseen).toEqual([
      "k3s_lb:server_usable:bool",
      "k3s_lb:server_down:bool",
      "k3s_lb:server_out:bool",
      "k3s_lb:server_pinned_sessions:current",
      "k3s_lb:node_vote:bool",
      "k3s_lb:master_connect_errors:rate5m",
    ]);
  });

  it("leave out what a single master cannot show", () => {
    const looks = scenesOf(fleetOf({ masters: 1 })).flatMap(({ looks }) => looks);
    const fired = new Set(looks.flatMap(({ firing }) => Object.keys(firing)));
    expect([...fired].toSorted()).toEqual([
      "K3sLbMasterDown/critical",
      "K3sLbNoAnswer/critical",
      "K3sLbNoMasterUsable/critical",
      "K3sLbNodeCutOff/critical",
      "K3sLbNodeNotScraped/warning",
      "K3sLbNodeRestarted/info",
      "K3sLbPinnedSessions/warning",
      "K3sLbServerAbsent/warning",
      "K3sLbServerExtra/warning",
      "K3sLbVersionSkew/warning",
    ]);
  });
});

describe.skipIf(skips)("what alerts say", () => {
  let said = "";
  // promtool prints the expanded annotations of an alert that its test did not expect.
  beforeAll(async () => {
    const files = generatePrometheus(inputOf({ fleet })).map((file) => {
      if (file.check !== "promtool-tests") return file;
      const { tests, ...rest } = parse(file.text);
      const unexpecting = scenesOf(fleet).flatMap(({ looks }, i) => {
        const last = looks.findLast(({ firing }) => Object.keys(firing).length > 0);
        const names = Object.keys(last?.firing ?? {}).map((key) => key.split("/")[0]);
        const alert_rule_test = names.map((alertname) => ({ eval_time: last?.at, alertname, exp_alerts: [] }));
        return names.length === 0 ? [] : [{ ...tests[i], promql_expr_test: [], alert_rule_test }];
      });
      return { ...file, text: stringify({ ...rest, tests: unexpecting }) };
    });
    said = (await promtool(["test", "rules"], files, "prometheus/k3s-lb.rules.test.yml")).said;
  }, 120_000);

  it("is a sentence for every alert, with every template understood", () => {
    for (const { alert } of alerts) expect(said).toContain(`alertname="${alert}"`);
    expect(said).not.toContain("error expanding");
    expect(said).not.toContain("<no value>");
    expect(said).not.toContain("%!");
  });

  it("names the nodes, the value, and why", () => {
    expect(said).toContain("master-1 is down on 1 nodes, up on others");
    expect(said).toContain("Down on node-b. Its check ends in L4TOUT on 1.");
    expect(said).toContain("Out of service by order on node-b.");
    expect(said).toContain("14 sessions are still open to master-1 where it takes no new ones");
    expect(said).toContain("Nodes: node-a, node-b.");
    expect(said).toContain("2.8.16 on 1; 3.2.4 on 1; they differ");
    expect(said).toContain("20% of the tries to connect to master-1 fail");
    expect(said).toContain("node-b lacks server lines: it has 2 of 3 masters");
  });
});
