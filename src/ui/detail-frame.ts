import { groupName, groupNodes, labelOfGroup } from "../domain/node-groups.ts";
import { hasFrozenTraffic } from "../domain/traffic.ts";
import type { FleetView, NodeView } from "../domain/view.ts";
import { sharedPrefix } from "../output/short-names.ts";
import { groupText, masterText, nodeText, problemText } from "./detail-text.ts";
import type { List } from "./list.ts";
import { drawPage } from "./list-page.ts";
import type { Mark } from "./marks.ts";
import { nodeColumns, nodeWords } from "./node-columns.ts";
import { type DraftColumn, ownTable } from "./own-table.ts";
import type { Body, FrameInput } from "./picture.ts";
import { knowProblems } from "./problem-lines.ts";
import { mastersScope, nodesScope } from "./scope.ts";
import type { Place } from "./screen.ts";
import {
  lineWordsForFilter,
  masterLines,
  nodeLines,
  nodeNameColumns,
  rowNameColumns,
  type ServerLine,
  serverColumns,
} from "./server-columns.ts";
import { trendLines } from "./trend-lines.ts";

type MasterMark = Mark & { readonly kind: "master" };

const roomyRows = 24;

/** From this many columns on, rates cost the words at the right nothing that is missed. */
const wideColumns = 120;

/** One master, node or problem: the way to it, what is known in words, then its rows. */
export function drawDetail(input: FrameInput, place: Extract<Place, { id: string }>): Body {
  const { look, screen, view } = input;
  // A small screen has better use for its lines.
  const trends = (of: "ofMaster" | "ofNode") =>
    input.size.rows < roomyRows
      ? []
      : trendLines((measure) => input.samples[of](place.id, measure), input.size.columns, look);
  switch (place.kind) {
    case "master": {
      const several = view.nodes.some(({ cells }) => cells.some(({ servers }) => servers.length > 1));
      const width = Math.min(24, Math.max(4, ...view.nodes.map(({ name }) => name.length)));
      const rows = masterLines(view, place.id);
      const list = serverList(input, rows, nodeNameColumns(width, several, look.glyphs));
      return drawPage(input, [...masterText(view, place.id), ...trends("ofMaster")], list, {
        target: ({ node }) => ({ kind: "node", id: node.name }),
        mark: ({ node }) => ({ kind: "node", name: node.name }),
        scope: (row) => nodesScope(view, screen.marks, row, place.id),
        areBytesFrozen: () => hasFrozenTraffic(view.nodes, indexOf(view, place.id)),
      });
    }
    case "node": {
      const node = view.nodes.find(({ name }) => name === place.id);
      const rows = node === undefined ? [] : nodeLines(node);
      const plainList = serverList(input, rows, rowNameColumns(look.glyphs));
      const list = { ...plainList, whenEmpty: "nothing is known of its HAProxy before it answers" };
      return drawPage(input, [...nodeText(node), ...trends("ofNode")], list, {
        target: ({ row }) => pageOf(masterOf(node, row)),
        mark: ({ row }) => masterOf(node, row),
        scope: (row) => mastersScope(view, screen.marks, row, [place.id]),
        areBytesFrozen: () => node !== undefined && hasFrozenTraffic([node]),
      });
    }
    case "group": {
      const rows = view.nodes.filter((node) =>
        groupNodes([node], labelOfGroup(place.id)).some((one) => groupName(one) === place.id),
      );
      return drawPage(input, groupText(place.id, rows), nodeList(input, rows), {
        target: ({ name }) => ({ kind: "node", id: name }),
        mark: ({ name }) => ({ kind: "node", name }),
        scope: (row) => nodesScope(view, screen.marks, row, undefined),
        title: "nodes",
      });
    }
    case "problem": {
      const problem = knowProblems(view).find(({ id }) => id === place.id);
      const names = new Set(problem?.nodes);
      const rows = view.nodes.filter(({ name }) => names.has(name));
      return drawPage(input, problemText(problem), nodeList(input, rows), {
        target: ({ name }) => ({ kind: "node", id: name }),
        mark: ({ name }) => ({ kind: "node", name }),
        scope: (row) => nodesScope(view, screen.marks, row, problem?.master),
      });
    }
  }
}

function indexOf({ masters }: FleetView, name: string): number {
  return masters.findIndex((master) => master.name === name);
}

/** Nodes in the columns of the matrix. */
function nodeList({ facts, fleet, look, screen, view }: FrameInput, rows: readonly NodeView[]): List<NodeView> {
  return {
    pane: "rows",
    rows,
    ...ownTable(
      screen,
      "nodes",
      nodeColumns({
        masters: view.masters,
        masterPrefix: sharedPrefix(view.masters.map(({ name }) => name)),
        nodePrefix: "",
        nodeNameWidth: Math.max(4, ...rows.map(({ name }) => name.length)),
        expect: fleet.check.expect,
        glyphs: look.glyphs,
        mode: screen.mode,
        wallMs: facts.wallMs,
      }),
    ),
    idOf: ({ name }) => name,
    wordsOf: nodeWords,
  };
}

function serverList(
  { fleet, look, screen, size }: FrameInput,
  rows: readonly ServerLine[],
  names: readonly DraftColumn<ServerLine>[],
): List<ServerLine> {
  const { expect } = fleet.check;
  const columns = serverColumns(names, expect, look.glyphs, size.columns >= wideColumns);
  return {
    pane: "rows",
    rows,
    ...ownTable(screen, "servers", columns),
    idOf: ({ id }) => id,
    wordsOf: (line) => lineWordsForFilter(line, expect),
  };
}

/** The master that this row of a node's page is about. */
function masterOf(node: NodeView | undefined, row: ServerLine["row"]): MasterMark | undefined {
  const cell = node?.cells.find(({ servers }) => servers.some((server) => server.row === row));
  return cell === undefined ? undefined : { kind: "master", name: cell.master };
}

/** What all other nodes say of that master: the next question there. */
function pageOf(mark: MasterMark | undefined): Place | undefined {
  return mark === undefined ? undefined : { kind: "master", id: mark.name };
}
