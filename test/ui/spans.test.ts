import { describe, expect, it } from "vitest";
import { UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import { textWidth } from "../../src/output/width.ts";
import { wrapText } from "../../src/ui/spans.ts";
import { openConsole } from "../support/console.ts";
import { situation } from "../support/screens.ts";

const look = { glyphs: UTF8_GLYPHS, colour: false };

describe("wrapText", () => {
  it("loses nothing of a word that is longer than a line", () => {
    const path = `/srv/${"a".repeat(30)}/${"界".repeat(9)}/end`;
    const lines = wrapText(`Written: ${path} (4 minutes).`, 16, 9, look);
    expect(lines.every((line) => textWidth(line) <= 16)).toBe(true);
    expect(lines.join("").replaceAll(" ", "")).toBe(`Written:${path}(4minutes).`);
  });

  it("breaks at blanks where it can, and cuts what has no room", () => {
    expect(wrapText("one two three", 7, 2, look)).toEqual(["one two", "three"]);
    expect(wrapText("one two three four", 7, 2, look)).toEqual(["one two", "three …"]);
  });
});

describe("a list whose filter keeps nothing", () => {
  it("says so, and how to go on", () => {
    const held = openConsole(
      situation(() => () => "UP"),
      undefined,
    );
    held.press("/", ..."zzz", "enter");
    expect(held.text()).toContain("no row fits the filter; Esc clears it");
    held.press("esc");
    expect(held.text()).not.toContain("no row fits");
  });
});
