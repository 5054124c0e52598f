import type { Fleet, FleetNode, StatsEndpoint } from "../domain/inventory.ts";
import { type TargetGroup, type TargetTimes, targetOf } from "./prometheus-targets.ts";
import { scrapeJob } from "./promql.ts";

/**
 * Nodes that one `scrape_config` can read: user, password and TLS are a job's, port and times a target's.
 * Shape: `name` is also the stem of the job's files.
 */
export type ScrapeJob = {
  readonly name: string;
  readonly stats: StatsEndpoint;
  readonly times: TargetTimes;
  readonly targets: readonly TargetGroup[];
};

/** The jobs of a fleet, which is one unless nodes have users, passwords or TLS of their own. */
export function scrapeJobs(fleet: Fleet): readonly ScrapeJob[] {
  const groups = new Map<string, FleetNode[]>();
  for (const node of fleet.nodes) {
    const { username, password, tls } = node.stats;
    const key = JSON.stringify([username, password, tls]);
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups.values()].flatMap((nodes, index) => {
    const [first] = nodes;
    if (first === undefined) return [];
    const times = timesOf(first);
    const own = (node: FleetNode): TargetTimes | undefined => {
      const theirs = timesOf(node);
      return theirs.interval === times.interval && theirs.timeout === times.timeout ? undefined : theirs;
    };
    return [
      {
        name: index === 0 ? scrapeJob : `${scrapeJob}-${index + 1}`,
        stats: first.stats,
        times,
        targets: nodes.map((node) => targetOf(fleet.cluster, node, own(node))),
      },
    ];
  });
}

const SHORTEST_MS = 5_000;
// Rates over five minutes need a few samples, and Prometheus itself forgets a sample after five.
const LONGEST_MS = 60_000;
const PATIENCE_MS = 4_000;

/** A console polls for somebody who looks; Prometheus keeps what it reads, so it reads less often and waits longer. */
function timesOf({ poll }: FleetNode): TargetTimes {
  const intervalMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, poll.intervalMs));
  const timeoutMs = Math.min(intervalMs, Math.max(PATIENCE_MS, poll.timeoutMs));
  return { interval: prometheusDuration(intervalMs), timeout: prometheusDuration(timeoutMs) };
}

function prometheusDuration(ms: number): string {
  const whole = Math.round(ms);
  return whole % 1000 === 0 ? `${whole / 1000}s` : `${whole}ms`;
}
