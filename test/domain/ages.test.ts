import { describe, expect, it } from "vitest";
import { formatAge, formatCount, formatDuration } from "../../src/domain/ages.ts";

describe("formatAge", () => {
  it.each([
    [undefined, "-"],
    [-5, "0s"],
    [1999, "1s"],
    [8_000, "8s"],
    [119_999, "119s"],
    [120_000, "2m"],
    [7_199_000, "119m"],
    [7_200_000, "2h"],
    [172_799_000, "47h"],
    [172_800_000, "2d"],
  ])("shows %s ms as %s", (ageMs, text) => {
    expect(formatAge(ageMs)).toBe(text);
  });
});

describe("formatDuration", () => {
  it.each([
    [undefined, "-"],
    [0, "0ms"],
    [3.4, "3ms"],
    [999, "999ms"],
    [1500, "1.5s"],
    [12_000, "12s"],
  ])("shows %s ms as %s", (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});

describe("formatCount", () => {
  it("never shows what is not known as 0", () => {
    expect([formatCount(0), formatCount(undefined)]).toEqual(["0", "-"]);
  });
});
