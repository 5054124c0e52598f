import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteCfgWord } from "../../src/domain/cfg-quote.ts";
import { splitCfgWords } from "../../src/domain/cfg-words.ts";

describe("a quoted word", () => {
  it("is read back as what it was, also among others", () => {
    // A lone surrogate, a line end or a control character is refused by the quoting, which has tests of its own.
    const word = fc
      .string({ unit: fc.oneof(fc.constantFrom(..."\"'\\#$ {}%"), fc.string({ unit: "grapheme", maxLength: 1 })) })
      .filter((text) => text !== "" && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        const line = words.map((text) => quoteCfgWord(text, "a word")).join(" ");
        expect(splitCfgWords(line)).toEqual({ words, variables: [], comment: undefined, problem: undefined });
      }),
      { numRuns: 1000 },
    );
  });
});
