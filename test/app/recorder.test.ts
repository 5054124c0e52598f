import { describe, expect, it } from "vitest";
import { createRecent } from "../../src/app/recent.ts";
import { createRecorder, partMs, type RecordingSink } from "../../src/app/recorder.ts";
import { createStore } from "../../src/app/store.ts";
import type { NodeEvent } from "../../src/domain/fleet.ts";
import type { Operation } from "../../src/domain/history.ts";
import { fleetOf } from "../support/fleet.ts";
import { aRow } from "../support/fleet-view.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { aBegun, anEnd, aStep } from "../support/ledger.ts";
import { readBack } from "../support/recording.ts";

const { nodes } = fleetOf({ nodes: 2 });
const names = nodes.map(({ name }) => name);

function rig() {
  const clock = createHandClock();
  const store = createStore();
  const texts: string[] = [];
  const sink: RecordingSink = { part: (text) => texts.push(text), lines: (text) => texts.push(text) };
  const recorder = createRecorder({ nodes, clock, store, sinks: [sink] });
  const poll = (node = "node01") => {
    const reading = { source: "stats", rows: [aRow()], atMs: clock.now(), durationMs: 3 } as const;
    recorder.store.dispatch(node, { type: "polled", reading });
  };
  const kinds = () => readBack(texts.join(""), names).lines.map(({ kind }) => kind);
  return { clock, store, recorder, poll, kinds, text: () => texts.join("") };
}

describe("createRecorder", () => {
  it("writes what happens to the store, and leaves the store as it would be", () => {
    const { poll, recorder, store, text } = rig();
    poll();
    poll("node02");
    const process = { version: "2.6.12", nodeName: undefined, startedAtSeconds: 1 };
    const identified: NodeEvent = { type: "identified", process, atMs: 1_000 };
    recorder.store.dispatch("node01", identified);
    recorder.store.dispatch("node01", identified);
    expect(readBack(text(), names).records).toEqual(store.records);
    expect(text().split("\n")).toHaveLength(1 + 2 + 1 + 1);
    expect(recorder.store.get("node01")).toBe(store.get("node01"));
  });

  it("begins a part every two minutes, with all that is known before what happens then", async () => {
    const { clock, kinds, poll } = rig();
    poll();
    await clock.advance(partMs - 1);
    poll();
    await clock.advance(1);
    poll();
    expect(kinds()).toEqual(["part", "event", "event", "part", "record", "event"]);
  });

  it("begins a part when the wall clock jumps, as after a sleep", () => {
    const { clock, kinds, poll, text } = rig();
    poll();
    clock.jumpWall(3_600_000);
    poll();
    expect(kinds()).toEqual(["part", "event", "part", "record", "event"]);
    const walls = [...text().matchAll(/"wall":(\d+)/g)].map(([, wall]) => Number(wall));
    expect((walls[1] ?? 0) - (walls[0] ?? 0)).toBe(3_600_000);
  });

  it("writes what the ledger says and which interval is in force, again in every part", async () => {
    const { clock, kinds, poll, recorder } = rig();
    recorder.facts({ intents: [], lastAtMs: 5 });
    poll();
    recorder.interval(5_000);
    recorder.facts(undefined);
    recorder.facts({ intents: [], lastAtMs: 6 });
    await clock.advance(partMs);
    poll();
    expect(kinds()).toEqual([
      ...["part", "facts", "event", "interval", "facts", "facts"],
      ...["part", "facts", "record", "event"],
    ]);
  });
});

describe("the recorder's operations", () => {
  const drain: Operation = { begun: aBegun({ id: "drain", nodes: names }), steps: [], ended: undefined };
  const done: Operation = { ...drain, steps: names.map((node) => aStep({ id: "drain", node })), ended: anEnd() };
  const enable: Operation = { begun: aBegun({ id: "enable", action: "ready" }), steps: [], ended: undefined };

  it("are written when they change, and all of them again in every part", async () => {
    const { clock, poll, recorder, text } = rig();
    recorder.operations([drain]);
    poll();
    recorder.operations([drain]);
    recorder.operations([done]);
    recorder.operations([enable, done]);
    await clock.advance(partMs);
    poll();
    const told = readBack(text(), names).lines.flatMap((line) =>
      line.kind === "operations" ? [[line.isMore, line.operations.map(({ begun }) => begun.id).join()]] : [],
    );
    expect(told).toEqual([
      [false, "drain"],
      [true, "drain"],
      [true, "enable"],
      [false, "enable,drain"],
    ]);
  });

  it("are replaced where the ledger is another one", () => {
    const { poll, recorder, text } = rig();
    poll();
    recorder.operations([drain]);
    recorder.operations([enable]);
    recorder.operations([]);
    expect([...text().matchAll(/"(operat\w+)":\[(?:\{"id":"(\w+)")?/g)].map(([, key, id]) => `${key} ${id}`)).toEqual([
      "operations drain",
      "operations enable",
      "operations undefined",
    ]);
  });
});

describe("createRecent", () => {
  const textOf = (recent: ReturnType<typeof createRecent>) => Buffer.concat(recent.bytes()).toString();

  it("keeps whole parts, and at least as long as it should", () => {
    const recent = createRecent({ keepMs: 10, maxBytes: 1_000 });
    for (const atMs of [0, 4, 8, 12, 16, 20]) {
      recent.part(`<${atMs}>`, atMs);
      recent.lines("ü");
    }
    expect(textOf(recent)).toBe("<8>ü<12>ü<16>ü<20>ü");
    expect(recent.lengthMs(21)).toBe(13);
  });

  it("never holds more than it may: the oldest goes, and what is too much alone is not kept", () => {
    const recent = createRecent({ keepMs: 1_000, maxBytes: 10 });
    recent.part("aaaa", 0);
    recent.part("bbbb", 1);
    recent.part("cccc", 2);
    expect(textOf(recent)).toBe("bbbbcccc");
    recent.lines("dddddddd");
    expect(textOf(recent)).toBe("");
    recent.lines("e");
    recent.part("ffff", 3);
    expect(textOf(recent)).toBe("ffff");
  });
});
