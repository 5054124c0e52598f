import { createIntern, type Intern } from "./intern.ts";
import { type NotStats, whatElse } from "./not-stats.ts";
import type { StatsRow } from "./stats.ts";
import { type ColumnPlan, numberAt, planColumns } from "./stats-columns.ts";
import { type Cells, createCells, createRowMaker } from "./stats-row.ts";

/** A page read: its rows in the page's order, or what it is instead of a stats page. */
export type StatsParse =
  | { readonly ok: true; readonly rows: readonly StatsRow[] }
  | { readonly ok: false; readonly reason: NotStats };

/** Reads `bytes[start..end)`; the bytes are not kept. Without `start` and `end`: all of them. */
export type StatsParser = (bytes: Uint8Array, start?: number, end?: number) => StatsParse;

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;
const comma = 44;
const minus = 45;
const zero = 48;

/** Fleets have a few versions of HAProxy side by side, so a few header lines are remembered. */
const plansKept = 8;

/**
 * Makes a reader of `;csv` pages, which remembers header lines and texts from page to page.
 * Shape: a header line without any row is no stats page, as HAProxy lists at least the stats proxy itself; neither is a
 * page with a row that ends before the last wanted column, or a last line that was cut off: half a page would make
 * servers look absent. Rows of an unknown type are left out. Empty and unreadable columns are `undefined`.
 * A line feed always ends a row, as HAProxy writes none inside quotes.
 * Source: haproxy-facts §3; seen from 2.4 to 3.5-dev5.
 */
export function createStatsParser(): StatsParser {
  const intern = createIntern();
  const makeRow = createRowMaker();
  const cells = createCells();
  const plans: ColumnPlan[] = [];

  function findPlan(header: Uint8Array): ColumnPlan | undefined {
    for (const plan of plans) {
      if (plan.header.length === header.length && Buffer.compare(plan.header, header) === 0) return plan;
    }
    const plan = planColumns(header);
    if (plan === undefined) return undefined;
    if (plans.length === plansKept) plans.pop();
    plans.unshift(plan);
    return plan;
  }

  return (bytes, start = 0, end = bytes.length) => {
    if (!isHeader(bytes, start)) return { ok: false, reason: whatElse(bytes, start, end) };
    const headerEnd = lineEnd(bytes, start, end);
    const plan = findPlan(bytes.subarray(start, withoutReturn(bytes, start, headerEnd)));
    if (plan === undefined) return { ok: false, reason: "columns-missing" };
    const rows: StatsRow[] = [];
    for (let at = headerEnd + 1; at < end; ) {
      const feed = lineEnd(bytes, at, end);
      const stop = withoutReturn(bytes, at, feed);
      if (stop > at) {
        if (feed === end && countCells(bytes, at, stop) < plan.columns) return { ok: false, reason: "cut-off" };
        if (!scanRow(bytes, at, stop, plan, cells, intern)) return { ok: false, reason: "cut-off" };
        if (cells.numbers[numberAt.type] === undefined) return { ok: false, reason: "broken-row" };
        const row = makeRow(cells);
        if (row !== undefined) rows.push(row);
      }
      at = feed + 1;
    }
    return rows.length === 0 ? { ok: false, reason: "no-rows" } : { ok: true, rows };
  };
}

/** Fills the cells from one row; false when the row ends before the last wanted column. */
function scanRow(
  bytes: Uint8Array,
  start: number,
  end: number,
  plan: ColumnPlan,
  cells: Cells,
  intern: Intern,
): boolean {
  const { steps } = plan;
  const { numbers, texts } = cells;
  let at = start;
  for (let step = 0; step < steps.length; step += 2) {
    let skip = steps[step] as number;
    const kind = steps[step + 1] as number;
    while (skip > 0) {
      if (at >= end) return false;
      const byte = bytes[at++] as number;
      if (byte === comma) skip--;
      else if (byte === quote && (at - 1 === start || bytes[at - 2] === comma)) at = closingQuote(bytes, at, end) + 1;
    }
    if (at > end) return false;
    const first = at;
    const byte = at < end ? (bytes[at] as number) : comma;
    if (byte === comma) {
      if (kind > 0) numbers[kind - 1] = undefined;
      else texts[-kind - 1] = undefined;
    } else if (byte === quote) {
      const close = closingQuote(bytes, at + 1, end);
      if (kind > 0) numbers[kind - 1] = undefined;
      else texts[-kind - 1] = unquote(bytes, at + 1, close, intern);
      for (at = close; at < end && bytes[at] !== comma; ) at++;
    } else if (kind > 0) {
      at++;
      const digit = byte - zero;
      if (digit >= 0 && digit <= 9 && bytes[at] === comma) numbers[kind - 1] = digit;
      else {
        while (at < end && bytes[at] !== comma) at++;
        numbers[kind - 1] = wholeNumber(bytes, first, at);
      }
    } else {
      let hash = byte;
      for (at++; at < end; at++) {
        const next = bytes[at] as number;
        if (next === comma) break;
        hash = (Math.imul(hash, 31) + next) | 0;
      }
      texts[-kind - 1] = intern(bytes, first, at, hash);
    }
    at++;
  }
  return true;
}

function wholeNumber(bytes: Uint8Array, start: number, end: number): number | undefined {
  const isNegative = bytes[start] === minus;
  let value = 0;
  for (let at = isNegative ? start + 1 : start; at < end; at++) {
    const digit = (bytes[at] as number) - zero;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  if (!isNegative) return value;
  return end - start === 1 ? undefined : -value;
}

/** Where the text in quotes ends: a doubled quote is one quote of the text. */
function closingQuote(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    if (bytes[at] === quote) {
      if (bytes[at + 1] !== quote || at + 1 >= end) return at;
      at++;
    }
    at++;
  }
  return end;
}

function unquote(bytes: Uint8Array, start: number, end: number, intern: Intern): string | undefined {
  if (start >= end) return undefined;
  const text = bytes.slice(start, end);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === quote) at++;
    text[length++] = at < text.length ? (text[at] as number) : quote;
  }
  return intern(text, 0, length, length);
}

const headerWord = Uint8Array.from("pxname,", (letter) => letter.charCodeAt(0));

function isHeader(bytes: Uint8Array, start: number): boolean {
  const first = bytes[start] === 0x23 ? (bytes[start + 1] === 0x20 ? start + 2 : start + 1) : start;
  for (let i = 0; i < headerWord.length; i++) if (bytes[first + i] !== headerWord[i]) return false;
  return true;
}

function lineEnd(bytes: Uint8Array, start: number, end: number): number {
  const found = bytes.indexOf(lineFeed, start);
  return found === -1 || found > end ? end : found;
}

function withoutReturn(bytes: Uint8Array, start: number, end: number): number {
  return end > start && bytes[end - 1] === carriageReturn ? end - 1 : end;
}

/** Counts the cells of a line, for the one question whether the last line is whole. */
function countCells(bytes: Uint8Array, start: number, end: number): number {
  let count = 1;
  for (let at = start; at < end; at++) {
    if (bytes[at] === quote) at = closingQuote(bytes, at + 1, end);
    else if (bytes[at] === comma) count++;
  }
  return count;
}
