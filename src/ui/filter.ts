/**
 * A filter as the viewer typed it, made ready to ask.
 * Shape: `matches` judges the words of a row; `note` says when the text was no regular expression and is taken as it
 * stands.
 */
export type Filter = { readonly matches: (words: string) => boolean; readonly note: string | undefined };

const everything: Filter = { matches: () => true, note: undefined };

/** Plain text or a regular expression, never minding upper and lower case; `!` in front inverts. */
export function createFilter(text: string): Filter {
  const inverted = text.startsWith("!");
  const wanted = inverted ? text.slice(1) : text;
  if (wanted === "") return everything;
  const { test, note } = createTest(wanted);
  return { matches: inverted ? (words) => !test(words) : test, note };
}

function createTest(wanted: string): { readonly test: (words: string) => boolean; readonly note: string | undefined } {
  const plain = wanted.toLowerCase();
  const asText = (words: string) => words.toLowerCase().includes(plain);
  if (!/[\\^$.*+?()[\]{}|]/.test(wanted)) return { test: asText, note: undefined };
  try {
    const pattern = new RegExp(wanted, "iu");
    return { test: (words) => pattern.test(words), note: undefined };
  } catch {
    return { test: asText, note: "not a regular expression, taken as text" };
  }
}
