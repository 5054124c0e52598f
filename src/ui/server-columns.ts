import { formatAge, formatCount, formatDuration } from "../domain/ages.ts";
import { checkCell, checkWords } from "../domain/check-words.ts";
import type { FleetCheck } from "../domain/inventory.ts";
import { readServer } from "../domain/server-cell.ts";
import type { Source, StatsRow } from "../domain/stats.ts";
import type { CellState, FleetView, NodeView, ServerLedger } from "../domain/view.ts";
import type { Glyphs } from "../output/glyphs.ts";
import { ledgerDetail } from "../output/ledger-words.ts";
import { statusWords } from "../output/status-words.ts";
import { cellTone, type Tone } from "../output/tone.ts";
import { calmTone } from "./master-columns.ts";
import { stateText } from "./node-columns.ts";
import { worstFirst } from "./node-order.ts";
import type { DraftColumn } from "./own-table.ts";
import { counterColumns, rateColumns } from "./server-numbers.ts";
import { shortenName } from "./shorten-name.ts";
import { span } from "./spans.ts";
import { byNumber, byText } from "./table.ts";

/**
 * One row of a HAProxy, as it is listed under a master or under a node. `row` is missing where a node has no line for
 * the master or has not answered yet; `note` then says so. `old` values are the last good ones of a silent node.
 */
export type ServerLine = {
  readonly id: string;
  readonly node: NodeView;
  readonly row: StatsRow | undefined;
  readonly state: CellState;
  readonly old: boolean;
  readonly note: string;
  readonly ledger: ServerLedger | undefined;
};

/** What every node says of one master, worst node first. */
export function masterLines(view: FleetView, master: string): readonly ServerLine[] {
  return worstFirst(view).flatMap((node): ServerLine[] => {
    const cell = node.cells.find((candidate) => candidate.master === master);
    const old = node.state !== "fresh";
    if (cell === undefined || cell.servers.length === 0) {
      const state = cell?.state ?? "unknown";
      const note = state === "absent" ? "no server line for it in this HAProxy" : stateText(node);
      return [{ id: node.name, node, row: undefined, state, old, note, ledger: undefined }];
    }
    return cell.servers.map((server) => ({
      id: `${node.name} ${server.backend}/${server.server}`,
      node,
      row: server.row,
      state: server.state,
      old,
      note: old ? `${stateText(node)}; before that: ` : "",
      ledger: server.ledger,
    }));
  });
}

/** Every row of one node's stats page, in the page's order. */
export function nodeLines(node: NodeView): readonly ServerLine[] {
  const old = node.state !== "fresh";
  const cells = new Map(node.cells.flatMap(({ servers }) => servers.map((server) => [server.row, server])));
  return (node.record?.good?.rows ?? []).map((row) => ({
    id: `${row.proxy}/${row.name}/${row.type}`,
    node,
    row,
    state: cells.get(row)?.state ?? plainState(row),
    old,
    note: "",
    ledger: cells.get(row)?.ledger,
  }));
}

/** The columns of both lists; `names` are those at the left, which differ. `isWide`: there is room for rates too. */
export function serverColumns(
  names: readonly DraftColumn<ServerLine>[],
  expect: FleetCheck["expect"],
  glyphs: Glyphs,
  isWide: boolean,
): readonly DraftColumn<ServerLine>[] {
  return [
    ...names,
    {
      id: "status",
      width: 11,
      drop: 0,
      cell: (line) => span(`${markOf(line, glyphs)} ${line.row?.status.text ?? "-"}`, toneOf(line)),
      order: byText((line) => line.row?.status.text ?? ""),
    },
    {
      id: "check",
      width: 9,
      drop: 3,
      cell: ({ row }) => span(row === undefined ? "-" : checkCell(row)),
      order: byText(({ row }) => (row === undefined ? "" : checkCell(row))),
    },
    {
      id: "ms",
      align: "right",
      width: 5,
      drop: 5,
      cell: ({ row }) => span(formatDuration(row?.checkDurationMs)),
      order: byNumber(({ row }) => row?.checkDurationMs),
    },
    {
      id: "sessions",
      align: "right",
      width: 5,
      drop: 2,
      cell: ({ row }) => span(formatCount(row?.sessions)),
      order: byNumber(({ row }) => row?.sessions),
    },
    ...rateColumns(isWide),
    {
      id: "changed",
      align: "right",
      width: 5,
      drop: 4,
      cell: ({ row }) => span(sinceText(row)),
      order: byNumber(({ row }) => row?.sinceChangeSeconds),
    },
    ...counterColumns(glyphs),
    {
      id: "words",
      width: 26,
      drop: 1,
      grow: true,
      cell: (line) => span(lineWords(line, expect), line.old ? "muted" : "plain"),
      order: byText((line) => lineWords(line, expect)),
    },
  ];
}

