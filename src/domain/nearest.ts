import { distance } from "fastest-levenshtein";

/**
 * The word that was probably meant, or `undefined` where none is near enough to be worth a question.
 * Shape: upper and lower case count as equal; two wrong letters in five are forgiven, a swap counts as two.
 */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.round(word.length * 0.4)) + 1;
  for (const candidate of words) {
    const steps = distance(lower, candidate.toLowerCase());
    if (steps < bestDistance) {
      best = candidate;
      bestDistance = steps;
    }
  }
  return best;
}

/** `; did you mean "…"?`, or nothing where no word is near. */
export function didYouMean(word: string, words: Iterable<string>): string {
  const near = nearest(word, words);
  return near === undefined ? "" : `; did you mean "${near}"?`;
}
