import type { RowKind } from "./columns.ts";
import { columnLayout } from "./columns.ts";
import type { EmbeddedHaproxy } from "./embedded-haproxy.ts";
import { metricSamples } from "./metric-samples.ts";
import { type ProcessMetric, processMetrics } from "./process-metrics.ts";
import { type ProxyMetric, proxyMetrics } from "./proxy-metrics.ts";
import { type StatsPageRow, statsRows } from "./stats-rows.ts";

export type MetricsScope = "global" | "frontend" | "backend" | "server";

/** What the query asks for; `names` is the `metrics=` filter of 3.0 and later, `undefined` where there is none. */
export type MetricsQuery = {
  readonly scopes: readonly MetricsScope[];
  readonly hideMaint: boolean;
  readonly isWanted: (name: string) => boolean;
};

/** Writes /metrics as one version does; made once per version, as the texts around the numbers never change. */
export type MetricsWriter = (haproxy: EmbeddedHaproxy, query: MetricsQuery, nowMs: number) => string;

const scopeRows: Readonly<Record<Exclude<MetricsScope, "global">, readonly RowKind[]>> = {
  frontend: ["statsFrontend", "frontend"],
  backend: ["statsBackend", "backend"],
  server: ["server"],
};

/** Makes the writer. Families without a sample are left out, head and all. */
export function createMetricsWriter(haproxyOfThatVersion: EmbeddedHaproxy): MetricsWriter {
  const { version } = haproxyOfThatVersion.settings;
  const { eras, repeatsHelp } = haproxyOfThatVersion.traits;
  const { atRest } = columnLayout(version);
  const head = (name: string, type: string, help: string): string =>
    `# HELP ${name} ${repeatsHelp ? `# HELP ${name} ` : ""}${help}\n# TYPE ${name} ${type}\n`;
  const ofProcess = processMetrics.filter((metric) => eras.includes(metric.since));
  const ofProxies = proxyMetrics.filter((metric) => eras.includes(metric.since));
  return (haproxy, query, nowMs) => {
    let page = "";
    if (query.scopes.includes("global")) {
      for (const metric of ofProcess) {
        const name = `haproxy_process_${metric.suffix}`;
        if (query.isWanted(name))
          page += head(name, metric.type, metric.help) + processSample(name, metric, haproxy, nowMs);
      }
    }
    if (query.scopes.every((scope) => scope === "global")) return page;
    const rows = statsRows(haproxy, nowMs).filter((row) => !(query.hideMaint && row.server?.inMaint === true));
    for (const scope of ["frontend", "backend", "server"] as const) {
      if (!query.scopes.includes(scope)) continue;
      const scoped = rows.filter((row) => scopeRows[scope].includes(row.kind));
      for (const metric of ofProxies) {
        const name = `haproxy_${scope}_${metric.suffix}`;
        if (!metric.scopes.includes(scope.charAt(0).toUpperCase()) || !query.isWanted(name)) continue;
        const samples = scoped
          .filter((row) => isFor(metric, row))
          .map((row) => metricSamples(name, metric, row, haproxy, atRest[row.kind].get(metric.column)))
          .join("");
        const type =
          metric.type === "mixed" ? (scope === "backend" && eras.includes("3.5") ? "gauge" : "counter") : metric.type;
        if (samples !== "") page += head(name, type, metric.help) + samples;
      }
    }
    return page;
  };
}

function isFor(metric: ProxyMetric, row: StatsPageRow): boolean {
  if (metric.httpOnly) return row.kind === "statsFrontend" || row.kind === "statsBackend";
  return !metric.serversOnly || row.kind === "backend";
}

function processSample(name: string, metric: ProcessMetric, haproxy: EmbeddedHaproxy, nowMs: number): string {
  const { listener, settings, traits, startedAtMs } = haproxy;
  switch (metric.suffix) {
    case "build_info":
      return `${name}{version="${traits.build}"} 1\n`;
    case "node":
      return `${name}{node="${settings.nodeName}"} 1\n`;
    case "start_time_seconds":
      return `${name} ${Math.floor(startedAtMs / 1000)}\n`;
    case "uptime_seconds":
      return `${name} ${Math.floor((nowMs - startedAtMs) / 1000)}\n`;
    case "current_connections":
      return `${name} ${listener.open}\n`;
    case "connections_total":
      return `${name} ${listener.connections}\n`;
    case "requests_total":
      return `${name} ${listener.requests}\n`;
    case "bytes_out_total":
      return `${name} ${listener.bytesOut}\n`;
    default:
      return `${name} ${metric.atRest}\n`;
  }
}
