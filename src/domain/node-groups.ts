import type { CellState, FleetView, NodeView } from "./view.ts";

/** The nodes that share the value of a label; `value` is `undefined` for those without the label. */
export type NodeGroup = {
  readonly label: string;
  readonly value: string | undefined;
  readonly nodes: readonly NodeView[];
};

/** The names of all labels, those first that most nodes have. */
export function labelNames(view: FleetView): readonly string[] {
  const names = known.get(view) ?? countLabels(view);
  known.set(view, names);
  return names;
}

/** A view is asked again for every key. */
const known = new WeakMap<FleetView, readonly string[]>();

function countLabels({ nodes }: FleetView): readonly string[] {
  const counts = new Map<string, number>();
  for (const { labels } of nodes) for (const name of Object.keys(labels)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name);
}

/** The nodes by their value of a label, in the order in which the values first come. */
export function groupNodes(nodes: readonly NodeView[], label: string): readonly NodeGroup[] {
  const groups = new Map<string | undefined, NodeView[]>();
  for (const node of nodes) {
    const value = Object.hasOwn(node.labels, label) ? node.labels[label] : undefined;
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [node]);
    else group.push(node);
  }
  return [...groups].map(([value, members]) => ({ label, value, nodes: members }));
}

/** A group's name, as a filter and `--node` take it: "site=b"; "no site" for the rest. */
export function groupName({ label, value }: NodeGroup): string {
  return value === undefined ? `no ${label}` : `${label}=${value}`;
}

/** The label of a group's name. */
export function labelOfGroup(name: string): string {
  return name.startsWith("no ") ? name.slice(3) : (name.split("=")[0] ?? name);
}

/** What a group's nodes say of one master: the worst state of those that answer, and how many say so. */
export function groupCell(
  { nodes }: NodeGroup,
  master: number,
): { readonly state: CellState; readonly count: number; readonly of: number } {
  const states = nodes.flatMap((node) => (node.state === "fresh" ? (node.cells[master]?.state ?? []) : []));
  const worst = worstStates.find((state) => states.includes(state)) ?? "unknown";
  return { state: worst, count: states.filter((state) => state === worst).length, of: states.length };
}

const worstStates: readonly CellState[] = ["down", "absent", "unknown", "maint", "drain", "up"];
