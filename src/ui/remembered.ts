import { cleanText } from "../domain/text.ts";
import { type MatrixMode, matrixModes } from "./matrix-cell.ts";
import type { Sort } from "./sort.ts";

/** The tables whose columns and order are a person's own. */
export const tableNames = ["masters", "nodes", "groups", "servers"] as const;
export type TableName = (typeof tableNames)[number];

/** Columns that were chosen or put away; of the others their own table says whether they show. */
export type ShownColumns = Readonly<Record<string, boolean>>;

/** What is `undefined` in a change is forgotten. */
type PerTable<Value> = Readonly<Partial<Record<TableName, Value | undefined>>>;

/**
 * What a person chose on the screen, and finds again the next time. It is the same for every fleet: a column or label
 * that one of them does not have is kept for those that do.
 * Shape: `commands` and `filters` hold what was typed, the newest last.
 */
export type Remembered = {
  readonly columns?: PerTable<ShownColumns>;
  readonly sort?: PerTable<Sort>;
  readonly group?: string | undefined;
  readonly matrix?: MatrixMode | undefined;
  readonly commands?: readonly string[];
  readonly filters?: readonly string[];
};

/** As many lines of each history are kept. */
export const mostLines = 50;

/** What the screen recalls, and where it leaves what has changed; several changes soon after another are one write. */
export type Memory = {
  readonly recalled: Remembered;
  keep(change: Remembered): void;
};

/**
 * Reads what was remembered: by hand, as nothing at the start of top may wait for a library.
 * Shape: what is not as expected is as if it had never been kept; it is a help, and no reason to stop anybody.
 */
export function readRemembered(value: unknown): Remembered {
  const { columns, commands, filters, group, matrix, sort } = objectOf(value);
  const mode = matrixModes.find((one) => one.mode === matrix)?.mode;
  return {
    columns: perTable(columns, shownColumns),
    sort: perTable(sort, sortOf),
    ...(typeof group === "string" && { group: cleanText(group) }),
    ...(mode !== undefined && { matrix: mode }),
    commands: linesOf(commands),
    filters: linesOf(filters),
  };
}

/**
 * The file's content after a change: only what changed is replaced, table by table, so that neither what another top
 * left there in the meantime nor what only a newer version understands is lost.
 * Shape: lines that only the file has come before those of the change.
 */
export function mergeRemembered(content: unknown, change: Remembered): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...objectOf(content) };
  for (const key of ["columns", "sort"] as const) {
    if (key in change) merged[key] = { ...objectOf(merged[key]), ...change[key] };
  }
  for (const key of ["group", "matrix"] as const) if (key in change) merged[key] = change[key];
  for (const key of ["commands", "filters"] as const) {
    const lines = change[key];
    if (lines === undefined) continue;
    const others = linesOf(merged[key]).filter((line) => !lines.includes(line));
    merged[key] = [...others, ...lines].slice(-mostLines);
  }
  return merged;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function perTable<Value>(value: unknown, read: (part: unknown) => Value | undefined): PerTable<Value> {
  const tables = objectOf(value);
  return Object.fromEntries(
    tableNames.flatMap((table) => {
      const part = Object.hasOwn(tables, table) ? read(tables[table]) : undefined;
      return part === undefined ? [] : [[table, part]];
    }),
  );
}

function shownColumns(value: unknown): ShownColumns | undefined {
  const entries = Object.entries(objectOf(value)).filter((entry): entry is [string, boolean] => {
    return typeof entry[1] === "boolean";
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function sortOf(value: unknown): Sort | undefined {
  const { column, reverse } = objectOf(value);
  return typeof column === "string" && typeof reverse === "boolean" ? { column, reverse } : undefined;
}

function linesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  const isSound = (line: unknown): line is string =>
    typeof line === "string" && line !== "" && cleanText(line) === line;
  return value.filter(isSound).slice(-mostLines);
}
