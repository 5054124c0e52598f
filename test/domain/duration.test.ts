import { describe, expect, it } from "vitest";
import { parseDuration, writeDuration } from "../../src/domain/duration.ts";

describe("parseDuration", () => {
  it.each([
    ["2s", 2000],
    ["1500ms", 1500],
    ["1m", 60_000],
    ["1m30s", 90_000],
    ["1.5s", 1500],
    ["2h", 7_200_000],
    ["1d", 86_400_000],
    [" 5s ", 5000],
    ["0s", 0],
  ])("reads %j as %i ms", (text, ms) => {
    expect(parseDuration(text)).toEqual({ ok: true, ms });
  });

  it("asks for the unit of a bare number with the two likely spellings", () => {
    expect(parseDuration("2")).toEqual({ ok: false, expected: "a duration with its unit: 2s or 2ms" });
  });

  it.each(["", "s", "-2s", "2 s", "2sec", "1e3s", "2s!"])("refuses %j", (text) => {
    expect(parseDuration(text)).toEqual({ ok: false, expected: "a duration such as 2s, 1500ms or 1m30s" });
  });
});

describe("writeDuration", () => {
  it.each([
    [0, "0ms"],
    [999, "999ms"],
    [1500, "1500ms"],
    [2000, "2s"],
    [90_000, "1m30s"],
    [90_500, "1m30s500ms"],
    [86_400_000, "1d"],
  ])("writes %i ms as %s, which reads back the same", (ms, text) => {
    expect(writeDuration(ms)).toBe(text);
    expect(parseDuration(text)).toEqual({ ok: true, ms });
  });
});
