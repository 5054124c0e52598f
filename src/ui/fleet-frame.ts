import type { FleetView } from "../domain/view.ts";
import { sharedPrefix } from "../output/short-names.ts";
import { severityTone } from "../output/tone.ts";
import { copyProblem, copyRow } from "./copy.ts";
import { type DrawnList, drawList } from "./list.ts";
import type { Mark, Marks } from "./marks.ts";
import { masterColumns } from "./master-columns.ts";
import { matrixModes } from "./matrix-cell.ts";
import { nodeColumns, nodeWords } from "./node-columns.ts";
import { worstFirst } from "./node-order.ts";
import { type Body, type FrameInput, settleAll } from "./picture.ts";
import { drawProblems, type KnownProblem, knowProblems, startText, wantedLines } from "./problem-lines.ts";
import { placeText, ruleLine } from "./rule.ts";
import { mastersScope, nodesScope } from "./scope.ts";
import { type Pane, type Place, type Sight, topLevel } from "./screen.ts";
import { type Look, paintEnds, span } from "./spans.ts";

/** The fleet: what is wrong in words, a row per master, then the node × master matrix, worst first. */
export function drawFleet(input: FrameInput): Body {
  const { fleet, look, screen, size, view } = input;
  const { columns } = size;
  const level = topLevel(screen);
  const roomy = size.rows >= 20;
  const known = startText(view) === undefined ? knowProblems(view) : [];
  const heights = share(size.rows - 1, roomy, view, wantedLines(view, known));
  const problems = drawProblems(view, known, level, { columns, height: heights.problems }, look);

  const masterNames = view.masters.map(({ name }) => name);
  const masterPrefix = sharedPrefix(masterNames);
  const masters = drawList(
    {
      pane: "masters",
      rows: view.masters,
      columns: masterColumns(view.masters, view.nodes.length, roomy ? masterPrefix : "", look.glyphs),
      idOf: ({ name }) => name,
      isMarked: ({ name }) => screen.marks.masters.has(name),
    },
    level,
    level.pane === "masters",
    { columns, height: heights.masters },
    look,
  );

  const nodeNames = view.nodes.map(({ name }) => name);
  const nodePrefix = roomy ? sharedPrefix(nodeNames) : "";
  const used = 1 + problems.lines.length + masters.lines.length + (roomy ? 2 : 0);
  const nodes = drawList(
    {
      pane: "nodes",
      rows: worstFirst(view),
      columns: nodeColumns({
        masters: view.masters,
        masterPrefix,
        nodePrefix,
        nodeNameWidth: nodeNames.reduce((width, name) => Math.max(width, name.length - nodePrefix.length), 0),
        expect: fleet.check.expect,
        glyphs: look.glyphs,
        mode: screen.mode,
      }),
      idOf: ({ name }) => name,
      wordsOf: nodeWords,
      isMarked: ({ name }) => screen.marks.nodes.has(name),
    },
    level,
    level.pane === "nodes",
    { columns, height: Math.max(1, size.rows - 1 - used - 1) },
    look,
  );

  const rule = (pane: Pane, text: string) => (roomy ? [ruleLine(text, level.pane === pane, columns, look)] : []);
  const mode = matrixModes.find((one) => one.mode === screen.mode)?.words ?? "";
  const nodeRule = `nodes${nodePrefix === "" ? "" : ` ${nodePrefix}*`}${placeText(nodes)}${mode === "" ? "" : `: ${mode}`}`;
  return {
    lines: [
      headLine(view, columns, look),
      ...problems.lines,
      ...rule("masters", `masters${masterPrefix === "" ? "" : ` ${masterPrefix}*`}`),
      ...masters.lines,
      ...rule("nodes", nodeRule),
      ...nodes.lines,
    ],
    sight: sightOf(
      input,
      level.pane,
      { problems: { ...problems, sortColumns: [], selectedText: undefined }, masters, nodes },
      known,
    ),
    screen: settleAll(screen, [
      { pane: "problems", ...problems },
      { pane: "masters", ...masters },
      { pane: "nodes", ...nodes },
    ]),
    list: { shown: nodes.ids.length, total: nodes.total, filterNote: nodes.filterNote },
  };
}

