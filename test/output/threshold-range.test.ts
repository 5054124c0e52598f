import { describe, expect, it } from "vitest";
import { isAlert, parseRange } from "../../src/output/threshold-range.ts";

function alertsOn(range: string, values: readonly number[]): readonly number[] {
  const parsed = parseRange(range);
  return parsed === undefined ? [] : values.filter((value) => isAlert(parsed, value));
}

// The five examples of the monitoring plugins' guidelines, and the corners.
describe("parseRange", () => {
  it.each([
    ["10", [-1, 0, 10, 11], [-1, 11]],
    ["10:", [9, 10, 11], [9]],
    ["~:10", [-99, 10, 11], [11]],
    ["10:20", [9, 10, 20, 21], [9, 21]],
    ["@10:20", [9, 10, 20, 21], [10, 20]],
    ["~:", [-99, 0, 99], []],
    ["@2", [-1, 0, 2, 3], [0, 2]],
    [":5", [-1, 0, 5, 6], [-1, 6]],
    ["-5:-2.5", [-6, -5, -2.5, -2], [-6, -2]],
  ])("alerts for %s among %j on %j", (range, values, alerts) => {
    expect(alertsOn(range, values)).toEqual(alerts);
  });

  it.each(["", "@", ":", "20:10", "1:~", "a", "1;2", "1 :2", "--1", "1:2:3", "@@1"])("refuses %j", (text) => {
    expect(parseRange(text)).toBeUndefined();
  });
});
