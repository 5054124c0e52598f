import { sortProblems, worstSeverity } from "./severity.ts";
import { summarize } from "./summary.ts";
import type { FleetView } from "./view.ts";

/**
 * The same fleet with only these masters in sight: their rows and cells, their problems and those of the nodes; the
 * severity is the worst of what is left. What a node can still use (`usableMasters`) counts all masters, as its
 * clients do. Without names, the view itself.
 */
export function focusOnMasters(view: FleetView, names: readonly string[]): FleetView {
  if (names.length === 0) return view;
  const wanted = new Set(names);
  const masters = view.masters.filter((master) => wanted.has(master.name));
  const nodes = view.nodes.map((node) => ({ ...node, cells: node.cells.filter((cell) => wanted.has(cell.master)) }));
  const problems = sortProblems(view.problems.filter(({ master }) => master === undefined || wanted.has(master)));
  const severity = worstSeverity(problems.map((problem) => problem.severity));
  return { ...view, severity, summary: summarize(severity, masters, nodes, problems), masters, nodes, problems };
}
