import { didYouMean } from "../domain/nearest.ts";
import { UserError } from "../domain/user-error.ts";
import type { ThemeChoice } from "../output/theme.ts";
import { readThresholds, type Thresholds } from "../output/thresholds.ts";
import { readDuration, readParallel } from "./flag-values.ts";

/** The flags of `status` as commander gives them, those of the program among them. */
export type StatusFlags = {
  readonly output: string;
  readonly watch?: string | true;
  readonly node?: readonly string[];
  readonly backend?: string;
  readonly warning?: readonly string[];
  readonly critical?: readonly string[];
  readonly timeout?: string;
  readonly parallel: string;
  readonly headers: boolean;
  readonly config?: string;
  readonly color: boolean;
  readonly theme?: ThemeChoice | undefined;
  readonly debug?: boolean;
};

const STATUS_FORMATS = ["table", "wide", "json", "yaml", "jsonl", "name", "nagios", "prometheus"] as const;

export type StatusFormat = (typeof STATUS_FORMATS)[number];

/**
 * What `status` is asked for; everything left out is the default of the flag.
 * Units: `…Ms` milliseconds. `watch` without an interval takes the fleet file's.
 */
export type StatusOptions = {
  readonly masters?: readonly string[];
  readonly output?: StatusFormat;
  readonly watch?: { readonly intervalMs: number | undefined } | undefined;
  readonly nodes?: readonly string[];
  readonly backend?: string | undefined;
  readonly thresholds?: Thresholds;
  readonly timeoutMs?: number | undefined;
  readonly parallel?: number;
  readonly headers?: boolean;
  readonly color?: boolean;
  readonly theme?: ThemeChoice | undefined;
  readonly debug?: boolean;
};

/** Flags to options. Throws UserError that names the flag, what stands there and what is expected. */
export function readStatusFlags(masters: readonly string[], flags: StatusFlags): StatusOptions {
  const output = readFormat(flags.output);
  const { warning = [], critical = [] } = flags;
  if (output !== "nagios" && warning.length + critical.length > 0) {
    throw new UserError("-w and -c are thresholds of a monitoring plugin.", "Add -o nagios, or leave them out.");
  }
  return {
    masters,
    output,
    watch: readWatch(flags.watch),
    nodes: flags.node ?? [],
    backend: flags.backend,
    thresholds: readThresholds(warning, critical),
    timeoutMs: flags.timeout === undefined ? undefined : readDuration("--timeout", flags.timeout, 1),
    parallel: readParallel(flags.parallel),
    headers: flags.headers,
    color: flags.color,
    theme: flags.theme,
    debug: flags.debug ?? false,
  };
}

function readFormat(text: string): StatusFormat {
  const format = STATUS_FORMATS.find((each) => each === text);
  if (format !== undefined) return format;
  throw new UserError(
    `--output: there is no format "${text}"${didYouMean(text, STATUS_FORMATS)}`,
    `Formats: ${STATUS_FORMATS.join(", ")}.`,
  );
}

function readWatch(value: string | true | undefined): StatusOptions["watch"] {
  if (value === undefined) return undefined;
  if (value === true) return { intervalMs: undefined };
  if (!/^[\d.]/.test(value)) {
    throw new UserError(
      `--watch: "${value}" is no interval such as 5s.`,
      `If it is a master, write it before the flag: k3s-lb status ${value} --watch`,
    );
  }
  return { intervalMs: readDuration("--watch", value, 100) };
}
