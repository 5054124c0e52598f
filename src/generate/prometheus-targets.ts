import { formatHostPort } from "../domain/host.ts";
import type { FleetNode } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import { scrapeJob } from "./promql.ts";

/** An entry of Prometheus' file_sd. Source: Prometheus, "Configuration", file_sd_config. */
export type TargetGroup = { readonly targets: readonly string[]; readonly labels: Readonly<Record<string, string>> };

/** How often a node is scraped, in Prometheus' words, where it differs from the rest of its job. */
export type TargetTimes = { readonly interval: string; readonly timeout: string };

/**
 * Labels that the exporter, the rules or Prometheus itself give: a fleet's label of that name would push them aside as
 * `exported_…` and silence the rules.
 */
const TAKEN: ReadonlySet<string> = new Set([
  "alertname",
  "alertstate",
  "cluster",
  "code",
  "instance",
  "job",
  "le",
  "listener",
  "node",
  "proxy",
  "server",
  "severity",
  "state",
  "version",
]);

/**
 * One node as a target, with its name, its cluster and the fleet's labels.
 * Errors: `UserError` where two labels of the node would be one in Prometheus.
 */
export function targetOf(cluster: string, node: FleetNode, times: TargetTimes | undefined): TargetGroup {
  const own = new Map<string, string>();
  for (const key of Object.keys(node.labels).toSorted()) {
    const name = labelName(key);
    const other = own.get(name);
    if (other !== undefined) {
      throw new UserError(
        `the labels ${JSON.stringify(other)} and ${JSON.stringify(key)} of ${node.name} are both ${name} in Prometheus, which takes letters, digits and _ only`,
        "rename one of them in the fleet file",
      );
    }
    own.set(name, key);
  }
  const labels = [...own].map(([name, key]) => [name, node.labels[key] ?? ""] as const);
  const special = times === undefined ? {} : { __scrape_interval__: times.interval, __scrape_timeout__: times.timeout };
  return {
    targets: [formatHostPort(node.address, node.stats.port)],
    labels: { job: scrapeJob, cluster, node: node.name, ...Object.fromEntries(labels), ...special },
  };
}

/**
 * What a label of the fleet file is called in Prometheus: `topology.kubernetes.io/zone` is `topology_kubernetes_io_zone`.
 * Shape: names that are taken, that begin with a digit, or that Prometheus obeys (`__address__`) get `label_` in front.
 */
export function labelName(key: string): string {
  const name = key.replace(/[^A-Za-z0-9_]/g, "_");
  return TAKEN.has(name) || /^(?:__|\d)/.test(name) || name === "" ? `label_${name}` : name;
}
