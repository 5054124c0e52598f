import { foldNames } from "../domain/fold.ts";
import { type Operation, untoldOrders } from "../domain/history.ts";
import type { OutcomeWord } from "../domain/outcome.ts";
import { OUTCOME_ORDER } from "./admin-words.ts";
import type { Tone } from "./tone.ts";

/** Outcomes of which the nodes need not be named: there it is as it was asked. */
const calm: ReadonlySet<OutcomeWord> = new Set<OutcomeWord>(["verified", "unchanged"]);

/** "verified 36, denied 2 (node[03-04])"; what was never told comes last. */
export function outcomeWords(operation: Operation): string {
  const told = OUTCOME_ORDER.flatMap((word) => {
    const nodes = operation.steps.filter(({ outcome }) => outcome === word).map(({ node }) => node);
    return nodes.length === 0 ? [] : [countWords(word, nodes, calm.has(word))];
  });
  const nodes = untoldOrders(operation).map(({ node }) => node);
  const untold = nodes.length === 0 ? [] : [countWords(operation.ended ? "not sent" : "not told", nodes, false)];
  return [...told, ...untold].join(", ") || "nothing was to be done";
}

function countWords(word: string, nodes: readonly string[], isCalm: boolean): string {
  return `${word} ${nodes.length}${isCalm ? "" : ` (${foldNames(nodes)})`}`;
}

/** Good where every order came to what was asked. */
export function wholeTone(operation: Operation): Tone {
  if (untoldOrders(operation).length > 0) return "warn";
  return operation.steps.every(({ outcome }) => calm.has(outcome)) ? "good" : "warn";
}

/** "ops@jump from 10.8.0.1". */
export function whoWords({ begun }: Operation): string {
  const { user, host, sshClient } = begun.who;
  return `${user}@${host}${sshClient === undefined ? "" : ` from ${sshClient}`}`;
}

/** "2026-11-22 05:00", with `exact` also the seconds. */
export function formatLedgerTime(iso: string, exact = false): string {
  return new Date(iso)
    .toISOString()
    .slice(0, exact ? 19 : 16)
    .replace("T", " ");
}
