import { foldNames } from "./fold.ts";

/** Longer lists are cut: a headline has to fit a screen, and the whole list stands in the problem's `nodes`. */
const longest = 48;

/** Names nodes in a sentence: "node07", "3 nodes (node[01-03])", "40 nodes". */
export function nameNodes(names: readonly string[]): string {
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  const folded = foldNames(names);
  return folded.length > longest ? `${names.length} nodes` : `${names.length} nodes (${folded})`;
}

/**
 * The same against the whole: "3 of 40 nodes (node[01-03])", "all 40 nodes", "node07 (1 of 40 nodes)".
 * Where only some of the fleet's `fleetTotal` nodes have a say, all of those are "all 38 nodes that can tell".
 */
export function nameNodesOf(names: readonly string[], total: number, fleetTotal: number = total): string {
  const who = total < fleetTotal ? " that can tell" : "";
  if (names.length === total) {
    if (total === 1) return `${names[0]} (the only node${who})`;
    return `all ${total} nodes${who}`;
  }
  const [only] = names;
  if (only !== undefined && names.length === 1) return `${only} (1 of ${total} nodes)`;
  const folded = foldNames(names);
  const counted = `${names.length} of ${total} nodes`;
  return folded.length > longest ? counted : `${counted} (${folded})`;
}

/** Nodes as `--node` takes them, fit to be pasted into a shell. */
export function quotedNodes(names: readonly string[]): string {
  const folded = foldNames(names);
  return /^[\w.,-]+$/.test(folded) ? folded : `'${folded}'`;
}
