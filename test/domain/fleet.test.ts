import { describe, expect, it } from "vitest";
import { emptyRecord, type NodeEvent, type NodeRecord, type Reading, reduceNode } from "../../src/domain/fleet.ts";
import type { ProcessInfo, StatsRow } from "../../src/domain/stats.ts";
import { aRow } from "../support/fleet-view.ts";

const reading = (atMs: number, part: Partial<StatsRow> = {}): Reading => ({
  source: "stats",
  rows: [aRow(part)],
  atMs,
  durationMs: 3,
});
const polled = (atMs: number, part: Partial<StatsRow> = {}): NodeEvent => ({
  type: "polled",
  reading: reading(atMs, part),
});
const failed = (atMs: number): NodeEvent => ({
  type: "pollFailed",
  failure: { kind: "unreachable", detail: "connection refused", statusCode: undefined },
  atMs,
});
const process = (startedAtSeconds: number | undefined): ProcessInfo => ({
  version: "2.6.12",
  nodeName: undefined,
  startedAtSeconds,
});
const identified = (atMs: number, startedAtSeconds: number | undefined): NodeEvent => ({
  type: "identified",
  process: process(startedAtSeconds),
  atMs,
});
const recordOf = (...events: readonly NodeEvent[]): NodeRecord => events.reduce(reduceNode, emptyRecord("node-1"));

describe("reduceNode, polls", () => {
  it("keeps the last two good answers for rates", () => {
    const record = recordOf(polled(1000), polled(3000));
    expect([record.previous?.atMs, record.good?.atMs]).toEqual([1000, 3000]);
  });

  it("keeps the last good rows when a poll fails, and the failure when one succeeds", () => {
    const broken = recordOf(polled(1000), failed(3000), failed(5000));
    expect(broken.good?.atMs).toBe(1000);
    expect(broken.failure).toMatchObject({ atMs: 5000, sinceMs: 3000, count: 2 });
    const mended = reduceNode(broken, polled(7000));
    expect(mended.good?.atMs).toBe(7000);
    expect(mended.failure).toEqual(broken.failure);
  });

  it("counts failures anew after a success", () => {
    const record = recordOf(failed(1000), failed(2000), polled(3000), failed(4000));
    expect(record.failure).toMatchObject({ sinceMs: 4000, count: 1 });
  });

  it("has nothing to compute a rate over across a failure or a gap", () => {
    expect(recordOf(polled(1000), failed(3000), polled(5000)).previous).toBeUndefined();
    expect(recordOf(polled(1000), { type: "gap", atMs: 9000 }, polled(9500)).previous).toBeUndefined();
    expect(recordOf(polled(1000), failed(3000), polled(5000), polled(7000)).previous?.atMs).toBe(5000);
  });
});

describe("reduceNode, running checks", () => {
  const running = { checkRunning: true, checkCode: undefined, lastCheckText: undefined } as const;
  const last = (record: NodeRecord) => record.good?.rows[0];

  it("keeps code and text of the last finished check while the next one runs", () => {
    const bad = { checkStatus: "L7STS", checkCode: 500, lastCheckText: "Internal Server Error" } as const;
    const record = recordOf(
      polled(1, bad),
      polled(2, { ...running, checkStatus: "L7STS" }),
      polled(3, { ...running, checkStatus: "L7STS" }),
    );
    expect(last(record)).toMatchObject({ ...bad, checkRunning: true });
  });

  it("does not give the old code to a newer result", () => {
    const record = recordOf(
      polled(1, { checkStatus: "L7OK", checkCode: 401 }),
      polled(2, { ...running, checkStatus: "L7STS" }),
    );
    expect(last(record)).toMatchObject({ checkStatus: "L7STS", checkCode: undefined });
  });

  it("knows no code when the first answer already shows a running check", () => {
    expect(last(recordOf(polled(1, running)))).toMatchObject({ checkCode: undefined, checkRunning: true });
  });
});

describe("reduceNode, restarts", () => {
  it.each(["sessionsTotal", "requestsTotal", "chosenTotal", "bytesIn", "bytesOut", "connectErrors"] as const)(
    "sees a restart when %s steps back, and keeps no rate over it",
    (name) => {
      const record = recordOf(polled(1000, { [name]: 50 }), polled(3000, { [name]: 49 }));
      expect(record).toMatchObject({ restartedAtMs: 3000, previous: undefined });
    },
  );

  it("sees none when counters stand, grow or are not known, nor when downtime goes back", () => {
    const record = recordOf(
      polled(1000, { sessionsTotal: 50, downtimeSeconds: 24 }),
      polled(3000, { sessionsTotal: 50, downtimeSeconds: 22 }),
      polled(5000, { sessionsTotal: undefined, chosenTotal: 9999 }),
    );
    expect(record.restartedAtMs).toBeUndefined();
  });

  it("sees one when the start time moves", () => {
    const record = recordOf(identified(500, 100), polled(1000), polled(3000), identified(3001, 160));
    expect(record).toMatchObject({ restartedAtMs: 3001, previous: undefined, process: process(160) });
  });

  it("takes it back when the start time shows that only the counters were cleared", () => {
    const record = recordOf(
      identified(500, 100),
      polled(1000, { sessionsTotal: 50 }),
      polled(3000, { sessionsTotal: 0 }),
      identified(3001, 100),
    );
    expect(record.restartedAtMs).toBeUndefined();
  });

  it("keeps an earlier restart when a later answer says the same process again", () => {
    const record = recordOf(
      identified(500, 100),
      polled(1000),
      identified(1001, 160),
      polled(3000),
      identified(3001, 160),
    );
    expect(record.restartedAtMs).toBe(1001);
  });

  it("changes nothing when the process is the one that is known", () => {
    const record = recordOf(identified(500, 100));
    expect(reduceNode(record, identified(900, 100))).toBe(record);
  });
});
