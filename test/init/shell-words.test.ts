import { describe, expect, it } from "vitest";
import { shellWords } from "../../src/init/shell-words.ts";

describe("shellWords", () => {
  it.each([
    ["a  b\tc", ["a", "b", "c"]],
    ["x=\"a b\" y='it''s'", ["x=a b", "y=its"]],
    ['q="say \\"hi\\" \\n"', ['q=say "hi" \\n']],
    ["a\\ b '\\' \"\\\\\"", ["a b", "\\", "\\"]],
    ["a # b", ["a"]],
    ["a#b c", ["a"]],
    ["'#' \"\"", ["#", ""]],
    ["", []],
  ])("cuts %j", (line, words) => {
    expect(shellWords(line)).toEqual({ ok: true, words });
  });

  it("names a quote that is not closed, and a backslash at the end", () => {
    expect(shellWords("a 'b")).toEqual({ ok: false, problem: "a quote is not closed" });
    expect(shellWords("a\\")).toEqual({ ok: false, problem: "a backslash stands at the end" });
  });
});
