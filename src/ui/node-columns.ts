import { formatAge } from "../domain/ages.ts";
import { type CheckContext, checkWords } from "../domain/check-words.ts";
import type { FleetCheck } from "../domain/inventory.ts";
import { cellLedger } from "../domain/master-ledger.ts";
import { recentRestartMs } from "../domain/restart.ts";
import { trafficOf } from "../domain/traffic.ts";
import type { CellState, MasterCell, MasterView, NodeView } from "../domain/view.ts";
import type { Glyphs } from "../output/glyphs.ts";
import { ledgerDetail } from "../output/ledger-words.ts";
import { isCommonState } from "../output/node-note.ts";
import { statusWords } from "../output/status-words.ts";
import { nodeTone, type Tone } from "../output/tone.ts";
import { masterColumnId } from "./column-table.ts";
import { calmTone } from "./master-columns.ts";
import { cellRank, type MatrixMode, matrixCell, matrixValueWidth } from "./matrix-cell.ts";
import { moreNodeColumns } from "./more-node-columns.ts";
import { badness, hasDrifted } from "./node-order.ts";
import type { DraftColumn } from "./own-table.ts";
import { shortenName } from "./shorten-name.ts";
import { span } from "./spans.ts";
import { byNumber, byText } from "./table.ts";
import { once, trafficColumns } from "./traffic-columns.ts";

/** What the columns depend on beside the node: names and their shared parts, what a check wants. */
export type MatrixContext = {
  readonly masters: readonly MasterView[];
  readonly masterPrefix: string;
  readonly nodePrefix: string;
  readonly nodeNameWidth: number;
  readonly expect: FleetCheck["expect"];
  readonly glyphs: Glyphs;
  readonly mode: MatrixMode;
  /** Unix time, as the clock of this machine has it. */
  readonly wallMs: number;
};

/** The columns of the node × master matrix. */
export function nodeColumns(context: MatrixContext): readonly DraftColumn<NodeView>[] {
  const { glyphs, masterPrefix, nodeNameWidth, nodePrefix } = context;
  const width = Math.min(30, Math.max(4, nodeNameWidth));
  const note = once((node: NodeView) => noteSpan(node, context));
  return [
    {
      id: "node",
      width,
      drop: 0,
      isName: true,
      cell: ({ name }) => span(shortenName(name.slice(nodePrefix.length), width, glyphs.ellipsis)),
      order: byText((node) => node.name),
    },
    {
      id: "state",
      width: 17,
      drop: 1,
      cell: (node) => span(stateText(node), calmTone(nodeTone(node))),
      order: byNumber((node) => badness(node, context.masters)),
    },
    ...context.masters.map(({ name: master }, index): DraftColumn<NodeView> => {
      const title = shortenName(master.slice(masterPrefix.length), 12, glyphs.ellipsis);
      return {
        id: masterColumnId(master),
        title,
        align: context.mode === "state" ? "left" : "right",
        width: Math.max(context.mode === "state" ? 2 : matrixValueWidth, title.length + 1),
        drop: 0,
        cell: (node) => matrixCell(node, node.cells[index], context.mode, glyphs),
        order: byNumber((node) => cellRank(node.cells[index], context.mode)),
      };
    }),
    {
      id: "sessions",
      align: "right",
      width: 6,
      drop: 2,
      cell: (node) => span(sessionsText(node)),
      order: byNumber(nodeSessions),
    },
    ...trafficColumns(once((node: NodeView) => trafficOf([node]))),
    ...moreNodeColumns(context),
    {
      id: "note",
      title: "",
      width: 8,
      drop: 4,
      grow: true,
      cell: note,
      order: byText((node) => note(node).text),
    },
  ];
}

/** Everything that a filter can find a node by. */
export function nodeWords(node: NodeView): string {
  const labels = Object.entries(node.labels).map(([name, value]) => `${name}=${value}`);
  const cells = node.cells.map(({ master, state }) => `${master}:${state}`);
  return [node.name, node.address, stateText(node), node.failure?.text, node.version, ...labels, ...cells].join(" ");
}

/** "ok", "cut off", "stale 8s", "unreachable": the word of a node's state. */
export function stateText(node: NodeView): string {
  if (node.cutOff || node.usableMasters === 0) return "no master";
  if (node.state === "fresh") return "ok";
  if (node.state === "stale") return `stale ${formatAge(node.ageMs)}`;
  if (node.state === "pending") return "polling";
  return node.failure === undefined ? node.state : `${node.state} ${formatAge(node.failure.forMs)}`;
}

export function nodeSessions(node: NodeView): number | undefined {
  const known = node.cells.flatMap(({ sessions }) => (sessions === undefined ? [] : [sessions]));
  return known.length === 0 ? undefined : known.reduce((sum, sessions) => sum + sessions, 0);
}

function sessionsText(node: NodeView): string {
  const sessions = nodeSessions(node);
  return sessions === undefined || node.state === "pending" ? "-" : String(sessions);
}

/** Why a node stands where it stands: its failure, what it alone has to say, or what is wrong for all. */
function noteSpan(node: NodeView, context: MatrixContext): { text: string; tone: Tone } {
  if (node.state !== "fresh" && node.failure !== undefined) return span(withoutName(node.failure.text, node.name));
  if (node.state === "pending") return span("");
  const odd =
    node.cells.find(hasDrifted) ??
    node.cells.find(({ state }, index) => state !== "up" && !isCommonState(state, context.masters[index]));
  const restarted = recentRestartMs(node.restartedAgoMs);
  if (odd === undefined && restarted !== undefined) return span(`restarted ${formatAge(restarted)} ago`, "warn");
  const cell = odd ?? node.cells.find(({ state }) => state !== "up");
  if (cell === undefined) return span("");
  // "master-2" rather than "2": in a sentence a bare number would be a count.
  const name = cell.master.slice(context.masterPrefix.replace(/[^-_.:]*[-_.:]$/, "").length);
  return span(`${name} ${cellReason(cell, { expect: context.expect, source: node.source })}`);
}

const outWords: Readonly<Partial<Record<CellState, string>>> = { drain: "drained", maint: "in maintenance" };

function cellReason(cell: MasterCell, context: CheckContext): string {
  const ledger = cellLedger(cell);
  const asked = ledgerDetail(ledger);
  if (asked !== undefined && ledger?.relation === "drift") return asked;
  if (asked !== undefined)
    return `${outWords[cell.state] ?? cell.state}${ledger?.relation === "held" ? "" : ","} ${asked}`;
  const server = cell.servers.find(({ state }) => state === cell.state);
  if (server === undefined) return cell.state === "absent" ? "has no server line here" : cell.state;
  return cell.state === "down" ? `down: ${checkWords(server.row, context)}` : statusWords(server.row.status);
}

/** The row begins with the name already. */
function withoutName(text: string, name: string): string {
  return text.startsWith(`${name}: `) ? text.slice(name.length + 2) : text;
}
