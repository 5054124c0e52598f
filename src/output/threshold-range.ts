/**
 * A range of the monitoring plugins' guidelines: outside it (inside, for `@`) is an alert. Bounds belong to it.
 * Source: https://www.monitoring-plugins.org/doc/guidelines.html, "Threshold and Ranges".
 */
export type ThresholdRange = {
  /** As it was typed, for perfdata. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly inverted: boolean;
};

const SYNTAX = /^(@)?(?:(~|-?\d+(?:\.\d+)?)?:)?(-?\d+(?:\.\d+)?)?$/;

/** Reads `10`, `10:`, `~:10`, `10:20`, `@10:20`; anything else, and a start above its end, is `undefined`. */
export function parseRange(text: string): ThresholdRange | undefined {
  const match = SYNTAX.exec(text);
  if (match === null) return undefined;
  const [, at, from, to] = match;
  if (from === undefined && to === undefined) return undefined;
  const start = from === "~" ? Number.NEGATIVE_INFINITY : Number(from ?? 0);
  const end = to === undefined ? Number.POSITIVE_INFINITY : Number(to);
  if (start > end) return undefined;
  return { text, start, end, inverted: at !== undefined };
}

/** Does this value raise the alert? */
export function isAlert(range: ThresholdRange, value: number): boolean {
  const inside = value >= range.start && value <= range.end;
  return inside === range.inverted;
}
