/** The colours that a cluster's name can have: those of every terminal's own palette. */
export type ClusterColor = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan";

export const CLUSTER_COLORS: readonly ClusterColor[] = ["red", "green", "yellow", "blue", "magenta", "cyan"];

/** Red, yellow and green say how a cluster is; where a person has not chosen, its name has none of them. */
const automatic: readonly ClusterColor[] = ["cyan", "magenta", "blue"];

/** The colour of the cluster that is the `index`th of those that are known and has none of its own. */
export function automaticColor(index: number): ClusterColor {
  return automatic[index % automatic.length] ?? "cyan";
}
