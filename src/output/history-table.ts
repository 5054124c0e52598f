import { compareNames } from "../domain/fold.ts";
import { type Operation, untoldOrders } from "../domain/history.ts";
import { ACTION_COMMANDS, outcomeTone } from "./admin-words.ts";
import { strong } from "./colour.ts";
import { formatLedgerTime, outcomeWords, wholeTone, whoWords } from "./operation-words.ts";
import { spokenNames } from "./short-names.ts";
import type { Style } from "./style.ts";
import { type Cell, type Column, tableLines } from "./table.ts";

/** So much of an operation's name tells it from others, and `history` finds it by it. */
const shortIdLength = 8;

const COLUMNS: readonly Column[] = [
  { head: "WHEN (UTC)" },
  { head: "ID" },
  { head: "WHO", shrinkTo: 8 },
  { head: "ACTION" },
  { head: "MASTERS", shrinkTo: 12 },
  { head: "UNTIL", shrinkTo: 0 },
  { head: "OUTCOME", shrinkTo: 20 },
  { head: "REASON", shrinkTo: 0 },
];

/**
 * One row an operation, the newest first. Times are UTC, as consoles of several places share a ledger. `masters` are
 * all of the fleet: what their names share is left out.
 */
export function formatHistoryTable(operations: readonly Operation[], masters: readonly string[], style: Style): string {
  const short = new Map(spokenNames(masters).map((name, index) => [masters[index], name]));
  const rows = operations.map((operation): readonly (Cell | string)[] => {
    const { begun } = operation;
    return [
      formatLedgerTime(begun.at),
      begun.id.slice(0, shortIdLength),
      whoWords(operation),
      ACTION_COMMANDS[begun.action],
      begun.masters.map((name) => short.get(name) ?? name).join(","),
      begun.until === undefined ? "-" : formatLedgerTime(begun.until),
      { text: outcomeWords(operation), tone: wholeTone(operation) },
      begun.reason ?? "-",
    ];
  });
  return lines(tableLines(COLUMNS, rows, style));
}

/** One operation whole: what was asked, by whom and why, then what became of every server line. */
export function formatOperation(operation: Operation, style: Style): string {
  const { begun, steps, ended } = operation;
  const title = `${ACTION_COMMANDS[begun.action]} ${begun.masters.join(", ")}`;
  const facts = [
    ["operation", begun.id],
    [
      "when",
      `${formatLedgerTime(begun.at, true)} UTC${ended === undefined ? "" : `, ended ${formatLedgerTime(ended.at, true)}`}`,
    ],
    ["who", whoWords(operation)],
    ["reason", begun.reason ?? "-"],
    ["until", begun.until === undefined ? "-" : `${formatLedgerTime(begun.until, true)} UTC`],
    ["outcome", `${ended?.outcome ?? unendedWords(operation)}: ${outcomeWords(operation)}`],
  ];
  const head = [strong(title, style.colour), ...facts.map(([name = "", fact]) => `${name.padEnd(11)}${fact}`)];
  const columns: readonly Column[] = [
    { head: "NODE", shrinkTo: 12 },
    { head: "BACKEND" },
    { head: "SERVER" },
    { head: "BEFORE" },
    { head: "AFTER" },
    { head: "OUTCOME" },
    { head: "BY" },
    { head: "ST" },
    { head: "MS", align: "right" },
    { head: "DETAIL", shrinkTo: 0 },
  ];
  const told = steps.map((step): readonly (Cell | string)[] => [
    step.node,
    step.backend,
    step.server,
    step.before ?? "-",
    step.after ?? "-",
    { text: step.outcome, tone: outcomeTone(step.outcome) },
    step.route ?? "-",
    step.st ?? "-",
    String(Math.round(step.ms)),
    step.detail,
  ]);
  const untold = untoldOrders(operation).map(({ node, backend, server, before }): readonly (Cell | string)[] => [
    node,
    backend,
    server,
    before ?? "-",
    "-",
    { text: "not told", tone: "warn" },
    "-",
    "-",
    "-",
    ended === undefined ? "nothing is written of it: it may have been sent" : "not sent",
  ]);
  const rows = [...told, ...untold].sort((a, b) => compareNames(textOf(a[0]), textOf(b[0])));
  return `${lines(head)}\n${lines(tableLines(columns, rows, style))}`;
}

function unendedWords(operation: Operation): string {
  return untoldOrders(operation).length === 0 ? "no end is written" : "under way, or its console died";
}

function textOf(cell: Cell | string | undefined): string {
  return typeof cell === "string" ? cell : (cell?.text ?? "");
}

function lines(list: readonly string[]): string {
  return list.map((line) => `${line}\n`).join("");
}
