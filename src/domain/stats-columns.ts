/**
 * Which columns are read, under HAProxy's names, each with its place in the scratch cells of a row.
 * Source: HAProxy doc/management.txt 9.1; names and not positions count, as later columns move between versions.
 */
const numberColumns = [
  "type",
  "weight",
  "uweight",
  "act",
  "bck",
  "qcur",
  "scur",
  "smax",
  "stot",
  "rate",
  "bin",
  "bout",
  "econ",
  "wretr",
  "wredis",
  "cli_abrt",
  "srv_abrt",
  "chkfail",
  "chkdown",
  "lastchg",
  "downtime",
  "lbtot",
  "req_tot",
  "lastsess",
  "ctime",
  "check_code",
  "check_duration",
  "check_rise",
  "check_fall",
  "check_health",
] as const;

const textColumns = [
  "pxname",
  "svname",
  "status",
  "tracked",
  "check_status",
  "last_chk",
  "check_desc",
  "agent_status",
  "last_agt",
  "addr",
  "mode",
] as const;

/** HAProxy's own is 1.5 KB; what is longer is not read further. */
const longestHeader = 16_384;

const needed = ["pxname", "svname", "status", "type"];

const numberPlace = new Map<string, number>(numberColumns.map((name, place) => [name, place]));
const textPlace = new Map<string, number>(textColumns.map((name, place) => [name, place]));

/** Names the place of a column, so that the reader of a row needs no numbers of its own. */
export const numberAt: Readonly<Record<(typeof numberColumns)[number], number>> = places(numberColumns);
export const textAt: Readonly<Record<(typeof textColumns)[number], number>> = places(textColumns);
export const numberCount: number = numberColumns.length;
export const textCount: number = textColumns.length;

/**
 * How to read the rows under one header line.
 * Shape: `steps` holds pairs: how many columns to pass over, then the column that is read (`place + 1` for a number,
 * `-place - 1` for a text); nothing behind the last pair is read. `columns` counts all columns, the empty one behind
 * the trailing comma included.
 */
export type ColumnPlan = { readonly header: Uint8Array; readonly steps: Int16Array; readonly columns: number };

/** Makes the plan for a header line (without its line end), or `undefined` where a needed column is missing. */
export function planColumns(header: Uint8Array): ColumnPlan | undefined {
  const names = String.fromCharCode(...header.subarray(0, longestHeader))
    .replace(/^#\s*/, "")
    .split(",");
  if (!needed.every((name) => names.includes(name))) return undefined;
  const steps: number[] = [];
  let skip = 0;
  names.forEach((name, column) => {
    const number = numberPlace.get(name);
    const text = textPlace.get(name);
    const isFirst = names.indexOf(name) === column;
    const kind = number !== undefined ? number + 1 : text !== undefined ? -text - 1 : 0;
    if (kind === 0 || !isFirst) {
      skip += 1;
      return;
    }
    steps.push(skip, kind);
    skip = 0;
  });
  return { header: header.slice(), steps: Int16Array.from(steps), columns: names.length };
}

function places<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, place) => [name, place])) as Record<Name, number>;
}
