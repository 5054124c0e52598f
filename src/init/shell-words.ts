/** The words of a line, or what is wrong with it. */
export type ShellWords =
  | { readonly ok: true; readonly words: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/**
 * Cuts a line into words as Python's `shlex.split(line, comments=True)` does, by which Ansible reads the hosts of an
 * INI inventory.
 * Shape: quotes join, a backslash takes the next sign as it is (within "…" only a quote or a backslash), and an
 * unquoted # ends the line, in the middle of a word too.
 */
export function shellWords(line: string): ShellWords {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let i = 0; i < line.length; i++) {
    const sign = line[i] ?? "";
    if (sign === "\\" && quote !== "'") {
      const next = line[i + 1];
      if (next === undefined) return { ok: false, problem: "a backslash stands at the end" };
      word = (word ?? "") + (quote === undefined || next === quote || next === "\\" ? next : sign + next);
      i += 1;
    } else if (quote !== undefined) {
      if (sign === quote) quote = undefined;
      else word = (word ?? "") + sign;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      word ??= "";
    } else if (sign === "#") {
      break;
    } else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + sign;
    }
  }
  if (quote !== undefined) return { ok: false, problem: "a quote is not closed" };
  return { ok: true, words: word === undefined ? words : [...words, word] };
}
