/**
 * A filter as the viewer typed it, made ready to ask.
 * Shape: `matches` judges the words of a row; `note` says when the text was no regular expression and is taken as it
 * stands. With `isOpen` every row fits, whatever its words.
 */
export type Filter = {
  readonly matches: (words: string) => boolean;
  readonly note: string | undefined;
  readonly isOpen: boolean;
};

const everything: Filter = { matches: () => true, note: undefined, isOpen: true };

/**
 * Plain text or a regular expression, never minding upper and lower case; `-f mst2` asks for these letters in this order
 * with anything between, `@site=b` and `@site` for a label; `!` in front inverts.
 */
export function createFilter(text: string): Filter {
  const inverted = text.startsWith("!");
  const wanted = inverted ? text.slice(1) : text;
  if (wanted === "" || wanted === "-f" || wanted === "-f " || wanted === "@") return everything;
  const { test, note } = createTest(wanted);
  return { matches: inverted ? (words) => !test(words) : test, note, isOpen: false };
}

type Test = { readonly test: (words: string) => boolean; readonly note: string | undefined };

function createTest(wanted: string): Test {
  if (wanted.startsWith("-f ")) return { test: hasLetters(wanted.slice(3)), note: undefined };
  if (wanted.startsWith("@")) return { test: hasLabel(wanted.slice(1)), note: undefined };
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

/** In one word of the row, or every row with enough words would fit. */
function hasLetters(letters: string): Test["test"] {
  const wanted = [...letters.toLowerCase().replaceAll(" ", "")];
  return (words) =>
    words
      .toLowerCase()
      .split(" ")
      .some((word) => {
        let at = -1;
        return wanted.every((letter) => {
          at = word.indexOf(letter, at + 1);
          return at !== -1;
        });
      });
}

function hasLabel(label: string): Test["test"] {
  const wanted = label.toLowerCase();
  return (words) => {
    const all = words.toLowerCase().split(" ");
    return wanted.includes("=") ? all.includes(wanted) : all.some((word) => word.startsWith(`${wanted}=`));
  };
}
