import type { Pane } from "./screen.ts";

/** No groups, then by one label after the other. */
export function nextGroup(group: string | undefined, labels: readonly string[]): string | undefined {
  return group === undefined ? labels[0] : labels[labels.indexOf(group) + 1];
}

/** The pane after or before this one. */
export function nextPane(pane: Pane, panes: readonly Pane[], by: number): Pane {
  const at = panes.indexOf(pane);
  return panes[(at + by + panes.length) % panes.length] ?? pane;
}
