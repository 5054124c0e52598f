/**
 * The words of a line of bash up to the cursor, as they will be given to the program. From the line, as the words that
 * bash has of it are broken at `=`, `:` and `@`, and no longer show where there was a blank.
 * Shape: `hidden` is how much of the last word stands in front of what bash replaces.
 * Source: bash(1), COMP_LINE and COMP_WORDBREAKS; "QUOTING".
 */
export function splitBashLine(line: string): { readonly words: readonly string[]; readonly hidden: number } {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  let hidden = 0;
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i);
    if (quote === "" && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      hidden = 0;
      continue;
    }
    word ??= "";
    if (character === quote) quote = "";
    else if (quote === "" && /['"]/.test(character)) quote = character;
    else if (character === "\\" && quote !== "'") word += line.charAt(++i);
    else {
      word += character;
      if (quote === "" && /[><=;|&(:]/.test(character)) hidden = word.length;
      // Readline takes this one to be the beginning of what it completes.
      if (quote === "" && character === "@") hidden = word.length - 1;
    }
  }
  return { words: [...words, word ?? ""], hidden };
}
