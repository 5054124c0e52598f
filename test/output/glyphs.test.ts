import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { ASCII_GLYPHS, chooseGlyphs, isUtf8Locale, UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import { textWidth } from "../../src/output/width.ts";

describe("chooseGlyphs", () => {
  it("draws ASCII where the locale is not UTF-8 or the console's font lacks the marks", () => {
    expect(chooseGlyphs({ LANG: "de_DE.UTF-8" })).toBe(UTF8_GLYPHS);
    expect(chooseGlyphs({ LANG: "de_DE.UTF-8", TERM: "linux" })).toBe(ASCII_GLYPHS);
    expect(chooseGlyphs({})).toBe(ASCII_GLYPHS);
  });

  it("has marks of one column only, and an ASCII set that is ASCII", () => {
    const marks = (glyphs: typeof UTF8_GLYPHS) => [
      ...Object.values(glyphs.cell),
      ...Object.values(glyphs.severity),
      glyphs.ellipsis,
      glyphs.sortDown,
      glyphs.sortUp,
    ];
    expect(marks(UTF8_GLYPHS).map((mark) => stringWidth(mark))).toEqual(marks(UTF8_GLYPHS).map(() => 1));
    expect(marks(UTF8_GLYPHS).map((mark) => textWidth(mark))).toEqual(marks(UTF8_GLYPHS).map(() => 1));
    expect(marks(ASCII_GLYPHS).join("")).toMatch(/^[\x20-\x7e]+$/);
  });

  it("gives every state of a cell a mark of its own", () => {
    for (const glyphs of [UTF8_GLYPHS, ASCII_GLYPHS]) expect(new Set(Object.values(glyphs.cell)).size).toBe(6);
  });
});

describe("isUtf8Locale", () => {
  it.each([
    [{ LC_ALL: "C", LANG: "en_US.UTF-8" }, false],
    [{ LC_ALL: "", LC_CTYPE: "C.utf8", LANG: "C" }, true],
    [{ LANG: "en_US.ISO-8859-1" }, false],
  ])("reads %o in setlocale's order", (env, utf8) => {
    expect(isUtf8Locale(env)).toBe(utf8);
  });
});
