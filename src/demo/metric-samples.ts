import type { EmbeddedHaproxy } from "./embedded-haproxy.ts";
import type { ProxyMetric } from "./proxy-metrics.ts";
import { countWords, type StatsPageRow } from "./stats-rows.ts";
import { type ServerWord, statusWord } from "./status-text.ts";

const serverWords: readonly ServerWord[] = ["DOWN", "UP", "MAINT", "DRAIN", "NOLB"];
const checkWords =
  "HANA SOCKERR L4OK L4TOUT L4CON L6OK L6TOUT L6RSP L7TOUT L7RSP L7OK L7OKC L7STS PROCERR PROCTOUT PROCOK".split(" ");
const responseCodes = ["1xx", "2xx", "3xx", "4xx", "5xx", "other"];

/**
 * The lines of one family for one row: one, or one per state or code, or none (a check in maint).
 * A missing number is NaN. Source: HAProxy addons/promex; recorded pages.
 */
export function metricSamples(
  name: string,
  metric: ProxyMetric,
  row: StatsPageRow,
  haproxy: EmbeddedHaproxy,
  atRest: string | undefined,
): string {
  const labels = row.server === undefined ? `proxy="${row.proxy}"` : `proxy="${row.proxy}",server="${row.name}"`;
  const perWord = (label: string, words: readonly string[], value: (word: string, index: number) => number | string) =>
    words.map((word, index) => `${name}{${labels},${label}="${word}"} ${value(word, index)}\n`).join("");
  switch (metric.column) {
    case "status": {
      if (row.server !== undefined) {
        const current = statusWord(row.server);
        return perWord("state", serverWords, (word) => (word === current ? 1 : 0));
      }
      const isDown = row.values["status"] === "DOWN";
      return perWord("state", ["DOWN", "UP"], (word) => ((word === "DOWN") === isDown ? 1 : 0));
    }
    case "agg_server_status": {
      const counts: Readonly<Record<string, number>> = countWords(haproxy);
      return perWord("state", serverWords, (word) => counts[word] ?? 0);
    }
    case "agg_check_status":
      return perWord(
        "state",
        checkWords,
        (word) => haproxy.servers.filter((server) => checkWord(server) === word).length,
      );
    case "check_status":
      if (row.server?.showsChecks !== true) return "";
      return perWord("state", checkWords, (word) => (row.server?.last?.status === word ? 1 : 0));
    case "check_code":
      return row.server?.showsChecks === true ? `${name}{${labels}} ${row.values["check_code"] || 0}\n` : "";
    case "check_duration":
      return `${name}{${labels}} ${seconds(row.server?.last?.durationMs)}\n`;
    case "hrsp":
      return perWord("code", responseCodes, (word) => row.values[`hrsp_${word}`] ?? 0);
    default: {
      const value = row.values[metric.column] ?? atRest ?? "";
      return `${name}{${labels}} ${value === "" ? "NaN" : metric.isMs ? seconds(Number(value)) : value}\n`;
    }
  }
}

function checkWord(server: EmbeddedHaproxy["servers"][number]): string | undefined {
  return server.showsChecks ? server.last?.status : undefined;
}

function seconds(ms: number | undefined): string {
  return ((ms ?? 0) / 1000).toFixed(6);
}
