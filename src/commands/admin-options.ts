import type { Batch } from "../app/admin-kill.ts";
import type { AdminAction } from "../domain/action.ts";
import type { AdminVia } from "../domain/inventory.ts";
import { didYouMean } from "../domain/nearest.ts";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import type { ThemeChoice } from "../output/theme.ts";
import { type AdminVerb, refuseUseless } from "./admin-useless.ts";
import { DEFAULT_PARALLEL, readDuration, readParallel } from "./flag-values.ts";

/** The flags of the actions as commander gives them, those of the program among them. */
export type AdminFlags = {
  readonly node?: readonly string[];
  readonly backend?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly confirm?: readonly string[];
  readonly reason?: string;
  readonly for?: string;
  readonly wait?: boolean;
  readonly timeout?: string;
  readonly stable?: string;
  readonly grace?: string;
  readonly kill?: boolean;
  readonly batch?: string;
  readonly pause?: string;
  readonly minHealthy?: string;
  readonly strict?: boolean;
  readonly forceLast?: readonly string[];
  readonly includeBlind?: boolean;
  readonly via?: string;
  readonly parallel?: string;
  readonly ledger: boolean;
  readonly retryFailed?: boolean;
  readonly output: string;
  readonly config?: string;
  readonly color: boolean;
  readonly theme?: ThemeChoice | undefined;
  readonly debug?: boolean;
};

/** The second stage: what still has sessions after `graceMs` loses them, `batch` after `batch`, `pauseMs` apart. */
export type KillOptions = { readonly graceMs: number; readonly batch: Batch; readonly pauseMs: number };

export type AdminFormat = "table" | "json" | "jsonl";

/**
 * What an action is asked for. Names are as typed; the fleet decides what they mean.
 * Units: `…Ms` milliseconds. `wait` is there when something is waited for, `kill` when sessions are to be closed.
 */
export type AdminOptions = {
  readonly verb: AdminVerb;
  readonly action: AdminAction;
  readonly masters: readonly string[];
  readonly nodes: readonly string[];
  readonly backend: string | undefined;
  readonly isDryRun: boolean;
  readonly yes: boolean;
  readonly confirm: readonly string[];
  readonly reason: string | undefined;
  readonly forMs: number | undefined;
  readonly wait: { readonly timeoutMs: number; readonly stableMs: number } | undefined;
  readonly kill: KillOptions | undefined;
  readonly minHealthy: number;
  readonly strict: boolean;
  readonly forceLast: readonly string[];
  readonly includeBlind: boolean;
  readonly via: AdminVia | undefined;
  readonly parallel: number;
  readonly hasLedger: boolean;
  readonly isRetry: boolean;
  readonly output: AdminFormat;
  readonly config: string | undefined;
  readonly color: boolean;
  readonly theme?: ThemeChoice | undefined;
  readonly debug: boolean;
};

const ACTIONS: Readonly<Record<AdminVerb, AdminAction>> = {
  drain: "drain",
  maint: "maint",
  enable: "ready",
  "kill-sessions": "shutdown",
};

const FORMATS = ["table", "json", "jsonl"] as const;
const ROUTES = ["auto", "http", "ssh", "socket"] as const;

/** Flags to options. Throws a UserError that names the flag, what stands there and what is expected. */
export function readAdminFlags(verb: AdminVerb, masters: readonly string[], flags: AdminFlags): AdminOptions {
  refuseUseless(verb, flags);
  const waits = flags.wait === true || flags.kill === true;
  return {
    verb,
    action: ACTIONS[verb],
    masters,
    nodes: flags.node ?? [],
    backend: flags.backend,
    isDryRun: flags.dryRun ?? false,
    yes: flags.yes ?? false,
    confirm: flags.confirm ?? [],
    reason: readReason(flags.reason),
    forMs: flags.for === undefined ? undefined : readDuration("--for", flags.for, 1000),
    wait: waits
      ? {
          timeoutMs: readDuration("--timeout", flags.timeout ?? "5m", 1),
          stableMs: readDuration("--stable", flags.stable ?? "10s", 0),
        }
      : undefined,
    kill: flags.kill === true || verb === "kill-sessions" ? readKill(flags) : undefined,
    minHealthy: readWhole("--min-healthy", flags.minHealthy ?? "1", 1, 100),
    strict: flags.strict ?? false,
    forceLast: flags.forceLast ?? [],
    includeBlind: flags.includeBlind ?? false,
    via: flags.via === undefined ? undefined : readWord("--via", "route", flags.via, ROUTES),
    parallel: readParallel(flags.parallel ?? String(DEFAULT_PARALLEL)),
    hasLedger: flags.ledger,
    isRetry: flags.retryFailed ?? false,
    output: readWord("--output", "format", flags.output, FORMATS),
    config: flags.config,
    color: flags.color,
    theme: flags.theme,
    debug: flags.debug ?? false,
  };
}

function readKill(flags: AdminFlags): KillOptions {
  return {
    graceMs: readDuration("--grace", flags.grace ?? "60s", 0),
    batch: readBatch(flags.batch ?? "25%"),
    pauseMs: readDuration("--pause", flags.pause ?? "5s", 0),
  };
}

function readBatch(text: string): Batch {
  const [, digits, percent] = /^(\d+)(%?)$/.exec(text.trim()) ?? [];
  const number = Number(digits);
  if (percent === "%" && number >= 1 && number <= 100) return { kind: "share", percent: number };
  if (percent === "" && number >= 1) return { kind: "count", nodes: number };
  throw new UserError(`--batch: "${text}" should be a share of the nodes such as 25%, or a number of them such as 5.`);
}

function readReason(text: string | undefined): string | undefined {
  const clean = text === undefined ? "" : cleanText(text).trim();
  if (text !== undefined && clean === "") throw new UserError("--reason: there is nothing in it.");
  return text === undefined ? undefined : clean;
}

function readWhole(flag: string, text: string, least: number, most: number): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= least && count <= most) return count;
  throw new UserError(`${flag}: "${text}" should be a whole number from ${least} to ${most}.`);
}

function readWord<Word extends string>(flag: string, noun: string, text: string, words: readonly Word[]): Word {
  const word = words.find((each) => each === text);
  if (word !== undefined) return word;
  throw new UserError(
    `${flag}: there is no ${noun} "${text}"${didYouMean(text, words)}`,
    `There are ${words.join(", ")}.`,
  );
}
