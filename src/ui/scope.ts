import type { FleetView } from "../domain/view.ts";
import type { Mark, Marks } from "./marks.ts";

/**
 * What an action would be about: masters on nodes, by name. `nodes` undefined is every node. Where `isChosen` is not
 * yet, the masters still have to be chosen among `choices`, and `masters` are those to begin with.
 */
export type Scope = {
  readonly masters: readonly string[];
  readonly isChosen: boolean;
  readonly nodes: readonly string[] | undefined;
  readonly choices: readonly string[];
};

/** Marked masters, else the one under the cursor, on every node or on `nodes`. */
export function mastersScope(
  view: FleetView,
  marks: Marks,
  row: Mark | undefined,
  nodes?: readonly string[],
): Scope | undefined {
  const choices = view.masters.map(({ name }) => name);
  const masters = picked(choices, marks.masters, row?.name);
  return masters.length === 0 ? undefined : { masters, isChosen: true, nodes, choices };
}

/** Marked nodes, else the one under the cursor; `master` where the screen is about one, else it is to be chosen. */
export function nodesScope(
  view: FleetView,
  marks: Marks,
  row: Mark | undefined,
  master: string | undefined,
): Scope | undefined {
  const choices = view.masters.map(({ name }) => name);
  const names = view.nodes.map(({ name }) => name);
  const nodes = picked(names, marks.nodes, row?.name);
  if (nodes.length === 0) return undefined;
  if (master !== undefined) return { masters: [master], isChosen: true, nodes, choices };
  return { masters: picked(choices, marks.masters, undefined), isChosen: false, nodes, choices };
}

function picked(names: readonly string[], marked: ReadonlySet<string>, current: string | undefined): readonly string[] {
  const those = names.filter((name) => marked.has(name));
  return those.length > 0 ? those : names.filter((name) => name === current);
}
