import { type AdminWord, countOutcomes } from "../domain/admin-verdict.ts";
import { compareNames, foldNames } from "../domain/fold.ts";
import type { OutcomeWord, StepResult } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import { type WaitReport, waitLines } from "./admin-wait.ts";
import { ACTION_TITLES, counted, listed, OUTCOME_ORDER, outcomeTone } from "./admin-words.ts";
import { paint, strong } from "./colour.ts";
import type { Style } from "./style.ts";
import { type Column, tableLines, wrapLines } from "./table.ts";
import type { Tone } from "./tone.ts";

/**
 * A finished action. `results` have one entry per step, those the plan refused among them; `kills` are the orders of a
 * second stage that closed what was left.
 */
export type AdminOutcome = {
  readonly plan: Plan;
  readonly results: readonly StepResult[];
  readonly word: AdminWord;
  readonly kills?: readonly StepResult[] | undefined;
  readonly wait?: WaitReport | undefined;
};

/** These the plan has said before, or all say the same: they are folded however few they are. */
function isFailure(outcome: OutcomeWord): boolean {
  return outcome !== "guarded" && outcome !== "accepted";
}

/** More failures than this are folded by their words: forty equal lines hide the one that differs. */
const mostSingleLines = 12;

/**
 * The outcome for eyes: one line for the whole, the nodes folded by outcome, then each failure with what to do.
 * `next` are sentences with the next thing to type.
 */
export function formatOutcome(outcome: AdminOutcome, next: readonly string[], style: Style): string {
  const parts = [
    headline(outcome, style),
    countLines(outcome.results, style),
    failureLines(outcome.results, style),
    ...killParts(outcome.kills ?? [], style),
    outcome.wait === undefined ? [] : waitLines(outcome.wait, style),
    next.flatMap((text) => {
      const { arrow } = style.glyphs;
      return wrapLines(text, style.columns, `${arrow} `, " ".repeat(arrow.length + 1));
    }),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

const WORD_TONES: Readonly<Record<AdminWord, Tone>> = {
  verified: "good",
  unchanged: "good",
  accepted: "warn",
  partial: "bad",
  failed: "bad",
  guarded: "warn",
  "timed-out": "warn",
  interrupted: "warn",
};

function headline({ plan, results, word, kills = [] }: AdminOutcome, style: Style): readonly string[] {
  const title = `${ACTION_TITLES[plan.action]} ${listed(plan.masters)}`;
  const text = `${title}: ${wholeWords(word, results, kills.length > 0)}`;
  const [first = "", ...rest] = wrapLines(text, style.columns, "", "  ");
  return [strong(paint(first, WORD_TONES[word], style.colour), style.colour), ...rest];
}

function wholeWords(word: AdminWord, results: readonly StepResult[], hasKilled: boolean): string {
  const counts = countOutcomes(results);
  const total = results.length;
  const proved = (counts.verified ?? 0) + (counts.unchanged ?? 0);
  const share = `${proved} of ${total} proved`;
  switch (word) {
    case "verified":
      return total === 1 ? "done and proved" : `done and proved on all ${total} ${places(results)}`;
    case "unchanged":
      return hasKilled ? "it was so already, its sessions were closed" : "it was so already, nothing was sent";
    case "accepted":
      return `taken everywhere, but not to be seen everywhere (${share})`;
    case "partial":
      return `done in part (${share})`;
    case "failed":
      return "failed everywhere";
    case "guarded":
      return "refused by the guard, nothing was sent";
    case "timed-out":
      return `done (${share}), but what was waited for did not come in time`;
    case "interrupted":
      return `interrupted (${share})`;
  }
}

function places(results: readonly StepResult[]): string {
  return new Set(results.map(({ step }) => step.node)).size === results.length ? "nodes" : "server lines";
}

function killParts(kills: readonly StepResult[], style: Style): readonly (readonly string[])[] {
  if (kills.length === 0) return [];
  const sessions = kills.reduce((sum, { step }) => sum + (step.before?.sessions ?? 0), 0);
  const title = strong(`Closed what was left after the grace: ${counted(sessions, "session")}`, style.colour);
  return [[title, ...countLines(kills, style)], failureLines(kills, style)];
}

function countLines(results: readonly StepResult[], style: Style): readonly string[] {
  const columns: readonly Column[] = [
    { head: "OUTCOME" },
    { head: "COUNT", align: "right" },
    { head: "NODES", shrinkTo: 12 },
    { head: "BY" },
  ];
  const rows = OUTCOME_ORDER.flatMap((word) => {
    const those = results.filter(({ outcome }) => outcome === word);
    if (those.length === 0) return [];
    const routes = [...new Set(those.flatMap(({ route }) => route ?? []))].sort();
    const nodes = foldNames(those.map(({ step }) => step.node));
    return [[{ text: word, tone: outcomeTone(word) }, String(those.length), nodes, routes.join(", ")]];
  });
  return tableLines(columns, rows, style);
}

function failureLines(results: readonly StepResult[], style: Style): readonly string[] {
  const failed = results
    .filter(({ outcome }) => outcome !== "verified" && outcome !== "unchanged")
    .sort((a, b) => compareNames(a.step.node, b.step.node));
  const isLong = failed.length > mostSingleLines;
  const alike = Map.groupBy(failed, ({ step, outcome, detail, next }, index) =>
    JSON.stringify([step.backend, step.server, outcome, detail, next, isLong || !isFailure(outcome) ? 0 : index]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { step, outcome, detail, next } = first;
    const nodes = foldNames(group.map((result) => result.step.node));
    const many = group.length > 1 ? ` (${counted(group.length, "node")})` : "";
    const said = detail === "" ? (next ?? "") : join(detail, next);
    const text = `${nodes}${many}  ${step.backend}/${step.server}  ${outcome}${said === "" ? "" : `: ${said}`}`;
    const glyph = outcomeTone(outcome) === "bad" ? style.glyphs.severity.CRITICAL : style.glyphs.severity.WARNING;
    const [line = "", ...rest] = wrapLines(text, style.columns, "  ", "    ");
    return [`${paint(glyph, outcomeTone(outcome), style.colour)} ${line.slice(2)}`, ...rest];
  });
}

/** What to do about it is a clause, or a sentence of its own where a route knows more. */
function join(detail: string, next: string | undefined): string {
  if (next === undefined) return detail;
  return /^\p{Lu}/u.test(next) ? `${detail}. ${next}` : `${detail}; ${next}`;
}
