import { labelNames } from "../domain/node-groups.ts";
import { hasFrozenTraffic } from "../domain/traffic.ts";
import type { FleetView } from "../domain/view.ts";
import { sharedPrefix } from "../output/short-names.ts";
import { severityTone } from "../output/tone.ts";
import { shownName, worstElsewhere } from "./clusters.ts";
import { copyProblem, copyRow } from "./copy.ts";
import { type DrawnList, drawList } from "./list.ts";
import type { Mark, Marks } from "./marks.ts";
import { masterColumns } from "./master-columns.ts";
import { drawNodesPane, type NodesPane } from "./nodes-pane.ts";
import { frozenNote, ownTable } from "./own-table.ts";
import { type Body, type FrameInput, settleAll } from "./picture.ts";
import { drawProblems, type KnownProblem, knowProblems, startText, wantedLines } from "./problem-lines.ts";
import { ruleLine } from "./rule.ts";
import { mastersScope } from "./scope.ts";
import { type Pane, topLevel } from "./screen.ts";
import type { Sight } from "./sight.ts";
import { besideSpots, listSpots, rowSpots } from "./sight-map.ts";
import { badgeSpan, paintEnds, type Span, span } from "./spans.ts";

/** The fleet: what is wrong in words, a row per master, then the node × master matrix, worst first. */
export function drawFleet(input: FrameInput): Body {
  const { look, screen, size, view } = input;
  const { columns } = size;
  const level = topLevel(screen);
  const roomy = size.rows >= 20;
  const known = startText(view) === undefined ? knowProblems(view) : [];
  const heights = share(size.rows - 1, roomy, view, wantedLines(view, known));
  const problems = drawProblems(view, known, level, { columns, height: heights.problems }, look);

  const masterNames = view.masters.map(({ name }) => name);
  const masterPrefix = sharedPrefix(masterNames);
  const ownMasters = ownTable(screen, "masters", masterColumns(view, roomy ? masterPrefix : "", look.glyphs));
  const masters = drawList(
    {
      pane: "masters",
      rows: view.masters,
      ...ownMasters,
      idOf: ({ name }) => name,
      isMarked: ({ name }) => screen.marks.masters.has(name),
    },
    level,
    level.pane === "masters",
    { columns, height: heights.masters },
    look,
  );

  const frozen = frozenNote(ownMasters.own, () => hasFrozenTraffic(view.nodes));

  const used = 1 + problems.lines.length + masters.lines.length + (roomy ? 2 : 0);
  const nodes = drawNodesPane(input, { height: Math.max(1, size.rows - 1 - used - 1), roomy, masterPrefix });

  const rule = (pane: Pane, text: string) => (roomy ? [ruleLine(text, level.pane === pane, columns, look)] : []);
  return {
    lines: [
      headLine(input),
      ...problems.lines,
      ...rule("masters", `masters${masterPrefix === "" ? "" : ` ${masterPrefix}*`}${frozen}`),
      ...masters.lines,
      ...rule("nodes", nodes.title),
      ...nodes.drawn.lines,
    ],
    sight: {
      ...sightOf(
        input,
        level.pane,
        { problems: { ...problems, sortColumns: [], selectedText: undefined }, masters },
        nodes,
        known,
      ),
      tables: { masters: masters.own, nodes: nodes.drawn.own },
      map: [
        undefined,
        ...rowSpots({ pane: "problems", ids: problems.ids }, problems.rows),
        ...besideSpots({ pane: "masters", ids: masters.ids }, roomy ? 1 : 0),
        ...listSpots("masters", masters),
        ...besideSpots({ pane: "nodes", ids: nodes.drawn.ids }, roomy ? 1 : 0),
        ...listSpots("nodes", nodes.drawn),
      ],
    },
    screen: settleAll(screen, [
      { pane: "problems", ...problems },
      { pane: "masters", ...masters },
      { pane: "nodes", ...nodes.drawn },
    ]),
    list: { shown: nodes.drawn.ids.length, total: nodes.drawn.total, filterNote: nodes.drawn.filterNote },
  };
}

/** Severity, cluster, size of the fleet, and how many problems of which weight. */
function headLine({ clusters, look, size: { columns }, view }: FrameInput): string {
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
      span("  "),
      badgeSpan(shownName(view, clusters), look.badge),
      span(`  ${nodes}, ${masters}`),
      span(counted.length === 0 ? "" : `  ${counted.join(", ")}`),
      span(view.nodes.some(({ config }) => config.stats.tls?.insecure) ? "  TLS unverified" : "", "warn"),
    ],
    [elsewhereSpan(clusters)],
    columns,
    look,
  );
}

/** Whether another cluster needs somebody; the name of the program where none does. */
function elsewhereSpan(clusters: FrameInput["clusters"]): Span {
  const worst = worstElsewhere(clusters ?? []);
  return worst === undefined
    ? span("k3s-lb top", "muted")
    : span(`${worst.name}: ${worst.severity}`, severityTone(worst.severity));
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
  drawn: Readonly<Record<"problems" | "masters", Drawn>>,
  nodes: NodesPane,
  known: readonly KnownProblem[],
): Omit<Sight, "map"> {
  const list: Drawn = pane === "problems" || pane === "masters" ? drawn[pane] : nodes.drawn;
  const problem = pane === "problems" ? known[list.index] : undefined;
  const { reach, target } = pane === "problems" || pane === "masters" ? reachOf(view, screen.marks, pane, list) : nodes;
  return {
    panes: known.length > 0 || pane === "problems" ? ["problems", "masters", "nodes"] : ["masters", "nodes"],
    ids: list.ids,
    height: list.height,
    columns: list.sortColumns,
    helpLines: 0,
    labels: labelNames(view),
    target,
    ...reach,
    copy: problem === undefined ? copyRow(list.selectedText, reach.row) : copyProblem(problem),
    dialog: undefined,
  };
}

/** What the row under the cursor is and leads to, and what an action would be about: a problem is no master. */
function reachOf(
  view: FleetView,
  marks: Marks,
  pane: "problems" | "masters",
  { ids, index }: Drawn,
): Pick<NodesPane, "reach" | "target"> {
  const id = ids[index];
  if (id === undefined) return { reach: { row: undefined, scope: undefined }, target: undefined };
  if (pane === "problems") return { reach: { row: undefined, scope: undefined }, target: { kind: "problem", id } };
  const row: Mark = { kind: "master", name: id };
  return { reach: { row, scope: mastersScope(view, marks, row) }, target: { kind: "master", id } };
}
