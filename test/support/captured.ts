import { readdirSync, readFileSync } from "node:fs";
import { parseMetrics } from "../../src/domain/metrics.ts";
import type { StatsRow } from "../../src/domain/stats.ts";
import { createStatsParser } from "../../src/domain/stats-csv.ts";

const folder = new URL("../fixtures/stats/", import.meta.url);

/** A recorded answer of a real HAProxy: "haproxy-2.6.12-drain.csv". */
export function captured(file: string): Buffer {
  return readFileSync(new URL(file, folder));
}

/** The names of all recorded answers that a pattern fits. */
export function capturedFiles(pattern: RegExp): readonly string[] {
  return readdirSync(folder).filter((file) => pattern.test(file));
}

/** The rows of a recorded CSV page. */
export function rowsOfPage(file: string): readonly StatsRow[] {
  const page = createStatsParser()(captured(file));
  if (!page.ok) throw new Error(`${file}: ${page.reason}`);
  return page.rows;
}

/** The rows of a recorded `/metrics` answer. */
export function rowsOfMetrics(file: string): readonly StatsRow[] {
  const metrics = parseMetrics(captured(file));
  if (!metrics.ok) throw new Error(`${file}: ${metrics.reason}`);
  return metrics.rows;
}

/** The row of one server, by its name. */
export function rowNamed(rows: readonly StatsRow[], name: string, proxy?: string): StatsRow {
  const row = rows.find((one) => one.name === name && (proxy === undefined || one.proxy === proxy));
  if (row === undefined) throw new Error(`no row ${name}`);
  return row;
}

/** All texts inside a value, to look for what a terminal would obey; JSON would escape it. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What may be in no text that came from a network. */
export const obeyed: RegExp = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
