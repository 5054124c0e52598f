import { chooseOperation, type Operation, readHistory } from "../domain/history.ts";
import type { Fleet } from "../domain/inventory.ts";
import type { LedgerEntry } from "../domain/ledger.ts";
import { didYouMean } from "../domain/nearest.ts";
import { UserError } from "../domain/user-error.ts";
import { chooseGlyphs } from "../output/glyphs.ts";
import { formatHistoryJson, formatHistoryLines } from "../output/history-json.ts";
import { formatHistoryTable, formatOperation } from "../output/history-table.ts";
import type { Style } from "../output/style.ts";
import { colourOf } from "./colour-of.ts";
import { loadFleet, sayWarnings, selectMasters, selectNodes } from "./fleet-option.ts";
import type { HistoryFlags } from "./history.ts";
import { ledgerPath } from "./open-ledger.ts";
import { type Found, findOperations } from "./read-operations.ts";
import { print, type Shell } from "./shell.ts";

type Begun = Extract<LedgerEntry, { kind: "begun" }>;

const FORMATS = ["table", "json", "jsonl"] as const;

/**
 * Prints the last operations, or one of them whole, its stages in the order in which they were done. Resolves to the exit code: 0, also where nothing was done yet.
 * Errors: a UserError for flags, for an operation that the ledger does not have, and for a ledger that cannot be read.
 */
export async function runHistory(shell: Shell, id: string | undefined, flags: HistoryFlags): Promise<number> {
  const format = readFormat(flags.output);
  const limit = id === undefined ? readCount(flags.number) : Number.POSITIVE_INFINITY;
  const { fleet, warnings } = await loadFleet(shell, flags.config === undefined ? {} : { config: flags.config });
  sayWarnings(shell, warnings);
  const path = ledgerPath(shell, fleet.cluster);
  const { fits, isWhole } =
    id === undefined ? { fits: filterOf(fleet, flags), isWhole: () => false } : chooseOperation(id);
  const found = await findOperations(path, readHistory(limit, fits), isWhole);
  sayWarnings(shell, brokenWords(found, path ?? ""));
  if (id !== undefined && found.operations.length === 0) {
    throw new UserError(`there is no operation "${id}" in the ledger`, "k3s-lb history lists them.");
  }
  if (found.operations.length === 0 && format === "table") shell.stderr.write(`${nothingWords(fleet, flags)}\n`);
  await print(shell, write(fleet, found.operations, format, id !== undefined, readStyle(shell, fleet, flags)));
  return 0;
}

/** Names that the fleet no longer has are taken as they stand: its history has them still. */
function filterOf(fleet: Fleet, { master = [], node = [] }: HistoryFlags): (begun: Begun) => boolean {
  const masters = master.length === 0 ? undefined : namesOf(master, (name) => selectMasters(fleet, [name]));
  const nodes = node.length === 0 ? undefined : namesOf(node, (pattern) => selectNodes(fleet, [pattern]));
  return ({ orders, ...begun }) =>
    (masters === undefined || begun.masters.some((name) => masters.has(name))) &&
    (nodes === undefined || orders.some((order) => nodes.has(order.node)));
}

function namesOf(wanted: readonly string[], select: (one: string) => readonly { readonly name: string }[]) {
  return new Set(
    wanted.flatMap((one) => {
      try {
        return select(one).map(({ name }) => name);
      } catch (error) {
        if (error instanceof UserError && /^[\w.:-]+$/.test(one)) return [one];
        throw error;
      }
    }),
  );
}

function brokenWords({ damaged, foreign }: Found, path: string): readonly string[] {
  const lines = (count: number) => (count === 1 ? "1 line of the ledger is" : `${count} lines of the ledger are`);
  return [
    ...(damaged === 0 ? [] : [`${lines(damaged)} damaged and left out (a console was killed while writing?): ${path}`]),
    ...(foreign === 0 ? [] : [`${lines(foreign)} by a later version of k3s-lb and left out`]),
  ];
}

function nothingWords({ cluster }: Fleet, { master = [], node = [] }: HistoryFlags): string {
  const isNarrow = master.length + node.length > 0;
  return `k3s-lb: nothing ${isNarrow ? "like that " : ""}has been done on ${cluster} by this user on this machine`;
}

function write(
  { cluster, masters }: Fleet,
  operations: readonly Operation[],
  format: (typeof FORMATS)[number],
  isOne: boolean,
  style: Style,
): string {
  const names = masters.map(({ name }) => name);
  if (format === "json") return formatHistoryJson(cluster, operations);
  if (format === "jsonl") return formatHistoryLines(cluster, operations);
  return isOne
    ? operations
        .toReversed()
        .map((one) => formatOperation(one, style))
        .join("\n")
    : formatHistoryTable(operations, names, style);
}

function readStyle(shell: Shell, fleet: Fleet, flags: HistoryFlags): Style {
  const { env, stdout } = shell;
  const isTerminal = stdout.isTTY === true;
  return {
    colour: colourOf(shell, isTerminal, flags),
    glyphs: chooseGlyphs(env),
    columns: isTerminal && stdout.columns > 0 ? stdout.columns : undefined,
    headers: flags.headers,
    expect: fleet.check.expect,
  };
}

function readFormat(text: string): (typeof FORMATS)[number] {
  const format = FORMATS.find((each) => each === text);
  if (format !== undefined) return format;
  throw new UserError(
    `--output: there is no format "${text}"${didYouMean(text, FORMATS)}`,
    `Formats: ${FORMATS.join(", ")}.`,
  );
}

function readCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 1_000_000) return count;
  throw new UserError(`--number: "${text}" should be a whole number from 1 on.`);
}
