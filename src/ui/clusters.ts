import type { ClusterColor } from "../domain/cluster-color.ts";
import type { FleetView, Severity } from "../domain/view.ts";
import { startText } from "./problem-lines.ts";

/**
 * A cluster that the person may go to. `name` is unique, and what `:cluster` takes; `file` is for the eye. `scope` is the
 * flag by which a command finds it, behind a blank.
 */
export type KnownCluster = { readonly name: string; readonly file: string; readonly scope: string };

/**
 * What is known of a cluster now: nobody has opened it; it is being opened; it cannot be, and why; or what its nodes say.
 */
export type ClusterState =
  | { readonly kind: "closed" }
  | { readonly kind: "opening" }
  | { readonly kind: "failed"; readonly text: string }
  | { readonly kind: "open"; readonly color: ClusterColor | undefined; readonly view: FleetView };

export type ClusterRow = KnownCluster & { readonly state: ClusterState; readonly isCurrent: boolean };

/** All clusters as a console sees them, and the way to another one. */
export type Clusters = {
  rows(): readonly ClusterRow[];
  /** Shows this cluster, once it is open, and says so where it cannot be; `left` is told before it is shown. */
  go(name: string, left: () => void): void;
  /** Whether the way there has begun and is not over: what is typed meanwhile is meant for the other cluster. */
  isGoing(): boolean;
};

const weights: Readonly<Record<Severity, number>> = { CRITICAL: 0, UNKNOWN: 1, WARNING: 2, OK: 3 };

/** How much a cluster needs somebody: the least first. One that cannot be opened is not known to be well. */
export function clusterRank({ state }: ClusterRow): number {
  if (state.kind === "open") return startText(state.view) === undefined ? weights[state.view.severity] : 4;
  return state.kind === "failed" ? weights.UNKNOWN : 5;
}

/** The other open cluster that is worst, where one is not well. */
export function worstElsewhere(
  rows: readonly ClusterRow[],
): (ClusterRow & { readonly severity: Severity }) | undefined {
  const [worst] = rows
    .filter(({ isCurrent, state }) => !isCurrent && state.kind === "open")
    .toSorted((a, b) => clusterRank(a) - clusterRank(b));
  if (worst?.state.kind !== "open" || clusterRank(worst) >= weights.OK) return undefined;
  return { ...worst, severity: worst.state.view.severity };
}

/** The one cluster of a console that knows of no other. */
export function aloneRow(view: FleetView): ClusterRow {
  return { name: view.cluster, file: "", scope: "", isCurrent: true, state: { kind: "open", color: undefined, view } };
}

/** What the cluster that is shown is called: with the name of its file too where another open one calls itself the same. */
export function shownName({ cluster }: FleetView, rows: readonly ClusterRow[] = []): string {
  const isTwice = rows.some(
    ({ isCurrent, state }) => !isCurrent && state.kind === "open" && state.view.cluster === cluster,
  );
  const current = rows.find(({ isCurrent }) => isCurrent);
  return isTwice && current !== undefined ? `${cluster} (${current.name})` : cluster;
}
