import type { FleetView, ProblemKind } from "../domain/view.ts";

/**
 * One number about the fleet, as perfdata and thresholds know it. `undefined` is not known.
 * `replaces`: the kinds of problems that this number measures; a threshold on it takes their place.
 */
export type FleetMetric = {
  readonly label: MetricLabel;
  readonly unit: "" | "ms";
  readonly value: number | undefined;
  readonly max: number | undefined;
  readonly replaces: readonly ProblemKind[];
};

export const METRIC_LABELS = [
  "usable_masters",
  "masters_up",
  "masters_down",
  "nodes_fresh",
  "nodes_failed",
  "sessions",
  "pinned_sessions",
  "check_time",
  "drift_nodes",
] as const;

export type MetricLabel = (typeof METRIC_LABELS)[number];

/**
 * All of them, in the order of perfdata; `usable_masters` is that of the worst node, `drift_nodes` that of the worst
 * master, and not known without a ledger.
 */
export function fleetMetrics(view: FleetView): readonly FleetMetric[] {
  const { masters, nodes } = view;
  const fresh = nodes.filter((node) => node.state === "fresh");
  const isBlind = fresh.length === 0;
  const countMasters = (verdict: string) => masters.filter((master) => master.verdict === verdict).length;
  const sum = (of: (master: (typeof masters)[number]) => number) =>
    masters.reduce((total, master) => total + of(master), 0);
  const known = (value: number) => (isBlind ? undefined : value);
  const values: Record<MetricLabel, Omit<FleetMetric, "label">> = {
    usable_masters: {
      ...plain(smallest(fresh.map((node) => node.usableMasters)), masters.length),
      replaces: ["no-master-usable", "node-cut-off"],
    },
    masters_up: plain(known(countMasters("up")), masters.length),
    masters_down: { ...plain(known(countMasters("down")), masters.length), replaces: ["master-down"] },
    nodes_fresh: plain(fresh.length, nodes.length),
    nodes_failed: {
      ...plain(nodes.length - fresh.length, nodes.length),
      replaces: ["node-failure", "node-stale"],
    },
    sessions: plain(known(sum((master) => master.sessions))),
    pinned_sessions: { ...plain(known(sum((master) => master.pinnedSessions))), replaces: ["pinned-sessions"] },
    check_time: { ...plain(largest(masters.map((master) => master.checkMs))), unit: "ms" },
    drift_nodes: {
      ...plain(view.ledger && known(Math.max(...masters.map((master) => master.drift.length))), nodes.length),
      replaces: ["drift"],
    },
  };
  return METRIC_LABELS.map((label) => ({ label, ...values[label] }));
}

function plain(value: number | undefined, max?: number): Omit<FleetMetric, "label"> {
  return { unit: "", value, max, replaces: [] };
}

function smallest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function largest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