/** The left column under a master. */
export function nodeNameColumns(width: number, several: boolean, glyphs: Glyphs): readonly DraftColumn<ServerLine>[] {
  const node: DraftColumn<ServerLine> = {
    id: "node",
    width,
    drop: 0,
    isName: true,
    cell: (line) => span(shortenName(line.node.name, width, glyphs.ellipsis)),
    order: byText((line) => line.node.name),
  };
  return several ? [node, proxyColumn(glyphs)] : [node];
}

/** The left columns under a node. */
export function rowNameColumns(glyphs: Glyphs): readonly DraftColumn<ServerLine>[] {
  const name: DraftColumn<ServerLine> = {
    id: "name",
    width: 20,
    drop: 0,
    isName: true,
    cell: ({ row }) => span(shortenName(rowName(row), 20, glyphs.ellipsis)),
    order: byText(({ row }) => rowName(row)),
  };
  return [{ ...proxyColumn(glyphs), drop: 6 }, name];
}

/** Everything that a filter can find such a line by. */
export function lineWordsForFilter(line: ServerLine, expect: FleetCheck["expect"]): string {
  const { node, row } = line;
  const labels = Object.entries(node.labels).map(([name, value]) => `${name}=${value}`);
  return [
    node.name,
    row?.proxy,
    row?.name,
    row?.status.text,
    row?.checkStatus,
    lineWords(line, expect),
    ...labels,
  ].join(" ");
}

function proxyColumn(glyphs: Glyphs): DraftColumn<ServerLine> {
  return {
    id: "proxy",
    width: 20,
    drop: 6,
    cell: ({ row }) => span(shortenName(row?.proxy ?? "-", 20, glyphs.ellipsis)),
    order: byText(({ row }) => row?.proxy ?? ""),
  };
}

/** Frontends and backends all bear the same name; what tells them apart is their proxy. */
function rowName(row: StatsRow | undefined): string {
  if (row === undefined) return "-";
  return row.type === "frontend" || row.type === "backend" ? row.proxy : row.name;
}

function lineWords(line: ServerLine, expect: FleetCheck["expect"]): string {
  const { row, note } = line;
  if (row === undefined) return note;
  if (row.type !== "server") return proxyWords(row);
  const source: Source | undefined = line.node.source;
  const status = statusWords(row.status);
  // Who asked for it is told before the check: a narrow screen has room for the first only.
  const words = [
    status === "up" || status === "down" ? undefined : status,
    ledgerDetail(line.ledger),
    checkWords(row, { expect, source }),
  ];
  return note + words.filter((part) => part !== undefined).join("; ");
}

function proxyWords(row: StatsRow): string {
  if (row.type !== "backend") return row.type;
  return row.active === undefined ? "backend" : `backend, ${row.active + (row.backup ?? 0)} usable`;
}

function sinceText(row: StatsRow | undefined): string {
  return row?.sinceChangeSeconds === undefined ? "-" : formatAge(row.sinceChangeSeconds * 1000);
}

function markOf({ row, state }: ServerLine, glyphs: Glyphs): string {
  return row !== undefined && row.type !== "server" ? " " : glyphs.cell[state];
}

function toneOf(line: ServerLine): Tone {
  return line.old ? "muted" : calmTone(cellTone(line.state));
}

/** The state of a row that is no master's: a server elsewhere is read as a master would be, the rest has none. */
function plainState(row: StatsRow): CellState {
  return row.type === "server" ? readServer(row).state : "unknown";
}