/** Severity, cluster, size of the fleet, and how many problems of which weight. */
function headLine(view: FleetView, columns: number, look: Look): string {
  const isStarting = startText(view) !== undefined;
  const severity = isStarting ? "polling" : `${look.glyphs.severity[view.severity]} ${view.severity}`;
  const counted = (["UNKNOWN", "CRITICAL", "WARNING"] as const).flatMap((kind) => {
    const count = view.problems.filter((problem) => problem.severity === kind).length;
    const noun = kind === "WARNING" && count > 1 ? "warnings" : kind.toLowerCase();
    return count === 0 || isStarting ? [] : [`${count} ${noun}`];
  });
  const nodes = `${view.nodes.length} node${view.nodes.length === 1 ? "" : "s"}`;
  const masters = `${view.masters.length} master${view.masters.length === 1 ? "" : "s"}`;
  return paintEnds(
    [
      span(severity, isStarting ? "muted" : severityTone(view.severity)),
      span(`  ${view.cluster}  ${nodes}, ${masters}`),
      span(counted.length === 0 ? "" : `  ${counted.join(", ")}`),
      span(view.nodes.some(({ config }) => config.stats.tls?.insecure) ? "  TLS unverified" : "", "warn"),
    ],
    [span("k3s-lb top", "muted")],
    columns,
    look,
  );
}

/** Divides the rows above the bar: nodes get what is left, but what is wrong is told before anything else. */
function share(rows: number, roomy: boolean, view: FleetView, wanted: number): { problems: number; masters: number } {
  const quarter = Math.floor(rows / 4);
  const masters = Math.min(view.masters.length, Math.max(3, quarter));
  const fixed = 1 + (1 + masters) + 1 + (roomy ? 2 : 0);
  const nodesWanted = Math.min(view.nodes.length, Math.max(4, quarter * 2));
  const spare = rows - fixed - nodesWanted;
  return { masters, problems: Math.max(2, Math.min(wanted, Math.max(quarter, spare))) };
}

type Drawn = Pick<DrawnList<unknown>, "ids" | "index" | "height" | "sortColumns" | "selectedText">;

function sightOf(
  { screen, view }: FrameInput,
  pane: Pane,
  drawn: Readonly<Record<"problems" | "masters" | "nodes", Drawn>>,
  known: readonly KnownProblem[],
): Sight {
  const list = pane === "rows" ? drawn.nodes : drawn[pane];
  const id = list.ids[list.index];
  const kinds = { problems: "problem", masters: "master", nodes: "node", rows: "node" } as const;
  const problem = pane === "problems" ? known.find((one) => one.id === id) : undefined;
  const reach = reachOf(view, screen.marks, pane, id);
  const target: Place | undefined = id === undefined ? undefined : { kind: kinds[pane], id };
  return {
    panes: known.length > 0 || pane === "problems" ? ["problems", "masters", "nodes"] : ["masters", "nodes"],
    ids: list.ids,
    height: list.height,
    columns: list.sortColumns,
    helpLines: 0,
    target,
    ...reach,
    copy: problem === undefined ? copyRow(list.selectedText, reach.row) : copyProblem(problem),
    dialog: undefined,
  };
}

/** What the row under the cursor is, and what an action would be about: a problem is neither master nor node. */
function reachOf(view: FleetView, marks: Marks, pane: Pane, id: string | undefined): Pick<Sight, "row" | "scope"> {
  if (id === undefined || pane === "problems") return { row: undefined, scope: undefined };
  if (pane === "masters") {
    const row: Mark = { kind: "master", name: id };
    return { row, scope: mastersScope(view, marks, row) };
  }
  const row: Mark = { kind: "node", name: id };
  return { row, scope: nodesScope(view, marks, row, undefined) };
}
