import { describe, expect, it } from "vitest";
import { createReplayer, type Replayer, type ReplayOrder } from "../../src/app/replayer.ts";
import type { NodeRecord } from "../../src/domain/fleet.ts";
import { eventWords } from "../../src/domain/timeline.ts";
import { createHandClock, type HandClock } from "../support/hand-clock.ts";
import { aBegun, anEnd, aStep } from "../support/ledger.ts";
import { createReel, type Reel } from "../support/reel.ts";

const up = ["UP", "UP", "UP"] as const;
const down = ["UP", "DOWN", "UP"] as const;

/** Five minutes, polled every two seconds: a master is down from 1:00 to 1:30 and from 4:00 on. */
async function fiveMinutes(): Promise<{
  readonly reel: Reel;
  readonly known: ReadonlyMap<number, ReadonlyMap<string, NodeRecord>>;
}> {
  const reel = createReel();
  const known = new Map<number, ReadonlyMap<string, NodeRecord>>();
  for (let seconds = 0; seconds <= 300; seconds += 2) {
    const isDown = (seconds >= 60 && seconds < 90) || seconds >= 240;
    reel.poll(...(isDown ? down : up));
    known.set(seconds, new Map(reel.store.records));
    await reel.clock.advance(2_000);
  }
  return { reel, known };
}

async function open(reel: Reel, speed = 1): Promise<{ readonly replayer: Replayer; readonly clock: HandClock }> {
  const clock = createHandClock();
  return { clock, replayer: await createReplayer(reel.source(), clock, speed) };
}

const secondsOf = (replayer: Replayer) => replayer.state().positionMs / 1000;
const recordsOf = (replayer: Replayer) => new Map(replayer.tape.store.records);
const eventsOf = (replayer: Replayer) => replayer.tape.timeline().events.map((event) => eventWords(event, "→"));
const wentDown = "master-2 UP → DOWN on 2 nodes (node[01-02])";

async function obey(replayer: Replayer, ...orders: readonly ReplayOrder[]): Promise<void> {
  for (const order of orders) await replayer.obey(order);
}

