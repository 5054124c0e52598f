import type { OutcomeWord } from "../domain/outcome.ts";
import { OUTCOME_ORDER } from "./admin-words.ts";

type OutcomeCounts = Readonly<Partial<Record<OutcomeWord, number>>>;

/** "verified 36, denied 1". */
export function countsWords(counts: OutcomeCounts): string {
  return OUTCOME_ORDER.flatMap((word) => (counts[word] === undefined ? [] : [`${word} ${counts[word]}`])).join(", ");
}

/** "37/40 verified 36, denied 1": how far an action is, on one line. */
export function progressLine(done: number, total: number, counts: OutcomeCounts): string {
  return `${done}/${total} ${countsWords(counts)}`.trimEnd();
}
