import type { AdminAction } from "../domain/action.ts";
import type { OutcomeWord } from "../domain/outcome.ts";
import type { Tone } from "./tone.ts";

/** The command that does an action, as it is typed. */
export const ACTION_COMMANDS: Readonly<Record<AdminAction, string>> = {
  drain: "drain",
  maint: "maint",
  ready: "enable",
  shutdown: "kill-sessions",
};

/** What is about to happen, in front of the masters' names: capitals, since it is the one word to be read twice. */
export const ACTION_TITLES: Readonly<Record<AdminAction, string>> = {
  drain: "DRAIN",
  maint: "MAINTENANCE for",
  ready: "ENABLE",
  shutdown: "KILL ALL SESSIONS of",
};

/** The state column of a server after the action, where all goes as planned. */
export const ACTION_THEN: Readonly<Record<AdminAction, string>> = {
  drain: "DRAIN",
  maint: "MAINT",
  ready: "in service",
  shutdown: "no sessions",
};

/** The outcomes in the order in which they are told: what is proved first, what nobody knows last. */
export const OUTCOME_ORDER: readonly OutcomeWord[] = [
  "verified",
  "unchanged",
  "accepted",
  "contradicted",
  "denied",
  "refused",
  "guarded",
  "unreached",
  "unknown",
];

const OUTCOME_TONES: Readonly<Record<OutcomeWord, Tone>> = {
  verified: "good",
  unchanged: "good",
  accepted: "warn",
  contradicted: "bad",
  denied: "bad",
  refused: "bad",
  guarded: "warn",
  unreached: "warn",
  unknown: "bad",
};

export function outcomeTone(outcome: OutcomeWord): Tone {
  return OUTCOME_TONES[outcome];
}

/** "1 session", "412 sessions". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** "master-1", "master-1 and master-2", "a, b and c". */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
