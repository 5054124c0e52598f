import { formatAge, formatCount } from "../domain/ages.ts";
import type { FleetView, NodeView, ServerCell } from "../domain/view.ts";
import { headlineParts } from "./headline.ts";
import { masterLines } from "./master-lines.ts";
import { nodeNote } from "./node-note.ts";
import type { Style } from "./style.ts";
import { type Cell, type Column, tableLines } from "./table.ts";
import { cellTone, nodeStateTone } from "./tone.ts";

/**
 * `-o wide`: the table, every node, and every server line with HAProxy's own columns under HAProxy's own names.
 * Never cut: who asks for everything gets it (`| less -S` on a narrow screen).
 */
export function formatWide(view: FleetView, style: Style): string {
  const whole = { ...style, columns: undefined };
  const parts = [
    ...headlineParts(view, style),
    masterLines(view.masters, whole),
    nodeLines(view.nodes, whole),
    serverLines(view, whole),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

const NODE_COLUMNS: readonly Column[] = [
  { head: "NODE" },
  { head: "ADDRESS" },
  { head: "STATE" },
  { head: "AGE", align: "right" },
  { head: "USABLE", align: "right" },
  { head: "VERSION" },
  { head: "SOURCE" },
  { head: "LABELS" },
  { head: "NOTE" },
];

function nodeLines(nodes: readonly NodeView[], style: Style): readonly string[] {
  const rows = nodes.map((node) => [
    node.name,
    node.address,
    { text: node.state, tone: nodeStateTone(node.state) },
    formatAge(node.ageMs),
    formatCount(node.usableMasters),
    node.version ?? "-",
    node.source ?? "-",
    labelText(node.labels),
    node.failure?.text ?? nodeNote(node, style.expect),
  ]);
  return tableLines(NODE_COLUMNS, rows, style);
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const text = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  return text === "" ? "-" : text;
}

const SERVER_COLUMNS: readonly Column[] = [
  { head: "NODE" },
  { head: "pxname" },
  { head: "svname" },
  { head: "status" },
  { head: "check_status" },
  { head: "check_code", align: "right" },
  { head: "check_duration", align: "right" },
  { head: "scur", align: "right" },
  { head: "stot", align: "right" },
  { head: "weight", align: "right" },
  { head: "lastchg", align: "right" },
  { head: "econ", align: "right" },
  { head: "wretr", align: "right" },
  { head: "wredis", align: "right" },
  { head: "chkfail", align: "right" },
  { head: "chkdown", align: "right" },
  { head: "last_chk" },
];

function serverLines({ nodes, ledger }: FleetView, style: Style): readonly string[] {
  const hasLedger = ledger !== undefined;
  const rows = nodes.flatMap((node) =>
    node.cells.flatMap((cell) =>
      cell.servers.map((server) => [...serverRow(node, server), ...(hasLedger ? [ledgerWords(server)] : [])]),
    ),
  );
  return tableLines(hasLedger ? [...SERVER_COLUMNS, { head: "LEDGER" }] : SERVER_COLUMNS, rows, style);
}

/** "drain, held", "drain, pending": what was asked and how the line stands to it. */
function ledgerWords({ ledger }: ServerCell): string {
  if (ledger === undefined) return "-";
  const relation = ledger.relation === "elsewhere" ? "changed elsewhere" : ledger.relation;
  const asked = ledger.intent === undefined ? "" : `${ledger.intent.state}, `;
  return `${asked}${relation}${ledger.isExpired ? ", expired" : ""}`;
}

/** Numbers bare, in HAProxy's units, so that they can be compared with the stats page; last values of an old node muted. */
function serverRow(node: NodeView, { backend, server, row, state }: ServerCell): readonly (Cell | string)[] {
  return [
    node.name,
    backend,
    server,
    { text: row.status.text, tone: node.state === "fresh" ? cellTone(state) : "muted" },
    row.checkStatus ?? "-",
    formatCount(row.checkCode),
    formatCount(row.checkDurationMs),
    formatCount(row.sessions),
    formatCount(row.sessionsTotal),
    formatCount(row.weight),
    formatCount(row.sinceChangeSeconds),
    formatCount(row.connectErrors),
    formatCount(row.connectRetries),
    formatCount(row.redispatches),
    formatCount(row.checkFailures),
    formatCount(row.downTransitions),
    row.lastCheckText ?? "-",
  ];
}
