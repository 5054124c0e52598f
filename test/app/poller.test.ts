import { describe, expect, it } from "vitest";
import { createPoller, type Poller } from "../../src/app/poller.ts";
import type { NodeReader, ReadResult } from "../../src/app/reader.ts";
import { createStore, type Store } from "../../src/app/store.ts";
import { fleetOf } from "../support/fleet.ts";
import { createHandClock, type HandClock } from "../support/hand-clock.ts";

const good: ReadResult = { ok: true, page: { source: "stats", rows: [] }, process: undefined };
const dead: ReadResult = { ok: false, failure: { kind: "timeout", detail: "no answer", statusCode: undefined } };

type Rig = {
  readonly clock: HandClock;
  readonly store: Store;
  readonly poller: Poller;
  /** When each poll of each node began, in ms since the start. */
  readonly begun: Map<string, number[]>;
  readonly identified: string[];
  readonly limits: (number | undefined)[];
  readonly worst: Map<string, number>;
};

/** A poller over `nodes` nodes; `answer` says what a node answers and after how long. */
function rig(
  nodes: number,
  answer: (node: string, at: number) => { after: number; result: ReadResult },
  parallel = 64,
): Rig {
  const clock = createHandClock();
  const store = createStore();
  const begun = new Map<string, number[]>();
  const identified: string[] = [];
  const limits: (number | undefined)[] = [];
  const underWay = new Map<string, number>();
  const worst = new Map<string, number>();
  const startMs = clock.now();
  const reader: NodeReader = {
    read(node) {
      const at = clock.now() - startMs;
      begun.set(node.name, [...(begun.get(node.name) ?? []), at]);
      const now = (underWay.get(node.name) ?? 0) + 1;
      underWay.set(node.name, now);
      worst.set(node.name, Math.max(worst.get(node.name) ?? 0, now));
      const { after, result } = answer(node.name, at);
      return new Promise((resolve) => {
        clock.after(after, () => {
          underWay.set(node.name, (underWay.get(node.name) ?? 0) - 1);
          resolve(result);
        });
      });
    },
    identify(node, withinMs) {
      identified.push(node.name);
      limits.push(withinMs);
      return Promise.resolve({ version: "2.8.5", nodeName: node.name, startedAtSeconds: 1 });
    },
    close: () => Promise.resolve(),
  };
  const poller = createPoller({ nodes: fleetOf({ nodes }).nodes, reader, clock, store, parallel });
  return { clock, store, poller, begun, identified, limits, worst };
}

