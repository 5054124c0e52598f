import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import type { NodeRecord } from "../../src/domain/fleet.ts";
import type { StatsRow } from "../../src/domain/stats.ts";
import { hasFrozenTraffic, holdsTooMuch, shareOf, trafficOf } from "../../src/domain/traffic.ts";
import type { FleetView } from "../../src/domain/view.ts";
import { fleetOf } from "../support/fleet.ts";
import { aMaster } from "../support/fleet-view.ts";
import { nowMs, rowsOf, scene } from "../support/scene.ts";

/** Two nodes that answered twice, two seconds apart; what each row was and is, by node and master. */
function moved(
  before: (node: number, master: number) => Partial<StatsRow>,
  now: (node: number, master: number) => Partial<StatsRow>,
  change: (node: number) => Partial<NodeRecord> = () => ({}),
): FleetView {
  const fleet = fleetOf({ nodes: 2 });
  const records = scene(
    fleet,
    (node) => (master) => now(node, master),
    (node) => ({
      previous: {
        source: "stats",
        rows: rowsOf(fleet, (master) => before(node, master)),
        atMs: nowMs - 2100,
        durationMs: 1,
      },
      ...change(node),
    }),
  );
  return assess(fleet, records, nowMs);
}

const master = (name: string, sessions: number, up = 6) =>
  aMaster({ name, sessions, nodes: { up, down: 6 - up, drain: 0, maint: 0, absent: 0, unknown: 0 } });

describe("trafficOf", () => {
  it("adds up what the nodes say of one master, per second", () => {
    const { nodes } = moved(
      () => ({ sessionsTotal: 100, connectErrors: 5, connectRetries: 7, redispatches: 0, serverAborts: 1 }),
      (node) => ({
        ...{ sessionsTotal: 100 + 2 * node, connectErrors: 9, connectRetries: 8, redispatches: 2, serverAborts: 1 },
        ...{ bytesIn: 5000, bytesOut: 3000, queue: node, sinceChangeSeconds: 60 / node, downtimeSeconds: 3 * node },
      }),
    );
    expect(trafficOf(nodes, 0)).toEqual({
      bytesInPerSecond: 4000,
      bytesOutPerSecond: 1000,
      sessionsPerSecond: 3,
      connectErrorsPerSecond: 4,
      retriesPerSecond: 1,
      redispatchesPerSecond: 2,
      abortsPerSecond: 0,
      queue: 3,
      changedAgoMs: 30_000,
      downtimeMs: 6000,
      areBytesFrozen: false,
    });
    expect(trafficOf(nodes)).toMatchObject({ sessionsPerSecond: 9, queue: 9 });
  });

  it("takes no rate over a restart, and knows the rest all the same", () => {
    const { nodes } = moved(
      () => ({ sessionsTotal: 900 }),
      () => ({ sessionsTotal: 3, queue: 1 }),
      () => ({ previous: undefined }),
    );
    expect(trafficOf(nodes, 0)).toMatchObject({ sessionsPerSecond: undefined, bytesInPerSecond: undefined, queue: 2 });
  });

  it("goes on with the others where one node's counters were set back", () => {
    const { nodes } = moved(
      () => ({ sessionsTotal: 100 }),
      (node) => ({ sessionsTotal: node === 1 ? 3 : 104 }),
    );
    expect(trafficOf(nodes, 0).sessionsPerSecond).toBe(2);
  });

  it("says no 0 B/s where bytes stand still, also beside masters that have no sessions", () => {
    const { nodes } = moved(
      (_, one) => ({ sessions: one === 1 ? 3 : 0 }),
      (_, one) => ({ sessions: one === 1 ? 3 : 0 }),
    );
    expect(trafficOf(nodes)).toMatchObject({ bytesInPerSecond: undefined, areBytesFrozen: true });
    expect([hasFrozenTraffic(nodes), hasFrozenTraffic(nodes, 1)]).toEqual([true, false]);
    expect(trafficOf(nodes, 1)).toMatchObject({ bytesInPerSecond: 0, areBytesFrozen: false });
  });

  it("knows nothing where nobody answers", () => {
    const { nodes } = assess(fleetOf({ nodes: 2 }), new Map(), nowMs);
    expect(trafficOf(nodes)).toEqual({ areBytesFrozen: false });
  });
});

describe("shareOf", () => {
  const masters = [master("a", 30), master("b", 5), master("c", 5)];

  it("is a master's part of all sessions", () => {
    expect(masters.map((one) => shareOf(one, masters))).toEqual([0.75, 0.125, 0.125]);
    expect(shareOf(master("a", 0), [master("a", 0)])).toBeUndefined();
  });

  it("is too much above twice an equal part among those that take sessions", () => {
    expect(masters.map((one) => holdsTooMuch(one, masters))).toEqual([true, false, false]);
    const alone = [master("a", 30), master("b", 0, 0), master("c", 0, 0)];
    expect(alone.map((one) => holdsTooMuch(one, alone))).toEqual([false, false, false]);
    const few = [master("a", 9), master("b", 0), master("c", 0)];
    expect(few.map((one) => holdsTooMuch(one, few))).toEqual([false, false, false]);
  });
});
