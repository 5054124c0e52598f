const UNITS_MS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Reads a time of HAProxy's configuration: "50000", "50s", "1h".
 * Shape: `undefined` for what is none; HAProxy reads no further than the first unit ("1h30m" is an hour), and so does this.
 * Units: milliseconds, which is also what a bare number counts.
 * Source: HAProxy src/tools.c (parse_time_err), doc/configuration.txt 2.5.
 */
export function parseCfgTime(text: string): number | undefined {
  const [, digits = "", unit = ""] = /^(\d{1,15})(us|ms|s|m|h|d|$)/.exec(text) ?? [];
  const factor = UNITS_MS[unit === "" ? "ms" : unit];
  return digits === "" || factor === undefined ? undefined : Number(digits) * factor;
}
