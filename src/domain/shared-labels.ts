import type { NodeView } from "./view.ts";

/**
 * The label values that all of `affected` and none of `others` have, as `site=b`: what the trouble has in common.
 * Nothing where there are no others to differ from.
 */
export function sharedLabels(affected: readonly NodeView[], others: readonly NodeView[]): readonly string[] {
  const first = affected[0];
  if (first === undefined || others.length === 0) return [];
  return Object.entries(first.labels)
    .filter(([key, value]) => affected.every((node) => node.labels[key] === value))
    .filter(([key, value]) => others.every((node) => node.labels[key] !== value))
    .map(([key, value]) => `${key}=${value}`);
}
