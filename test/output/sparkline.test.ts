import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sparkline } from "../../src/output/sparkline.ts";
import { textWidth } from "../../src/output/width.ts";

describe("sparkline", () => {
  it("draws the newest at the right, on a scale from 0 to the largest", () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 60, true)).toBe("▁▂▃▄▅▆▇█");
    expect(sparkline([100, 99, 98], 60, true)).toBe("███");
    expect(sparkline([1, 2, 3], 2, true)).toBe("▆█");
    expect(sparkline([0, 5, 10], 60, false)).toBe("_=#");
  });

  it("shows gaps, and lays zeros at the bottom", () => {
    expect(sparkline([4, undefined, undefined, 4], 60, true)).toBe("█  █");
    expect(sparkline([0, 0], 60, true)).toBe("▁▁");
    expect(sparkline([], 60, true)).toBe("");
  });

  it("is as wide as there are values, whatever they are", () => {
    const values = fc.array(fc.option(fc.double({ min: 0, max: 1e12, noNaN: true }), { nil: undefined }));
    fc.assert(
      fc.property(values, fc.boolean(), (series, utf8) => {
        expect(textWidth(sparkline(series, 60, utf8))).toBe(Math.min(60, series.length));
      }),
    );
  });
});
