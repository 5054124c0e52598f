import type { CommandContext } from "../../src/ui/command-word.ts";
import { fleetOf, nodeOf } from "./fleet.ts";

/** An unlocked screen of three masters and four nodes in two sites, with the cursor in the list of the nodes. */
export function contextOf(over: Partial<CommandContext> = {}): CommandContext {
  return {
    masters: ["k8s-de1-master-1", "k8s-de1-master-2", "k8s-de1-master-3"],
    nodes: [...fleetOf({ nodes: 3 }).nodes, nodeOf("edge-1", { labels: { site: "b", role: "edge" } })],
    labels: ["site", "role"],
    columns: ["node", "state", "k8s-de1-master-1", "k8s-de1-master-2", "k8s-de1-master-3", "sessions"],
    clusters: ["de1", "fr1"],
    lock: { kind: "open" },
    isReplay: false,
    ...over,
  };
}
