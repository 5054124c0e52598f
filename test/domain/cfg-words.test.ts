// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of HAProxy's, none of JavaScript's
import { describe, expect, it } from "vitest";
import { splitCfgWords } from "../../src/domain/cfg-words.ts";

/** The words of a line that HAProxy reads without a complaint. */
function words(line: string): readonly string[] {
  const { words: found, problem } = splitCfgWords(line);
  expect(problem).toBeUndefined();
  return found;
}

describe("splitCfgWords", () => {
  it.each([
    ["blanks, tabs and carriage returns at the end", "\t bind  :1\t name x \r", ["bind", ":1", "name", "x"]],
    ["nothing", "  \t ", []],
    ["escaped blanks and marks", String.raw`a\ b \# \\ \' \" \1 \$x`, ["a b", "#", "\\", "'", '"', "\\1", "\\$x"]],
    ["letters for what cannot be seen", String.raw`a\tb\nc\rd \x41\x2e`, ["a\tb\nc\rd", "A."]],
    [
      "strong quotes, in which nothing is special",
      String.raw`'a "b" \n $HOME # c'd`,
      [String.raw`a "b" \n $HOME # cd`],
    ],
    ["weak quotes", String.raw`"a 'b' \"c\" # \x41 \$d"`, [`a 'b' "c" # A $d`]],
    ["quotes inside a word", `a"b c"d'e f'`, ["ab cde f"]],
    ["a reference outside of quotes as text", "${HOME} $HOME", ["${HOME}", "$HOME"]],
    ["a backslash at the end", "a\\", ["a\\"]],
    ["what is no escape", String.raw`\q "\q"`, ["\\q", "\\q"]],
    ["bytes that are none of ASCII", "description Grüße", ["description", "Grüße"]],
  ])("reads %s", (_, line, expected) => {
    expect(words(line)).toEqual(expected);
  });

  it("begins a comment at any hash outside of quotes, also inside a word", () => {
    expect(splitCfgWords("server m1 10.0.0.1:6443#old # x")).toMatchObject({
      words: ["server", "m1", "10.0.0.1:6443"],
      comment: "old # x",
    });
    expect(splitCfgWords("# k3s-lb: allow LB030 x\r")).toMatchObject({ words: [], comment: " k3s-lb: allow LB030 x" });
  });

  it("keeps references to the environment as they are written, and says where they stand", () => {
    const { words: found, variables } = splitCfgWords('user "$U" pass "x${P-de fault}y" "${LIST[*]}" "${.LINE}"');
    expect(found).toEqual(["user", "$U", "pass", "x${P-de fault}y", "${LIST[*]}", "${.LINE}"]);
    expect(variables).toEqual([
      { word: 1, name: "U", fallback: undefined },
      { word: 3, name: "P", fallback: "de fault" },
      { word: 4, name: "LIST", fallback: undefined },
      { word: 5, name: ".LINE", fallback: undefined },
    ]);
  });

  it.each([
    ['a "b', 3, "a quote is not closed"],
    ["a 'b\r", 3, "a quote is not closed"],
    ["a \\xg0", 3, "\\x wants two hexadecimal digits"],
    ['a "$1"', 4, "$ inside double quotes wants a variable's name behind it"],
    ['a "${.FOO}"', 4, "$ inside double quotes wants a variable's name behind it"],
    ['a "${A"', 5, "a brace is not closed"],
    ['a "${A:-b}"', 5, "a brace is not closed"],
    ['a "${A[1]}"', 7, "[ in a variable's name can only be [*]"],
    ["a b\rc", 4, "a carriage return ends the line: HAProxy ignores the rest"],
    ['a "" b', 1, "word 2 is empty, and ends the line for HAProxy: it ignores or refuses the rest"],
    ["x ".repeat(65), 129, "more than 64 words"],
  ])("says of %j where HAProxy stumbles and keeps the words before", (line, column, text) => {
    const result = splitCfgWords(line);
    expect(result.problem).toEqual({ column, text });
    expect(result.words[0]).toBe(line[0]);
  });

  it("ends a line at its first empty word", () => {
    expect(words('a b ""')).toEqual(["a", "b"]);
    expect(splitCfgWords('a "" "$B"')).toMatchObject({ words: ["a"], variables: [] });
  });
});
