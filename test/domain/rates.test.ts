import { describe, expect, it } from "vitest";
import { emptyRecord, type NodeRecord } from "../../src/domain/fleet.ts";
import { isBytesFrozen, ratesOf } from "../../src/domain/rates.ts";
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
const nothing = { bytesInPerSecond: undefined, bytesOutPerSecond: undefined, sessionsPerSecond: undefined };

describe("ratesOf", () => {
  it("divides by the time between two answers", () => {
    const of = record(
      { bytesIn: 1000, bytesOut: 10_000, sessionsTotal: 5 },
      { bytesIn: 3000, bytesOut: 10_500, sessionsTotal: 6 },
    );
    expect(rates(of)).toEqual({ bytesInPerSecond: 1000, bytesOutPerSecond: 250, sessionsPerSecond: 0.5 });
  });

  it("knows none after one answer, or where no time has passed", () => {
    expect(rates(record(undefined, {}))).toEqual(nothing);
    expect(rates(record({}, {}, 0))).toEqual(nothing);
  });

  it("never says 0 B/s while sessions are open and bytes stand still", () => {
    const of = record({ sessions: 3, bytesIn: 9, bytesOut: 9 }, { sessions: 3, bytesIn: 9, bytesOut: 9 });
    expect(rates(of)).toEqual({ ...nothing, sessionsPerSecond: 0 });
    expect(isBytesFrozen(of, aRow({ sessions: 3, bytesIn: 9, bytesOut: 9 }))).toBe(true);
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
