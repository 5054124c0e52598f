import { describe, expect, it } from "vitest";
import { ASCII_GLYPHS, UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import type { Style } from "../../src/output/style.ts";
import { type Column, tableLines, wrapLines } from "../../src/output/table.ts";
import { textWidth } from "../../src/output/width.ts";

const whole: Style = { colour: false, glyphs: UTF8_GLYPHS, columns: undefined, headers: true, expect: 401 };
const columns: readonly Column[] = [
  { head: "NAME", shrinkTo: 6 },
  { head: "N", align: "right" },
  { head: "REASON", shrinkTo: 0 },
];
const rows = [
  ["a-rather-long-name", "7", "a reason that is a whole sentence"],
  ["主节点", "1234", ""],
];

describe("tableLines", () => {
  it("aligns by columns of the terminal, not by characters, and leaves no blanks at the end", () => {
    expect(tableLines(columns, rows, whole)).toEqual([
      "NAME                   N  REASON",
      "a-rather-long-name     7  a reason that is a whole sentence",
      "主节点              1234",
    ]);
  });

  it("takes room from the last column that can give it, and drops a sentence that would tell nothing", () => {
    expect(tableLines(columns, rows, { ...whole, columns: 50 })[1]).toBe(
      "a-rather-long-name     7  a reason that is a whol…",
    );
    expect(tableLines(columns, rows, { ...whole, columns: 40 })).toEqual([
      "NAME                   N",
      "a-rather-long-name     7",
      "主节点              1234",
    ]);
    expect(tableLines(columns, rows, { ...whole, columns: 14, glyphs: ASCII_GLYPHS })[1]).toBe("a-rathe~     7");
  });

  it("is never wider than the terminal", () => {
    for (let width = 1; width < 80; width += 1) {
      for (const line of tableLines(columns, rows, { ...whole, columns: width })) {
        expect(textWidth(line)).toBeLessThanOrEqual(width);
      }
    }
  });

  it("is nothing without rows", () => {
    expect(tableLines(columns, [], whole)).toEqual([]);
  });
});

describe("wrapLines", () => {
  it("breaks at blanks and keeps the indent, and leaves a long word whole", () => {
    expect(wrapLines("one two three incomprehensibilities", 12, "* ", "  ")).toEqual([
      "* one two",
      "  three",
      "  incomprehensibilities",
    ]);
    expect(wrapLines("one two", undefined, "* ", "  ")).toEqual(["* one two"]);
  });
});