describe("a replay", () => {
  it("plays by its speed to the end, with the very records of then at every moment", async () => {
    const { known, reel } = await fiveMinutes();
    const { clock, replayer } = await open(reel, 10);
    replayer.start();
    await clock.advance(6_000);
    expect(secondsOf(replayer)).toBeCloseTo(60, 0);
    expect(replayer.state()).toMatchObject({ isPlaying: true, isAtEnd: false, speed: 10, lengthMs: 300_000, lost: 0 });
    await clock.advance(40_000);
    expect(replayer.state()).toMatchObject({ isPlaying: false, isAtEnd: true, positionMs: 300_000 });
    expect(recordsOf(replayer)).toEqual(known.get(300));
    expect(eventsOf(replayer)[0]).toContain(wentDown);
    await obey(replayer, { do: "play" });
    expect(replayer.state()).toMatchObject({ isPlaying: true, isAtEnd: false, positionMs: 0 });
  });

  it("stands still while it is paused", async () => {
    const { reel } = await fiveMinutes();
    const { clock, replayer } = await open(reel);
    const stop = replayer.start();
    await obey(replayer, { do: "play" });
    await clock.advance(10_000);
    expect(secondsOf(replayer)).toBe(0);
    await obey(replayer, { do: "play" });
    await clock.advance(10_000);
    expect(secondsOf(replayer)).toBeCloseTo(10, 0);
    stop();
    await clock.advance(10_000);
    expect(secondsOf(replayer)).toBeCloseTo(10, 0);
  });

  it("goes on and back by seconds, over the ends of parts, and knows there what was known then", async () => {
    const { known, reel } = await fiveMinutes();
    const { replayer } = await open(reel);
    const on = { do: "seek", by: 60_000 } as const;
    const back = { do: "seek", by: -10_000 } as const;
    await obey(replayer, on, on, on);
    expect([secondsOf(replayer), recordsOf(replayer)]).toEqual([180, known.get(180)]);
    await obey(replayer, back, back, back, back, back, back, back);
    expect([secondsOf(replayer), recordsOf(replayer)]).toEqual([110, known.get(110)]);
    expect(eventsOf(replayer)).toHaveLength(2);
    await obey(replayer, { do: "seek", by: -60_000 });
    expect([secondsOf(replayer), recordsOf(replayer)]).toEqual([50, known.get(50)]);
    expect(eventsOf(replayer)).toEqual([]);
    await obey(replayer, { do: "seek", by: -60_000 });
    expect(secondsOf(replayer)).toBe(0);
    await obey(replayer, { do: "seek", by: 3_600_000 });
    expect([secondsOf(replayer), recordsOf(replayer)]).toEqual([300, known.get(300)]);
  });

  it("goes to the next event and to the one before, which is one for all nodes, and pauses", async () => {
    const { reel } = await fiveMinutes();
    const { replayer } = await open(reel);
    const places: number[] = [];
    for (const by of [1, 1, 1, -1, -1, 1] as const) {
      await obey(replayer, { do: "event", by });
      places.push(secondsOf(replayer));
    }
    expect(places).toEqual([60, 90, 240, 90, 60, 90]);
    expect(replayer.state()).toMatchObject({ isPlaying: false, isSearching: false });
    await obey(replayer, { do: "event", by: 1 }, { do: "event", by: 1 });
    expect(replayer.state()).toMatchObject({ isAtEnd: true, positionMs: 300_000 });
    await obey(
      replayer,
      { do: "event", by: -1 },
      { do: "event", by: -1 },
      { do: "event", by: -1 },
      { do: "event", by: -1 },
    );
    expect(secondsOf(replayer)).toBe(0);
  });

  it("steps by polls, also back over the beginning of a part", async () => {
    const { reel } = await fiveMinutes();
    const { replayer } = await open(reel);
    const places: number[] = [];
    const step = async (by: 1 | -1) => {
      await obey(replayer, { do: "poll", by });
      places.push(secondsOf(replayer));
    };
    await obey(replayer, { do: "seek", by: 119_000 });
    for (const by of [1, 1, 1, -1, -1, -1, -1] as const) await step(by);
    expect(places).toEqual([120, 120, 122, 120, 120, 118, 118]);
  });

  it("knows every node also where the recording broke off at the beginning of a part", async () => {
    const { known, reel } = await fiveMinutes();
    reel.texts[2]?.splice(1);
    const { replayer } = await open(reel);
    await obey(replayer, { do: "seek", by: 3_600_000 });
    expect([secondsOf(replayer), recordsOf(replayer)]).toEqual([240, known.get(238)]);
    await replayer.tape.enter(2, false);
    expect(recordsOf(replayer)).toEqual(known.get(238));
  });

  it("knows the operations that were known then, and those that are new are no event", async () => {
    const reel = createReel();
    const drain = { begun: aBegun({ id: "drain" }), steps: [], ended: undefined };
    const done = { ...drain, steps: [aStep({ id: "drain" })], ended: anEnd({ id: "drain" }) };
    const enable = { begun: aBegun({ id: "enable", action: "ready" }), steps: [], ended: undefined };
    const known = new Map([
      [10, [drain]],
      [20, [done]],
      [150, [enable, done]],
      [200, []],
    ]);
    for (let seconds = 0; seconds <= 300; seconds += 2) {
      reel.poll(...up);
      const next = known.get(seconds);
      if (next !== undefined) reel.recorder.operations(next);
      await reel.clock.advance(2_000);
    }
    const { replayer } = await open(reel);
    const knownAt = async (seconds: number) => {
      await obey(replayer, { do: "seek", by: seconds * 1_000 - replayer.state().positionMs });
      return replayer.tape
        .operations()
        ?.map(({ begun, steps, ended }) => `${begun.id} ${steps.length}${ended === undefined ? "" : " ended"}`)
        .join();
    };
    expect([
      ...[await knownAt(8), await knownAt(12), await knownAt(22), await knownAt(130), await knownAt(160)],
      ...[await knownAt(210), await knownAt(152), await knownAt(119), await knownAt(14), await knownAt(0)],
    ]).toEqual([
      ...[undefined, "drain 0", "drain 1 ended", "drain 1 ended", "enable 0,drain 1 ended"],
      ...["", "enable 0,drain 1 ended", "drain 1 ended", "drain 0", undefined],
    ]);
    expect(eventsOf(replayer)).toEqual([]);
  });

  it("has samples of the last two minutes after going back", async () => {
    const { reel } = await fiveMinutes();
    const { replayer } = await open(reel);
    await obey(replayer, { do: "seek", by: 200_000 }, { do: "seek", by: -10_000 });
    const series = replayer.tape.samples().ofMaster("master-1", "sessions");
    expect(series.filter((value) => value !== undefined).length).toBeGreaterThan(25);
  });

  it("changes its speed in steps, from any speed on", async () => {
    const { reel } = await fiveMinutes();
    const { replayer } = await open(reel, 3);
    const speedAfter = async (by: 1 | -1) => {
      await obey(replayer, { do: "speed", by });
      return replayer.state().speed;
    };
    expect([await speedAfter(1), await speedAfter(-1), await speedAfter(-1)]).toEqual([5, 2, 1]);
  });

  it("leaves out what is damaged, counts it once, and is right again with the next part", async () => {
    const { known, reel } = await fiveMinutes();
    reel.texts[0]?.splice(21, 1, '[0,20"');
    const { replayer } = await open(reel);
    await obey(replayer, { do: "seek", by: 110_000 });
    const { lost } = replayer.state();
    expect(lost).toBeGreaterThan(50);
    expect(replayer.tape.store.get("node01").good?.atMs).toBeLessThan(30_000);
    await obey(replayer, { do: "seek", by: -10_000 }, { do: "seek", by: 60_000 });
    expect(replayer.state().lost).toBe(lost);
    expect(recordsOf(replayer)).toEqual(known.get(160));
  });
});
