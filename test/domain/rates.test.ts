import { describe, expect, it } from "vitest";
import { emptyRecord, type NodeRecord } from "../../src/domain/fleet.ts";
import { formatByteRate, ratesOf } from "../../src/domain/rates.ts";
import type { StatsRow } from "../../src/domain/stats.ts";
import { aRow } from "../support/fleet-view.ts";

const other = aRow({ name: "other", sessionsTotal: 999_999 });

function record(before: Partial<StatsRow> | undefined, now: Partial<StatsRow>, betweenMs = 2000): NodeRecord {
  const at = (atMs: number, rows: readonly StatsRow[]) => ({ source: "stats", rows, atMs, durationMs: 1 }) as const;
  return {
    ...emptyRecord("node-1"),
    previous: before === undefined ? undefined : at(1000, [other, aRow(before)]),
    good: at(1000 + betweenMs, [aRow(now), other]),
  };
}

const rates = (of: NodeRecord) => ratesOf(of, of.good?.rows[0] ?? other);
const nothing = {
  bytesInPerSecond: undefined,
  bytesOutPerSecond: undefined,
  sessionsPerSecond: undefined,
  areBytesFrozen: false,
};

describe("ratesOf", () => {
  it("divides by the time between two answers", () => {
    const of = record(
      { bytesIn: 1000, bytesOut: 10_000, sessionsTotal: 5 },
      { bytesIn: 3000, bytesOut: 10_500, sessionsTotal: 6 },
    );
    expect(rates(of)).toEqual({
      bytesInPerSecond: 1000,
      bytesOutPerSecond: 250,
      sessionsPerSecond: 0.5,
      connectErrorsPerSecond: 0,
      retriesPerSecond: 0,
      redispatchesPerSecond: 0,
      abortsPerSecond: 0,
      areBytesFrozen: false,
    });
  });

  it("knows none after one answer, or where no time has passed", () => {
    expect(rates(record(undefined, {}))).toEqual(nothing);
    expect(rates(record({}, {}, 0))).toEqual(nothing);
  });

  it("never says 0 B/s while sessions are open and bytes stand still", () => {
    const of = record({ sessions: 3, bytesIn: 9, bytesOut: 9 }, { sessions: 3, bytesIn: 9, bytesOut: 9 });
    expect(rates(of)).toMatchObject({
      ...nothing,
      sessionsPerSecond: 0,
      connectErrorsPerSecond: 0,
      areBytesFrozen: true,
    });
  });

  it("does say 0 B/s without sessions, and where one direction moves", () => {
    const idle = record({ sessions: 0, bytesIn: 9, bytesOut: 9 }, { sessions: 0, bytesIn: 9, bytesOut: 9 });
    expect(rates(idle)).toMatchObject({ bytesInPerSecond: 0, bytesOutPerSecond: 0 });
    const oneWay = record({ sessions: 1, bytesIn: 9, bytesOut: 9 }, { sessions: 1, bytesIn: 9, bytesOut: 29 });
    expect(rates(oneWay)).toMatchObject({ bytesInPerSecond: 0, bytesOutPerSecond: 10 });
  });

  it("knows none for counters that a source lacks", () => {
    const of = record({ bytesIn: undefined, sessions: 0 }, { bytesIn: 5, sessions: 0 });
    expect(rates(of)).toMatchObject({ bytesInPerSecond: undefined, bytesOutPerSecond: 0 });
  });
});

describe("formatByteRate", () => {
  it.each([
    [undefined, "-"],
    [0, "0B"],
    [849.6, "850B"],
    [999.7, "1.0k"],
    [9_949, "9.9k"],
    [12_345, "12k"],
    [999_600, "1.0M"],
    [3_400_000, "3.4M"],
    [25e9, "25G"],
    [7e12, "7T"],
  ])("writes %j as %s", (rate, text) => {
    expect(formatByteRate(rate)).toBe(text);
  });
});
