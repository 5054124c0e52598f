const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * An age as tables show it: one number, one letter ("0s", "8s", "3m", "5h", "2d"), never more than 4 characters
 * below 1000 days, so that a column of ages stays still.
 * Units: milliseconds in; rounded down, as an age of 1.9 s has not been 2 s yet. `undefined` is "-".
 */
export function formatAge(ageMs: number | undefined): string {
  if (ageMs === undefined) return "-";
  const age = Math.max(0, ageMs);
  if (age < 2 * MINUTE) return `${Math.floor(age / SECOND)}s`;
  if (age < 2 * HOUR) return `${Math.floor(age / MINUTE)}m`;
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)}h`;
  return `${Math.floor(age / DAY)}d`;
}

/**
 * A short duration as tables show it: "3ms", "850ms", "1.5s", then as an age.
 * Units: milliseconds in. `undefined` (not measured) is "-", never 0.
 */
export function formatDuration(durationMs: number | undefined): string {
  if (durationMs === undefined) return "-";
  if (durationMs < SECOND) return `${Math.round(durationMs)}ms`;
  if (durationMs < 10 * SECOND) return `${(durationMs / SECOND).toFixed(1)}s`;
  return formatAge(durationMs);
}

/** A count, or "-" where it is not known: nothing that is unknown may look like 0. */
export function formatCount(count: number | undefined): string {
  return count === undefined ? "-" : String(count);
}
