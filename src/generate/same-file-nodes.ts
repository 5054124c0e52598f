import { foldNames } from "../domain/fold.ts";
import type { Fleet, FleetNode } from "../domain/inventory.ts";
import type { SecretForm } from "./generate-input.ts";

/** Nodes that are given the same file. `suffix` tells the file from those of others; empty where there is one only. */
export type SameFileNodes = { readonly nodes: readonly FleetNode[]; readonly suffix: string; readonly names: string };

/** What tells nodes apart: all of the listener that stands in haproxy.cfg, or the path of the socket alone. */
export type NodeKey = "listener" | "socket";

/**
 * The nodes by what of them stands in a file; with hashes also by the password behind them.
 * Shape: in the fleet's order, each group named by its first node.
 */
export function nodesByFile(fleet: Fleet, by: NodeKey, secrets: SecretForm["kind"]): readonly SameFileNodes[] {
  const groups = new Map<string, FleetNode[]>();
  for (const node of fleet.nodes) {
    const key = JSON.stringify(by === "socket" ? node.admin.socket : listenerOf(node, secrets));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [node]);
    else group.push(node);
  }
  const taken = new Set<string>();
  return [...groups.values()].map((nodes) => ({
    nodes,
    suffix: groups.size === 1 ? "" : `-${freeName(nodes[0]?.name ?? "", taken)}`,
    names: foldNames(nodes.map(({ name }) => name)),
  }));
}

function listenerOf({ stats, admin }: FleetNode, secrets: SecretForm["kind"]): readonly unknown[] {
  const { port, path, username, tls, password } = stats;
  return [port, path, username, tls !== undefined, admin.socket, secrets === "hash" ? password : undefined];
}

/** Fit for the name of a file, and not that of another group: names may hold what folders may not. */
function freeName(name: string, taken: Set<string>): string {
  const plain = name.replace(/[^A-Za-z0-9_.-]+/g, "_");
  for (let number = 1; ; number++) {
    const free = number === 1 ? plain : `${plain}-${number}`;
    if (taken.has(free)) continue;
    taken.add(free);
    return free;
  }
}
