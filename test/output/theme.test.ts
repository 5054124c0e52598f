import { describe, expect, it } from "vitest";
import { paint } from "../../src/output/colour.ts";
import { THEME_CHOICES, type ThemeName, themeOf } from "../../src/output/theme.ts";

const names = THEME_CHOICES.filter((name): name is ThemeName => name !== "auto");
const codesOf = (name: ThemeName) => Object.values(themeOf(name, {})).flatMap((codes) => codes.split(";"));

describe("themeOf", () => {
  it.each(names)("tells good, warn, bad, info and muted apart: %s", (name) => {
    const { good, warn, bad, info, muted } = themeOf(name, {});
    expect(new Set([good, warn, bad, info, muted]).size).toBe(5);
  });

  it.each(names)("takes from the terminal's own sixteen colours, and sets no background: %s", (name) => {
    expect(codesOf(name).filter((code) => !/^(|[124]|3[0-7]|9[0-7])$/.test(code))).toEqual([]);
  });

  it("has nothing pale on a light background", () => {
    expect(codesOf("light").filter((code) => /^(33|37|9\d)$/.test(code))).toEqual([]);
  });

  it("has neither red nor green for those who cannot tell them apart, and weights alone without colour", () => {
    const redOrGreen = /^[39][12]$/;
    expect(codesOf("deuteranopia").filter((code) => redOrGreen.test(code))).toEqual([]);
    expect(codesOf("protanopia").filter((code) => redOrGreen.test(code))).toEqual([]);
    expect(codesOf("mono").filter((code) => code.length > 1)).toEqual([]);
  });

  it.each(["deuteranopia", "protanopia", "tritanopia", "mono"] as const)(
    "makes what is bad heavier too: %s",
    (name) => {
      expect(themeOf(name, {}).bad).toMatch(/^1;4/);
    },
  );

  it.each([
    [undefined, "dark"],
    ["15;0", "dark"],
    ["0;15", "light"],
    ["0;default;7", "light"],
    ["7;8", "dark"],
    ["nonsense", "dark"],
  ] as const)("takes the background from the terminal: COLORFGBG=%s is %s", (ground, name) => {
    expect(themeOf("auto", { COLORFGBG: ground })).toBe(themeOf(name, {}));
  });
});

describe("paint", () => {
  it("takes the codes of the theme, and those of the default one where none is chosen", () => {
    expect(paint("DOWN", "bad", themeOf("tritanopia", {}))).toBe("\u001b[1;4;31mDOWN\u001b[0m");
    expect(paint("up", "good", themeOf("mono", {}))).toBe("up");
    for (const tone of ["good", "warn", "bad", "info", "muted", "plain"] as const) {
      expect(paint("x", tone, true)).toBe(paint("x", tone, themeOf("dark", {})));
    }
  });
});
