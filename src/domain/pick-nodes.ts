import type { FleetNode } from "./inventory.ts";
import { didYouMean } from "./nearest.ts";
import { parseNodePattern } from "./node-pattern.ts";

/** The nodes that patterns ask for, in the order in which they came, or what is wrong with the patterns. */
export type PickedNodes =
  | { readonly ok: true; readonly nodes: readonly FleetNode[] }
  | { readonly ok: false; readonly problem: string };

/** What a pattern may be, for whoever got one wrong. */
export const NODE_PATTERN_HINT =
  "Patterns: a name, node[01:10], node[01-10,12], edge-*, @site=b, a list with commas, ! in front to leave out.";

/**
 * Picks nodes by patterns; all of them without a pattern.
 * Shape: patterns add up, those with `!` take away. A pattern that fits no node is refused: it is a slip, and less than
 * was meant is worse than nothing.
 */
export function pickNodes(nodes: readonly FleetNode[], patterns: readonly string[]): PickedNodes {
  const parsed = patterns.map(parseNodePattern);
  const wrong = parsed.find((result) => !result.ok);
  if (wrong?.ok === false) return wrong;
  const all = parsed.flatMap((result) => (result.ok ? result.patterns : []));
  for (const pattern of all) {
    if (nodes.some((node) => pattern.matches(node))) continue;
    const words = pattern.text.startsWith("@") ? labelWords(nodes) : nodes.map(({ name }) => name);
    const near = didYouMean(pattern.text, words);
    return { ok: false, problem: `"${pattern.text}" fits none of the ${nodes.length} nodes${near}` };
  }
  const wanted = all.filter(({ excludes }) => !excludes);
  const unwanted = all.filter(({ excludes }) => excludes);
  const picked = nodes.filter(
    (node) =>
      (wanted.length === 0 || wanted.some((pattern) => pattern.matches(node))) &&
      !unwanted.some((pattern) => pattern.matches(node)),
  );
  if (picked.length === 0) return { ok: false, problem: "the patterns with ! take every node away" };
  return { ok: true, nodes: picked };
}

/** Every label with its value as a pattern takes it, "@site=b", each once. */
export function labelWords(nodes: readonly Pick<FleetNode, "labels">[]): readonly string[] {
  return [...new Set(nodes.flatMap(({ labels }) => Object.entries(labels).map(([key, value]) => `@${key}=${value}`)))];
}
