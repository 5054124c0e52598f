import { formatDuration } from "../domain/ages.ts";
import type { Measure, Series } from "../domain/samples.ts";
import { formatPerSecond } from "../output/per-second.ts";
import { sparkline } from "../output/sparkline.ts";
import type { DetailText } from "./detail-text.ts";
import type { Look } from "./spans.ts";

const rows: readonly { readonly measure: Measure; readonly title: string; readonly show: (value: number) => string }[] =
  [
    { measure: "sessions", title: "sessions", show: (value) => String(value) },
    { measure: "rate", title: "new/s", show: formatPerSecond },
    { measure: "errors", title: "failed/s", show: formatPerSecond },
    { measure: "check", title: "check", show: formatDuration },
  ];

/**
 * The last samples of one master or node, a line each with what it is now and the most it was: only those of which
 * something is known, and failed connects only where there were some.
 */
export function trendLines(seriesOf: (measure: Measure) => Series, columns: number, look: Look): readonly DetailText[] {
  return rows.flatMap(({ measure, show, title }): DetailText[] => {
    const series = seriesOf(measure);
    const known = series.filter((value) => value !== undefined);
    const most = Math.max(...known);
    if (known.length < 2 || (measure === "errors" && most === 0)) return [];
    const last = series.at(-1);
    const value = `${last === undefined ? "-" : show(last)}, most ${show(most)}`;
    const line = sparkline(series, Math.min(series.length, columns - 32), look.glyphs.utf8);
    return [{ text: `${title.padEnd(9)}${line} ${value}`, tone: "plain", maxLines: 1, isLine: true }];
  });
}
