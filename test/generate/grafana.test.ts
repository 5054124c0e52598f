import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { generateGrafana } from "../../src/generate/grafana.ts";
import { generatePrometheus } from "../../src/generate/prometheus.ts";
import { scrapedMetrics } from "../../src/generate/prometheus-metrics.ts";
import { recordingRules } from "../../src/generate/prometheus-records.ts";
import { type CellStory, type State, sceneSeries, turn } from "../../src/generate/prometheus-scene.ts";
import { fleetOf } from "../support/fleet.ts";
import { inputOf } from "../support/generate-input.ts";
import { oddFleet } from "../support/odd-fleet.ts";
import { labelsIn, metricsIn } from "../support/promql.ts";
import { promtool, skipsPromtool } from "../support/promtool.ts";

type Place = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
type PanelJson = {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly gridPos: Place;
  readonly datasource: unknown;
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string; readonly datasource: unknown }[];
};
type Dashboard = {
  readonly uid: string;
  readonly schemaVersion: number;
  readonly panels: readonly PanelJson[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: unknown }[] };
};

function dashboardOf(fleet = fleetOf()): Dashboard {
  const [file] = generateGrafana(inputOf({ fleet }));
  return JSON.parse(file?.text ?? "");
}

const { panels, templating, ...rest } = dashboardOf();
const exprs = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
const inRange = (at: Place): boolean => at.x >= 0 && at.y >= 0 && at.w > 0 && at.h > 0 && at.x + at.w <= 24;
const overlap = (a: Place, b: Place): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** The query with the variables that a viewer has at first. */
function chosen(expr: string): string {
  return expr
    .replaceAll("$__range", "10m")
    .replaceAll("$cluster", "k8s-de1")
    .replaceAll(/\$(?:node|master)/g, ".*");
}

const skips = skipsPromtool();

describe("generateGrafana", () => {
  it("makes one dashboard that keeps its uid", () => {
    expect(generateGrafana(inputOf()).map(({ path }) => path)).toEqual(["grafana/k3s-lb.json"]);
    expect(rest).toMatchObject({ uid: "k3s-lb", schemaVersion: 39 });
    expect(generateGrafana(inputOf())).toEqual(generateGrafana(inputOf({ fleet: fleetOf() })));
  });

  it("depends on nothing of the fleet but the cluster that is shown first", () => {
    const { panels: others, templating: chosen } = dashboardOf(oddFleet);
    expect(others).toEqual(panels);
    expect(chosen.list.find(({ name }) => name === "cluster")).toMatchObject({
      current: { value: oddFleet.cluster },
    });
  });

  it("lets everything be chosen: data source, cluster, nodes, masters", () => {
    expect(templating.list.map(({ name }) => name)).toEqual(["datasource", "cluster", "node", "master"]);
    const names = new Set([...templating.list.map(({ name }) => name), "__range"]);
    const used = [...JSON.stringify(panels).matchAll(/\$(\w+)/g)].map(([, name = ""]) => name);
    expect(used.filter((name) => !names.has(name))).toEqual([]);
    const sources = panels.flatMap((panel) => [panel.datasource, ...panel.targets.map((target) => target.datasource)]);
    for (const source of sources) expect(source).toEqual({ type: "prometheus", uid: "$datasource" });
  });

  it("gives each panel an id, a title and a sentence of its own, and something to show", () => {
    for (const each of [panels.map(({ id }) => id), panels.map(({ title }) => title)]) {
      expect(new Set<unknown>(each).size).toBe(panels.length);
    }
    expect(new Set(panels.map(({ description }) => description)).size).toBe(panels.length);
    expect(
      panels.filter(({ targets, title, description }) => targets.length === 0 || title === "" || description === ""),
    ).toEqual([]);
  });

  it("puts the panels side by side, none over another, none beyond 24 columns", () => {
    expect(panels.filter(({ gridPos }) => !inRange(gridPos))).toEqual([]);
    const clashes = panels.flatMap((a) => panels.filter((b) => a.id < b.id && overlap(a.gridPos, b.gridPos)));
    expect(clashes).toEqual([]);
  });

  it("shows nothing but what the rules record, what is scraped, and alerts", () => {
    const known = new Set([
      ...recordingRules(fleetOf()).map(({ record }) => record),
      ...scrapedMetrics,
      "ALERTS",
      "up",
    ]);
    const queries = [...exprs, ...templating.list.map(({ query }) => JSON.stringify(query).replaceAll('\\"', '"'))];
    expect(queries.flatMap(metricsIn).filter((name) => !known.has(name))).toEqual([]);
  });

  it("shows every rule that says something of its own", () => {
    const shown = new Set(exprs.flatMap(metricsIn));
    const unseen = recordingRules(fleetOf()).flatMap(({ record }) => (shown.has(record) ? [] : [record]));
    expect(unseen).toEqual([
      "k3s_lb:server_down:bool",
      "k3s_lb:server_pinned_sessions:current",
      "k3s_lb:node_masters:count",
      "k3s_lb:node_vote:bool",
      "k3s_lb:master_usable_nodes:sum",
      "k3s_lb:master_connect_errors:rate5m",
    ]);
  });

  it("writes in legends only labels that the series have", () => {
    const labels = new Set(["node", "server", "code", "version", ...exprs.flatMap(labelsIn)]);
    const legends = panels.flatMap(({ targets }) => targets.map(({ legendFormat }) => legendFormat));
    const used = legends.flatMap((legend) => [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = ""]) => label));
    expect(used.filter((label) => !labels.has(label))).toEqual([]);
  });

  it.skipIf(skips)("has only queries that Prometheus understands", async () => {
    const rules = exprs.map((expr, i) => ({ record: `panel:query:${i}`, expr: chosen(expr) }));
    const file = { path: "panels.yml", text: stringify({ groups: [{ name: "panels", rules }] }) };
    const { status, said } = await promtool(["check", "rules"], [file], "panels.yml");
    expect(said).toContain(`SUCCESS: ${exprs.length} rules found`);
    expect(status).toBe(0);
  });

  it.skipIf(skips)(
    "has something in every panel where a fleet is in trouble",
    async () => {
      const cell = { code: 401, errors: 1 };
      const every = { "master-1": cell, "master-2": cell, "master-3": cell };
      const down: CellStory = { ...cell, fails: "L4TOUT", state: turn<State>("UP", "DOWN") };
      const input_series = [
        ...sceneSeries(fleetOf(), {
          "node-a": { cells: every },
          "node-b": { cells: { ...every, "master-1": down }, startsAnew: true },
        }),
      ];
      const promql_expr_test = exprs.map((expr) => ({
        expr: `count((${chosen(expr)})) > bool 0`,
        eval_time: "12m",
        exp_samples: [{ labels: "{}", value: 1 }],
      }));
      const tests = [{ interval: "1m", input_series, promql_expr_test }];
      const text = stringify({ rule_files: ["k3s-lb.rules.yml"], evaluation_interval: "1m", tests });
      const files = [...generatePrometheus(inputOf()), { path: "prometheus/panels.test.yml", text }];
      const { status, said } = await promtool(["test", "rules"], files, "prometheus/panels.test.yml");
      expect({ said: status === 0 ? "" : said, status }).toEqual({ said: "", status: 0 });
    },
    60_000,
  );
});