describe("createPoller", () => {
  it("asks every node within half a second of the start, then each once an interval, evenly spread", async () => {
    const { clock, poller, begun } = rig(10, () => ({ after: 5, result: good }));
    poller.start();
    await clock.advance(600);
    expect([...begun.values()].map((times) => times.length)).toEqual(Array(10).fill(1));
    await clock.advance(9_400);
    for (const times of begun.values()) {
      const gaps = times.slice(2).map((at, i) => at - (times[i + 1] ?? 0));
      expect(gaps.every((gap) => gap >= 1_950 && gap <= 2_050)).toBe(true);
    }
    const inThirdInterval = [...begun.values()]
      .map((times) => times.find((at) => at >= 6_000) ?? 0)
      .sort((a, b) => a - b);
    const between = inThirdInterval.slice(1).map((at, i) => at - (inThirdInterval[i] ?? 0));
    expect(Math.max(...between)).toBeLessThanOrEqual(250);
  });

  it("never has two polls of one node under way, even when answers take longer than the interval", async () => {
    const { clock, poller, begun, worst } = rig(3, () => ({ after: 5_000, result: good }));
    poller.start();
    for (let i = 0; i < 10; i += 1) {
      poller.pollNow();
      await clock.advance(2_000);
    }
    expect([...worst.values()]).toEqual([1, 1, 1]);
    expect(begun.get("node01")?.length).toBeGreaterThan(2);
  });

  it("backs off from a dead node up to 30 s and leaves the others alone", async () => {
    const { clock, poller, begun } = rig(4, (name) =>
      name === "node02" ? { after: 1_500, result: dead } : { after: 5, result: good },
    );
    poller.start();
    await clock.advance(180_000);
    const times = begun.get("node02") ?? [];
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(32_000);
    expect(gaps.slice(-2).every((gap) => gap >= 28_000)).toBe(true);
    expect(begun.get("node01")?.length).toBeGreaterThan(88);
  });

  it("asks a backed-off node at once when told to", async () => {
    const { clock, poller, begun } = rig(2, () => ({ after: 10, result: dead }));
    poller.start();
    await clock.advance(70_000);
    const before = begun.get("node01")?.length ?? 0;
    poller.pollNow(["node01"]);
    await clock.advance(30);
    expect(begun.get("node01")?.length).toBe(before + 1);
  });

  it("asks a node again after the poll that was under way when it was told to", async () => {
    const { clock, poller, begun } = rig(1, () => ({ after: 1_000, result: good }));
    poller.start();
    await clock.advance(500);
    poller.pollNow();
    await clock.advance(600);
    expect(begun.get("node01")?.length).toBe(2);
  });

  it("reaches the last healthy node of 100 in time although 30 hang and only 8 may begin at once", async () => {
    const { clock, poller, store } = rig(
      100,
      (name) => (Number(name.slice(4)) <= 30 ? { after: 1_500, result: dead } : { after: 10, result: good }),
      8,
    );
    poller.start();
    await clock.advance(1_450);
    const answered = [...store.records.values()].filter((record) => record.good !== undefined).length;
    expect(answered).toBe(70);
  });

  it("asks which process it is after the first answer only", async () => {
    const { clock, poller, identified } = rig(2, () => ({ after: 5, result: good }));
    poller.start();
    await clock.advance(20_000);
    expect(identified.sort()).toEqual(["node01", "node02"]);
  });

  it("gives the second question only what the first has left of the time limit", async () => {
    const { clock, poller, limits } = rig(1, () => ({ after: 1_200, result: good }));
    poller.start();
    await clock.advance(2_000);
    expect(limits).toEqual([300]);
  });

  it("takes a sleeping machine for one gap: everybody is asked anew, and nothing fails for it", async () => {
    const { clock, poller, store, begun } = rig(4, () => ({ after: 5, result: good }));
    poller.start();
    await clock.advance(5_000);
    const before = [...begun.values()].map((times) => times.length);
    clock.jumpWall(3_600_000);
    await clock.advance(25);
    expect([...store.records.values()].every((record) => record.gapAtMs !== undefined)).toBe(true);
    await clock.advance(1_100);
    expect([...begun.values()].every((times, i) => times.length > (before[i] ?? 0))).toBe(true);
    expect([...store.records.values()].every((record) => record.failure === undefined)).toBe(true);
  });

  it("throws a time-out away that only shows that the process was stopped", async () => {
    const { clock, poller, store } = rig(1, (_name, at) =>
      at < 1_000 ? { after: 1_500, result: dead } : { after: 5, result: good },
    );
    poller.start();
    await clock.advance(100);
    clock.freeze(60_000);
    await clock.advance(3_000);
    expect(store.get("node01").failure).toBeUndefined();
    expect(store.get("node01").good).toBeDefined();
  });

  it("ignores a wall clock that is set back", async () => {
    const { clock, poller, store } = rig(1, () => ({ after: 5, result: good }));
    poller.start();
    await clock.advance(3_000);
    clock.jumpWall(-3_600_000);
    await clock.advance(3_000);
    expect(store.get("node01").gapAtMs).toBeUndefined();
  });

  it("begins nothing after a stop, and records what was under way", async () => {
    const { clock, poller, store, begun } = rig(1, () => ({ after: 100, result: good }));
    poller.start();
    await clock.advance(10);
    poller.stop();
    await clock.advance(10_000);
    expect(begun.get("node01")?.length).toBe(1);
    expect(store.get("node01").good).toBeDefined();
    expect(poller.inFlight()).toBe(0);
  });

  it("polls at a new interval from the moment it is set", async () => {
    const { clock, poller, begun } = rig(2, () => ({ after: 5, result: good }));
    poller.start();
    await clock.advance(4_000);
    poller.setIntervalMs(500);
    const before = begun.get("node01")?.length ?? 0;
    await clock.advance(5_000);
    expect((begun.get("node01")?.length ?? 0) - before).toBeGreaterThanOrEqual(9);
    expect(poller.intervalMs()).toBe(500);
  });
});
