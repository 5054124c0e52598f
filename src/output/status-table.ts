import { formatAge, formatCount } from "../domain/ages.ts";
import { foldNames } from "../domain/fold.ts";
import type { FleetView, NodeView } from "../domain/view.ts";
import { cellWords } from "./glyphs.ts";
import { headlineParts } from "./headline.ts";
import { masterLines } from "./master-lines.ts";
import { isLikeOthers, nodeNote } from "./node-note.ts";
import { shortNames } from "./short-names.ts";
import type { Style } from "./style.ts";
import { type Column, tableLines } from "./table.ts";
import { cellTone, nodeStateTone } from "./tone.ts";

/**
 * `-o table`: the answer in a screenful. What is wrong and what to do, the masters, then only the nodes of which
 * there is something to say, those alike folded into one row.
 */
export function formatTable(view: FleetView, style: Style): string {
  const parts = [
    ...headlineParts(view, style),
    masterLines(view.masters, style),
    oddNodeLines(view, style),
    quietNodesLine(view),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function oddNodeLines(view: FleetView, style: Style): readonly string[] {
  const heads = shortNames(view.masters.map((master) => master.name));
  const columns: readonly Column[] = [
    { head: "NODES", shrinkTo: 12 },
    { head: "STATE" },
    { head: "AGE", align: "right" },
    { head: "USABLE", align: "right" },
    ...heads.map((head) => ({ head })),
    { head: "NOTE", shrinkTo: 0 },
  ];
  const rows = alikeGroups(view, style).map(({ nodes, first, note }) => [
    foldNames(nodes.map((node) => node.name)),
    { text: first.state, tone: nodeStateTone(first.state) },
    formatAge(oldest(nodes)),
    { text: formatCount(first.usableMasters), tone: first.usableMasters === 0 ? ("bad" as const) : ("plain" as const) },
    ...first.cells.map((cell) => ({
      text: cellWords(cell),
      tone: first.state === "fresh" ? cellTone(cell.state) : ("muted" as const),
    })),
    note,
  ]);
  return tableLines(columns, rows, style);
}

type Group = { readonly nodes: NodeView[]; readonly first: NodeView; readonly note: string };

/** Nodes that would print the same row but for name and age share it, in the order of the fleet file. */
function alikeGroups({ nodes, masters }: FleetView, style: Style): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const node of nodes) {
    if (isLikeOthers(node, masters)) continue;
    const note = nodeNote(node, style.expect);
    const key = JSON.stringify([node.state, node.usableMasters, node.cells.map(cellWords), note]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { nodes: [node], first: node, note });
    else group.nodes.push(node);
  }
  return [...groups.values()];
}

function oldest(nodes: readonly NodeView[]): number | undefined {
  const ages = nodes.flatMap((node) => node.ageMs ?? []);
  return ages.length === 0 ? undefined : Math.max(...ages);
}

function quietNodesLine({ nodes, masters }: FleetView): readonly string[] {
  const quiet = nodes.filter((node) => isLikeOthers(node, masters)).map((node) => node.name);
  if (quiet.length === 0) return [];
  const isAll = quiet.length === nodes.length;
  const counted = `${isAll ? "all " : ""}${quiet.length}${isAll ? "" : ` of ${nodes.length}`}`;
  if (nodes.length === 1) return [`the node answers: ${foldNames(quiet)}`];
  const verbs = quiet.length === 1 ? "answers and agrees" : "answer and agree";
  return [`${counted} nodes ${verbs}: ${foldNames(quiet)}`];
}
