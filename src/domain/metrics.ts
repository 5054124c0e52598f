import { type Family, families } from "./metric-families.ts";
import { createMetricRows, type MetricRows } from "./metric-rows.ts";
import { type NotStats, whatElse } from "./not-stats.ts";
import type { ProcessInfo, StatsRow } from "./stats.ts";
import { cleanText } from "./text.ts";

/** A `/metrics` answer read: rows as a stats page would give them, and the process behind them. */
export type MetricsParse =
  | { readonly ok: true; readonly rows: readonly StatsRow[]; readonly process: ProcessInfo }
  | { readonly ok: false; readonly reason: NotStats };

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const typeLine = "\n# TYPE ";

/**
 * Reads HAProxy's Prometheus metrics from `bytes[start..end)`, whichever scopes they hold: rows are empty and the parts
 * of `process` undefined where the answer has none. A metric that is not wanted costs one search for the next.
 * Shape: NaN is `undefined`. Streaks, last_chk, rise and fall, addresses and tracking are not in metrics and stay
 * `undefined`; "no check" is inferred (UP, and no check result of any kind). A server that tracks another cannot be
 * told from one without check. Only `# TYPE` lines are looked at: 3.0.0 repeats `# HELP` inside its help texts.
 * Source: haproxy-facts §7; seen from 2.4 to 3.5-dev5.
 */
export function parseMetrics(bytes: Uint8Array, start = 0, end: number = bytes.length): MetricsParse {
  const text = `\n${decoder.decode(bytes.subarray(start, end))}`;
  let at = text.indexOf(typeLine);
  if (at === -1) {
    const reason = whatElse(bytes, start, end);
    return { ok: false, reason: reason === "metrics" ? "cut-off" : reason };
  }
  if (!text.endsWith("\n")) return { ok: false, reason: "cut-off" };
  const rows = createMetricRows();
  const process: Partial<Mutable<ProcessInfo>> = {};
  let isHaproxy = false;
  while (at !== -1) {
    const nameAt = at + typeLine.length;
    const name = text.slice(nameAt, text.indexOf(" ", nameAt));
    const family = families.get(name);
    isHaproxy ||= name.startsWith("haproxy_");
    if (family !== undefined) readSamples(text, text.indexOf("\n", nameAt) + 1, family, name, rows, process);
    at = text.indexOf(typeLine, nameAt);
  }
  if (!isHaproxy) return { ok: false, reason: "other" };
  return {
    ok: true,
    rows: rows.finish(),
    process: { version: process.version, nodeName: process.nodeName, startedAtSeconds: process.startedAtSeconds },
  };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const hash = 0x23;

function readSamples(
  text: string,
  start: number,
  family: Family,
  name: string,
  rows: MetricRows,
  process: Partial<Mutable<ProcessInfo>>,
): void {
  for (let at = start; at < text.length && text.charCodeAt(at) !== hash; ) {
    const end = text.indexOf("\n", at);
    if (text.startsWith(name, at)) {
      const space = text.lastIndexOf(" ", end);
      const labels = text.slice(at + name.length, space);
      const value = text.slice(space + 1, end);
      if (family.kind === "version") process.version = label(labels, "version");
      else if (family.kind === "node") process.nodeName = label(labels, "node");
      else if (family.kind === "start") process.startedAtSeconds = number(value);
      else rows.add(family, labels, number(value));
    }
    at = end + 1;
  }
}

/** HAProxy writes NaN for what it does not know, and nothing that is infinite. */
function number(value: string): number | undefined {
  const parsed = value === "" ? Number.NaN : Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

function label(labels: string, name: string): string | undefined {
  const prefix = `{${name}="`;
  if (!labels.startsWith(prefix)) return undefined;
  const value = cleanText(labels.slice(prefix.length, labels.lastIndexOf('"')).replace(/\\(.)/g, "$1"));
  return value === "" ? undefined : value;
}
