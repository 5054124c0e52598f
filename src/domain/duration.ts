/** A duration read from text, or what would have been expected there. */
export type DurationResult =
  | { readonly ok: true; readonly ms: number }
  | { readonly ok: false; readonly expected: string };

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const WHOLE = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;

/**
 * Reads "2s", "1500ms", "1m", "1m30s", "1.5s".
 * Shape: a bare number is refused with its two likely spellings, since a guess of the unit is wrong by a thousand.
 * Units: the result is whole milliseconds.
 */
export function parseDuration(text: string): DurationResult {
  const trimmed = text.trim();
  if (WHOLE.test(trimmed)) {
    let ms = 0;
    for (const [, amount, unit] of trimmed.matchAll(PART)) ms += Number(amount) * (UNIT_MS[unit ?? ""] ?? 0);
    return { ok: true, ms: Math.round(ms) };
  }
  if (/^\d+(\.\d+)?$/.test(trimmed)) {
    return { ok: false, expected: `a duration with its unit: ${trimmed}s or ${trimmed}ms` };
  }
  return { ok: false, expected: "a duration such as 2s, 1500ms or 1m30s" };
}

/** Writes a duration so that `parseDuration` reads the same back: "1m30s", "1500ms", "2s". */
export function writeDuration(ms: number): string {
  if (ms < 1000 || (ms % 1000 !== 0 && ms < 60_000)) return `${ms}ms`;
  let rest = ms;
  let text = "";
  for (const unit of ["d", "h", "m", "s", "ms"]) {
    const size = UNIT_MS[unit] ?? 1;
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}
