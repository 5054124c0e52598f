import { type MatrixMode, nextMode } from "./matrix-cell.ts";
import type { Pane, Place, Screen } from "./screen.ts";

/** No groups, then by one label after the other; where the groups are not on the screen nothing changes unseen. */
export function changeGroup(screen: Screen, { kind }: Place, labels: readonly string[]): Screen {
  const { group } = screen;
  if (kind !== "fleet") return { ...screen, said: "Nodes are grouped on the first screen." };
  if (group === undefined && labels.length === 0) {
    return { ...screen, said: "No node has a label to group by: they stand in the fleet file, labels: { site: a }." };
  }
  return { ...screen, group: group === undefined ? labels[0] : labels[labels.indexOf(group) + 1] };
}

/** What the matrix shows next, or this, where one is on the screen. */
export function changeMatrix(screen: Screen, { kind }: Place, mode: MatrixMode = nextMode(screen.mode)): Screen {
  if (kind === "fleet" || kind === "group" || kind === "problem") return { ...screen, mode };
  return { ...screen, said: "The matrix is on the first screen, and wherever nodes are listed." };
}

/** The pane after or before this one. */
export function nextPane(pane: Pane, panes: readonly Pane[], by: number): Pane {
  const at = panes.indexOf(pane);
  return panes[(at + by + panes.length) % panes.length] ?? pane;
}
