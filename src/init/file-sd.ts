import { parseHostPort } from "../domain/host.ts";
import { UserError } from "../domain/user-error.ts";
import { asList, asMapping, asText, readForeignYaml } from "./foreign-yaml.ts";
import { type Found, type FoundNode, found } from "./found.ts";

/** Which labels name a target better than its address does. */
const NAMES = ["node", "nodename", "hostname"];

/**
 * Takes nodes from the targets of a Prometheus file_sd file (JSON or YAML).
 * Shape: the stats port is that of most targets; others keep their own. A label `node` gives the name where the group
 * has one target; `cluster`, the same on all, names the cluster. Labels that begin with __ are Prometheus' own.
 * Errors: `UserError` for a text that is no file_sd.
 */
export function foundInFileSd(text: string, source: string): Found {
  const value = readForeignYaml(text, source);
  const expected = "expected a Prometheus file_sd: a list of { targets: [host:port], labels: {…} }";
  if (!Array.isArray(value)) throw new UserError(`${source}: ${expected}`);
  const nodes: FoundNode[] = [];
  const clusters = new Set<string | undefined>();
  const notes: string[] = [];
  value.forEach((one, index) => {
    const group = asMapping(one);
    if (group === undefined || !Array.isArray(group["targets"])) {
      throw new UserError(`${source}: group ${index + 1} has no targets; ${expected}`);
    }
    const targets = asList(group["targets"]).flatMap((target) => asText(target) ?? []);
    const labels = labelsOf(group["labels"]);
    clusters.add(labels["cluster"]);
    for (const target of targets) nodes.push(nodeOf(target, labels, targets.length === 1));
  });
  const [cluster] = clusters.size === 1 ? clusters : [];
  const port = mostCommon(nodes.flatMap(({ statsPort }) => statsPort ?? []));
  const others = nodes.filter(({ statsPort }) => statsPort !== undefined && statsPort !== port).length;
  if (others > 0) notes.push(`Most targets have port ${port}; ${others} with another one keep theirs.`);
  return found(source, {
    nodes: nodes.map((node) => ({
      ...node,
      labels: cluster === undefined ? node.labels : without(node.labels, "cluster"),
      statsPort: node.statsPort === port ? undefined : node.statsPort,
    })),
    cluster: cluster !== undefined && /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(cluster) ? cluster : undefined,
    stats: port === undefined ? {} : { port },
    notes,
  });
}

function labelsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(asMapping(value) ?? {}).flatMap(([key, one]) => {
      const text = typeof one === "boolean" ? String(one) : asText(one);
      return key.startsWith("__") || text === undefined || text === "" ? [] : [[key, text]];
    }),
  );
}

function nodeOf(target: string, labels: Readonly<Record<string, string>>, isAlone: boolean): FoundNode {
  const address = parseHostPort(target);
  const host = address?.host ?? target;
  const label = isAlone ? NAMES.find((name) => labels[name] !== undefined) : undefined;
  const name = label === undefined ? host : (labels[label] ?? host);
  return {
    name,
    address: host === name ? undefined : host,
    ssh: undefined,
    labels: label === undefined ? labels : without(labels, label),
    statsPort: address?.port,
  };
}

function without(labels: Readonly<Record<string, string>>, key: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => label !== key));
}

function mostCommon(ports: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const port of ports) counts.set(port, (counts.get(port) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0];
}
