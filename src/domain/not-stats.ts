/** What an answer is that is no stats page and no metrics. */
export type NotStats =
  | "empty"
  | "html"
  | "json"
  | "metrics"
  | "csv"
  | "other"
  | "columns-missing"
  | "no-rows"
  | "no-servers"
  | "broken-row"
  | "cut-off"
  | "compressed"
  | "not-http";

const words: Readonly<Record<NotStats, string>> = {
  empty: "an empty answer",
  html: "a web page (HTML) instead of CSV",
  json: "JSON instead of CSV",
  metrics: "Prometheus metrics instead of CSV",
  csv: "CSV instead of Prometheus metrics",
  other: "something that HAProxy does not write",
  "columns-missing": "a CSV header without HAProxy's columns",
  "no-rows": "a header line without any row",
  "no-servers": "metrics without any HAProxy backend",
  "broken-row": "a CSV row that HAProxy would not write",
  "cut-off": "an answer that was cut off",
  compressed: "a compressed answer, which was not asked for",
  "not-http": "an answer that is not HTTP",
};

/** The few words of a failure's `detail`. */
export function describeNotStats(reason: NotStats): string {
  return words[reason];
}

/** Guesses from its beginning what an answer is, to be able to say it. */
export function whatElse(bytes: Uint8Array, start: number, end: number): NotStats {
  let at = start;
  while (at < end && (bytes[at] as number) <= 0x20) at++;
  if (at >= end) return "empty";
  const beginning = String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 64)));
  if (beginning.startsWith("<")) return "html";
  if (beginning.startsWith("{") || beginning.startsWith("[")) return "json";
  if (/^# (HELP|TYPE) /.test(beginning)) return "metrics";
  if (/^#? ?pxname,/.test(beginning)) return "csv";
  return "other";
}
