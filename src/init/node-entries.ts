import { type FlatEntry, foldEntries } from "./fold-entries.ts";
import type { FoundMaster, FoundNode } from "./found.ts";

/** An entry of `nodes` or `masters` as it is written into the fleet file. */
export type WrittenEntry = Readonly<Record<string, unknown>>;

/** Labels are flattened beside the other fields while they fold; no field of an entry is called so. */
const LABEL = "labels.";

/** A master is written by itself: there are few, and each name has to be compared with HAProxy's. */
export function masterEntry({ name, address }: FoundMaster): WrittenEntry {
  return address === undefined || address === name ? { name } : { name, address };
}

/**
 * The nodes as entries with ranges, in natural order of their names.
 * Shape: sites and racks often take turns from node to node, so nodes with the same labels fold among themselves.
 */
export function nodeEntries(nodes: readonly FoundNode[]): readonly WrittenEntry[] {
  const groups = new Map<string, { port: number | undefined; entries: FlatEntry[] }>();
  for (const node of nodes) {
    const labels = Object.entries(node.labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const id = JSON.stringify([node.statsPort, labels]);
    const group = groups.get(id) ?? { port: node.statsPort, entries: [] };
    groups.set(id, group);
    group.entries.push({
      name: node.name,
      ...(node.address !== undefined && node.address !== node.name && { address: node.address }),
      ...(node.ssh !== undefined && { ssh: node.ssh }),
      ...Object.fromEntries(labels.map(([label, value]) => [LABEL + label, value])),
    });
  }
  return [...groups.values()].flatMap(({ port, entries }) => foldEntries(entries).map((one) => unflatten(one, port)));
}

function unflatten(entry: FlatEntry, port: number | undefined): WrittenEntry {
  const { name, address, ssh } = entry;
  const labels = Object.entries(entry)
    .filter(([field]) => field.startsWith(LABEL))
    .map(([field, value]) => [field.slice(LABEL.length), value]);
  return {
    name,
    ...(address !== undefined && { address }),
    ...(ssh !== undefined && { ssh }),
    ...(labels.length > 0 && { labels: Object.fromEntries(labels) }),
    ...(port !== undefined && { stats: { port } }),
  };
}
