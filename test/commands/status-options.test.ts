import { describe, expect, it } from "vitest";
import { readStatusFlags, type StatusFlags } from "../../src/commands/status-options.ts";

const defaults: StatusFlags = {
  output: "table",
  parallel: "64",
  headers: true,
  color: true,
};

describe("readStatusFlags", () => {
  it("turns flags into options with units", () => {
    const flags = {
      ...defaults,
      output: "nagios",
      warning: ["2:"],
      watch: "1m30s",
      timeout: "800ms",
      node: ["edge-*"],
    };
    expect(readStatusFlags(["m1"], flags)).toMatchObject({
      masters: ["m1"],
      output: "nagios",
      nodes: ["edge-*"],
      watch: { intervalMs: 90_000 },
      timeoutMs: 800,
      parallel: 64,
      thresholds: { warning: new Map([["usable_masters", expect.objectContaining({ text: "2:" })]]) },
    });
    expect(readStatusFlags([], { ...defaults, watch: true }).watch).toEqual({ intervalMs: undefined });
  });

  it.each([
    [{ output: "jsn" }, '--output: there is no format "jsn"; did you mean "json"?'],
    [{ watch: "5" }, '--watch: "5" should be a duration with its unit: 5s or 5ms.'],
    [{ watch: "10ms" }, '--watch: "10ms" is too short; 100ms is the least.'],
    [{ watch: "master-2" }, '--watch: "master-2" is no interval such as 5s.'],
    [{ timeout: "soon" }, '--timeout: "soon" should be a duration such as 2s, 1500ms or 1m30s.'],
    [{ parallel: "0" }, '--parallel: "0" should be a whole number from 1 to 10000.'],
    [{ parallel: "many" }, '--parallel: "many" should be a whole number from 1 to 10000.'],
    [{ critical: ["1:"] }, "-w and -c are thresholds of a monitoring plugin."],
  ])("refuses %j in words", (part, message) => {
    expect(() => readStatusFlags([], { ...defaults, ...part })).toThrow(message);
  });
});
