import type { Fleet } from "../domain/inventory.ts";
import type { ScrapeJob } from "./prometheus-jobs.ts";
import { droppedCheckStates, scrapedMetrics, scrapedScopes } from "./prometheus-metrics.ts";
import { yamlText } from "./yaml-text.ts";

/** Where Prometheus keeps what it must not read from this file. */
const FOLDER = "/etc/prometheus";

/**
 * A whole prometheus.yml that reads `/metrics` of every node, with the rules beside it.
 * Shape: no secret, only the path of the file that holds it; paths of the rules and targets are relative to this file.
 * `metrics` in the query is understood from HAProxy 3.0 on and makes the answer a fifth as long; older ones ignore it.
 * Source: Prometheus, "Configuration"; haproxy-facts §7.
 */
export function scrapeText(fleet: Fleet, jobs: readonly ScrapeJob[]): string {
  const hasPassword = !fleet.haproxy.without.includes("metrics-password");
  return yamlText(
    {
      rule_files: ["k3s-lb.rules.yml"],
      scrape_configs: jobs.map((job) => scrapeConfig(job, hasPassword)),
    },
    headOf(jobs, hasPassword),
  );
}

function scrapeConfig({ name, stats, times, targets: _ }: ScrapeJob, hasPassword: boolean): Record<string, unknown> {
  const { username, tls } = stats;
  return {
    job_name: name,
    scrape_interval: times.interval,
    scrape_timeout: times.timeout,
    scheme: tls === undefined ? "http" : "https",
    metrics_path: "/metrics",
    params: { scope: scrapedScopes, metrics: [scrapedMetrics.join(",")] },
    ...(hasPassword ? { basic_auth: { username, password_file: `${FOLDER}/${name}.password` } } : {}),
    ...(tls === undefined
      ? {}
      : {
          tls_config: {
            ...(tls.ca === undefined ? {} : { ca_file: `${FOLDER}/${name}-ca.pem` }),
            ...(tls.cert === undefined ? {} : { cert_file: `${FOLDER}/${name}.pem` }),
            ...(tls.key === undefined ? {} : { key_file: `${FOLDER}/${name}-key.pem` }),
            ...(tls.servername === undefined ? {} : { server_name: tls.servername }),
            ...(tls.insecure ? { insecure_skip_verify: true } : {}),
          },
        }),
    file_sd_configs: [{ files: [`${name}.targets.json`] }],
    metric_relabel_configs: [
      { source_labels: ["__name__"], regex: scrapedMetrics.join("|"), action: "keep" },
      {
        source_labels: ["__name__", "state"],
        regex: `haproxy_server_check_status;(${droppedCheckStates.join("|")})`,
        action: "drop",
      },
    ],
  };
}

function headOf(jobs: readonly ScrapeJob[], hasPassword: boolean): readonly string[] {
  const files = jobs.flatMap(({ name, stats: { tls } }) => [
    ...(hasPassword ? [`${FOLDER}/${name}.password (the password of stats.username, mode 0600)`] : []),
    ...(tls?.ca === undefined ? [] : [`${FOLDER}/${name}-ca.pem (stats.tls.ca)`]),
    ...(tls?.cert === undefined ? [] : [`${FOLDER}/${name}.pem (stats.tls.cert)`]),
    ...(tls?.key === undefined ? [] : [`${FOLDER}/${name}-key.pem (stats.tls.key)`]),
  ]);
  return [
    "Made by k3s-lb generate prometheus from the fleet file.",
    "A whole prometheus.yml. For one that is there: copy rule_files and the jobs into it, and the other files beside it.",
    ...(files.length === 0 ? [] : ["Prometheus' machine needs:", ...files.map((file) => `  ${file}`)]),
  ];
}
