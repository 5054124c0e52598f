import type { FleetView, NodeView } from "../domain/view.ts";
import { sharedPrefix } from "../output/short-names.ts";
import { severityTone } from "../output/tone.ts";
import { type DetailText, masterText, nodeText, problemText } from "./detail-text.ts";
import { type DrawnList, drawList, type List } from "./list.ts";
import { hasMark, type Mark } from "./marks.ts";
import { nodeColumns, nodeWords } from "./node-columns.ts";
import { type Body, type FrameInput, settleAll } from "./picture.ts";
import { knowProblems } from "./problem-lines.ts";
import { placeText, ruleLine } from "./rule.ts";
import { mastersScope, nodesScope, type Scope } from "./scope.ts";
import { type Place, type Screen, topLevel } from "./screen.ts";
import {
  lineWordsForFilter,
  masterLines,
  nodeLines,
  nodeNameColumns,
  rowNameColumns,
  type ServerLine,
  serverColumns,
} from "./server-columns.ts";
import { type Look, paintEnds, paintLine, span, wrapText } from "./spans.ts";

/** From this many columns on, rates cost the words at the right nothing that is missed. */
const wideColumns = 120;

/** One master, node or problem: the way to it, what is known in words, then its rows. */
export function drawDetail(input: FrameInput, place: Exclude<Place, { kind: "fleet" }>): Body {
  const { fleet, look, screen, view } = input;
  const { expect } = fleet.check;
  const isWide = input.size.columns >= wideColumns;
  switch (place.kind) {
    case "master": {
      const several = view.nodes.some(({ cells }) => cells.some(({ servers }) => servers.length > 1));
      const width = Math.min(24, Math.max(4, ...view.nodes.map(({ name }) => name.length)));
      const rows = masterLines(view, place.id);
      const list = serverList(
        rows,
        serverColumns(nodeNameColumns(width, several, look.glyphs), expect, look.glyphs, isWide),
        expect,
      );
      return drawPage(input, masterText(view, place.id), list, {
        target: ({ node }) => ({ kind: "node", id: node.name }),
        mark: ({ node }) => ({ kind: "node", name: node.name }),
        scope: (row) => nodesScope(view, screen.marks, row, place.id),
      });
    }
    case "node": {
      const node = view.nodes.find(({ name }) => name === place.id);
      const rows = node === undefined ? [] : nodeLines(node);
      const list = serverList(rows, serverColumns(rowNameColumns(look.glyphs), expect, look.glyphs, isWide), expect);
      return drawPage(input, nodeText(node), list, {
        target: () => undefined,
        mark: ({ row }) => masterOf(node, row),
        scope: (row) => mastersScope(view, screen.marks, row, [place.id]),
      });
    }
    case "problem": {
      const problem = knowProblems(view).find(({ id }) => id === place.id);
      const names = new Set(problem?.nodes);
      const rows = view.nodes.filter(({ name }) => names.has(name));
      const list: List<NodeView> = {
        pane: "rows",
        rows,
        columns: nodeColumns({
          masters: view.masters,
          masterPrefix: sharedPrefix(view.masters.map(({ name }) => name)),
          nodePrefix: "",
          nodeNameWidth: Math.max(4, ...rows.map(({ name }) => name.length)),
          expect,
          glyphs: look.glyphs,
        }),
        idOf: ({ name }) => name,
        wordsOf: nodeWords,
      };
      return drawPage(input, problemText(problem), list, {
        target: ({ name }) => ({ kind: "node", id: name }),
        mark: ({ name }) => ({ kind: "node", name }),
        scope: (row) => nodesScope(view, screen.marks, row, problem?.master),
      });
    }
  }
}

function serverList(
  rows: readonly ServerLine[],
  columns: List<ServerLine>["columns"],
  expect: FrameInput["fleet"]["check"]["expect"],
): List<ServerLine> {
  return { pane: "rows", rows, columns, idOf: ({ id }) => id, wordsOf: (line) => lineWordsForFilter(line, expect) };
}

/** What a row leads to, what it is marked as, and what an action on it would be about. */
type Meaning<Row> = {
  readonly target: (row: Row) => Place | undefined;
  readonly mark: (row: Row) => Mark | undefined;
  readonly scope: (row: Mark | undefined) => Scope | undefined;
};

function drawPage<Row>(
  { look, screen, size, view }: FrameInput,
  texts: readonly DetailText[],
  plainList: List<Row>,
  meaning: Meaning<Row>,
): Body {
  const { columns } = size;
  const list: List<Row> = { ...plainList, isMarked: (row) => hasMark(screen.marks, meaning.mark(row)) };
  const words = texts.flatMap(({ maxLines, text, tone }) =>
    wrapText(text, columns - 2, maxLines, look).map((line) => paintLine([span("  "), span(line, tone)], columns, look)),
  );
  const room = Math.max(1, size.rows - 6);
  const above = [pathLine(view, screen, columns, look), ...words.slice(0, room)];
  const height = Math.max(1, size.rows - 1 - above.length - 2);
  const drawn: DrawnList<Row> = drawList(list, topLevel(screen), true, { columns, height }, look);
  const { selectedRow } = drawn;
  const row = selectedRow === undefined ? undefined : meaning.mark(selectedRow);
  return {
    lines: [...above, ruleLine(`rows${placeText(drawn)}`, true, columns, look), ...drawn.lines],
    sight: {
      panes: ["rows"],
      ids: drawn.ids,
      height,
      columns: drawn.sortColumns,
      helpLines: 0,
      target: selectedRow === undefined ? undefined : meaning.target(selectedRow),
      row,
      scope: meaning.scope(row),
      dialog: undefined,
    },
    screen: settleAll(screen, [{ pane: "rows", ...drawn }]),
    list: { shown: drawn.ids.length, total: drawn.total, filterNote: drawn.filterNote },
  };
}

/** The master that this row of a node's page is about. */
function masterOf(node: NodeView | undefined, row: ServerLine["row"]): Mark | undefined {
  const cell = node?.cells.find(({ servers }) => servers.some((server) => server.row === row));
  return cell === undefined ? undefined : { kind: "master", name: cell.master };
}

/** The way in, "k8s-de1 > master-2 > node07", and the fleet's severity, which is never out of sight. */
function pathLine(view: FleetView, screen: Screen, columns: number, look: Look): string {
  const step = look.glyphs.utf8 ? " › " : " > ";
  const names = screen.stack.map(({ place }) => (place.kind === "fleet" ? view.cluster : placeName(view, place)));
  return paintEnds(
    [span(names.join(step))],
    [span(`${look.glyphs.severity[view.severity]} ${view.severity}`, severityTone(view.severity))],
    columns,
    look,
  );
}

function placeName(view: FleetView, place: Exclude<Place, { kind: "fleet" }>): string {
  if (place.kind !== "problem") return place.id;
  return knowProblems(view).find(({ id }) => id === place.id)?.kind ?? "problem";
}
