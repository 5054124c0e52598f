import type { OutcomeWord } from "../domain/outcome.ts";
import { OUTCOME_ORDER } from "./admin-words.ts";

/** "37/40 verified 36, denied 1": how far an action is, on one line. */
export function progressLine(
  done: number,
  total: number,
  counts: Readonly<Partial<Record<OutcomeWord, number>>>,
): string {
  const parts = OUTCOME_ORDER.flatMap((word) => (counts[word] === undefined ? [] : [`${word} ${counts[word]}`]));
  return parts.length === 0 ? `${done}/${total}` : `${done}/${total} ${parts.join(", ")}`;
}
