import { UserError } from "../domain/user-error.ts";
import { METRIC_LABELS, type MetricLabel } from "./fleet-metrics.ts";
import { parseRange, type ThresholdRange } from "./threshold-range.ts";

/** The ranges of `-w` and `-c` by metric. */
export type Thresholds = {
  readonly warning: ReadonlyMap<MetricLabel, ThresholdRange>;
  readonly critical: ReadonlyMap<MetricLabel, ThresholdRange>;
};

/**
 * Reads `-w` and `-c`, each `[metric=]range`, several by repeating or with commas.
 * Throws UserError that says what stands there and what is expected.
 */
export function readThresholds(warning: readonly string[], critical: readonly string[]): Thresholds {
  return { warning: readRanges("-w", warning), critical: readRanges("-c", critical) };
}

function readRanges(flag: string, texts: readonly string[]): ReadonlyMap<MetricLabel, ThresholdRange> {
  const ranges = new Map<MetricLabel, ThresholdRange>();
  for (const text of texts.flatMap((each) => each.split(","))) {
    const cut = text.indexOf("=");
    const label = cut === -1 ? "usable_masters" : text.slice(0, cut);
    const metric = METRIC_LABELS.find((each) => each === label);
    if (metric === undefined) {
      throw new UserError(`${flag}: there is no metric "${label}".`, `Metrics: ${METRIC_LABELS.join(", ")}.`);
    }
    const range = parseRange(text.slice(cut + 1));
    if (range === undefined) {
      throw new UserError(
        `${flag}: "${text.slice(cut + 1)}" is not a range.`,
        'A range is as monitoring plugins take it: "2:" (alert below 2), "5" (outside 0 to 5), "~:5" (above 5), "@1:3" (inside).',
      );
    }
    ranges.set(metric, range);
  }
  return ranges;
}
