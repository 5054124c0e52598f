import type { NodeView, Problem, ServerCell } from "./view.ts";

/**
 * For how long a problem has been there, as far as the nodes themselves can tell: since their oldest DOWN of that
 * master, since the last usable master of a node went, since the first of its failures in a row.
 * Units: milliseconds; `undefined` where nobody knows. A drain's own words tell when it was asked: HAProxy does not
 * from 2.8 on.
 */
export function problemAgeMs(problem: Problem, nodes: readonly NodeView[]): number | undefined {
  const named = new Set(problem.nodes);
  const on = nodes.filter(({ name }) => named.has(name));
  switch (problem.kind) {
    case "master-down":
    case "master-path":
      return oldest(on.map((node) => oldest(agesOf(node, problem.master))));
    case "node-cut-off":
      return oldest(on.map((node) => newest(agesOf(node, undefined))));
    case "no-master-usable":
      return newest(on.map((node) => newest(agesOf(node, undefined))));
    case "node-failure":
    case "no-answer":
      return oldest(on.map(({ failure }) => failure?.forMs));
    default:
      return undefined;
  }
}

/** Ages of what is DOWN on one node, of one master or of all; unknown where a drain is among it. */
function agesOf(node: NodeView, master: string | undefined): readonly (number | undefined)[] {
  const cells = node.cells.filter((cell) => master === undefined || cell.master === master);
  const out = cells.flatMap(({ servers }) => servers).filter(({ usable }) => !usable);
  return out.map((server) => ageOf(server, node.ageMs ?? 0));
}

function ageOf({ row, state }: ServerCell, answeredAgoMs: number): number | undefined {
  if (state !== "down" || row.sinceChangeSeconds === undefined) return undefined;
  return row.sinceChangeSeconds * 1000 + answeredAgoMs;
}

/** Of those that are known. */
function oldest(ages: readonly (number | undefined)[]): number | undefined {
  const known = ages.filter((age) => age !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** Unknown where one of them is: that one may be newer. */
function newest(ages: readonly (number | undefined)[]): number | undefined {
  const known = ages.filter((age) => age !== undefined);
  return known.length < ages.length || known.length === 0 ? undefined : Math.min(...known);
}
