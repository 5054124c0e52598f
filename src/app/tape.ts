import { type Assessor, createAssessor } from "../domain/assess.ts";
import { watchChanges } from "../domain/changes.ts";
import type { Operation } from "../domain/history.ts";
import type { LedgerFacts } from "../domain/ledger.ts";
import { addOperations } from "../domain/recent-operations.ts";
import type { RecordingHead } from "../domain/recording-fleet.ts";
import { createLineReader, type RecordedLine } from "../domain/recording-reader.ts";
import { createSamples, type Samples } from "../domain/samples.ts";
import { addChanges, emptyTimeline, type Timeline } from "../domain/timeline.ts";
import type { FleetView } from "../domain/view.ts";
import { createLook } from "./look.ts";
import { createStore, type Store } from "./store.ts";

/** A recording in its parts. `io/recording-source.ts` fits it. Units: `atMs` monotonic in its own count, `wallMs` Unix time. */
export type TapeSource = {
  readonly head: RecordingHead;
  readonly parts: readonly { readonly atMs: number; readonly wallMs: number }[];
  readonly unreadable: number;
  lines(part: number): Promise<{ readonly lines: readonly string[]; readonly isDamaged: boolean }>;
};

/**
 * What a line came to. `poll`: a node answered or failed. `event`: and something happened, as the events page tells it: the
 * same on more nodes within a short time is no further event.
 */
export type Moved = "nothing" | "poll" | "event";

/**
 * Where a recording stands, and what was known there.
 * `enter` goes to the beginning of a part; `step` does the next line of it if it is not later than `untilMs`, and answers
 * `undefined` where there is none.
 */
export type Tape = {
  readonly store: Store;
  enter(part: number, goesOn: boolean): Promise<void>;
  step(untilMs: number): Moved | undefined;
  part(): number;
  /** Whether the part has no line left. */
  isThrough(): boolean;
  /** How many lines of the part are done. */
  done(): number;
  /** Lines that could not be read so far, each once, and whole parts. */
  lost(): number;
  nowMs(): number;
  moveTo(nowMs: number): void;
  wallMs(): number;
  view(nowMs: number): FleetView;
  intervalMs(): number | undefined;
  /** The newest first; `undefined` where the recording tells of none up to here. */
  operations(): readonly Operation[] | undefined;
  timeline(): Timeline;
  samples(): Samples;
  /** Whether samples are taken; a search goes without. */
  sample(isOn: boolean): void;
};

export function createTape(source: TapeSource): Tape {
  const { fleet, isAlone } = source.head;
  const names = fleet.nodes.map(({ name }) => name);
  const store = createStore();
  const assess: Assessor = createAssessor(fleet);
  const longestMs = Math.max(...fleet.nodes.map(({ poll }) => poll.intervalMs));
  /** What had happened before each part, so that going back does not tell it twice. */
  const timelines = new Map<number, Timeline>();
  const lostIn = new Map<number, number>();
  let part = 0;
  let lines: readonly string[] = [];
  let done = 0;
  let read = createLineReader(names);
  /** Lines that are read and not yet done. */
  let ahead: RecordedLine[] = [];
  let lostHere = 0;
  let nowMs = source.parts[0]?.atMs ?? 0;
  let facts: LedgerFacts | undefined;
  let operations: readonly Operation[] | undefined;
  let intervalMs: number | undefined;
  let timeline = emptyTimeline;
  let samples = createSamples();
  let sampledMs = Number.NEGATIVE_INFINITY;
  let isSampling = true;
  /** Whether the part had the records of all nodes that were known where it began. */
  let isComplete = true;
  let changes = watchChanges(fleet.check.expect);
  const look = createLook({
    ...{ fleet, store, alone: isAlone },
    clock: { now: () => nowMs, wall: () => wallMs(), after: () => () => undefined },
  });

  function wallMs(): number {
    const place = source.parts[part];
    return place === undefined ? 0 : place.wallMs + nowMs - place.atMs;
  }

  function forget(): void {
    store.clear();
    timeline = timelines.get(part) ?? emptyTimeline;
    changes = watchChanges(fleet.check.expect);
    samples = createSamples();
    sampledMs = Number.NEGATIVE_INFINITY;
    facts = undefined;
    operations = undefined;
    intervalMs = undefined;
  }

  function lose(count: number): void {
    // Read again after going back, it is no further damage.
    lostIn.set(part, Math.max(lostIn.get(part) ?? 0, count));
  }

  function isEvent(node: string): boolean {
    const before = timeline.nextId;
    timeline = addChanges(timeline, changes.look({ nodes: [look(node)] }), wallMs());
    return timeline.nextId !== before;
  }

  function sampleUntil(atMs: number): void {
    const everyMs = intervalMs ?? longestMs;
    if (!isSampling || atMs - sampledMs < everyMs) return;
    samples.take(view(atMs));
    sampledMs = atMs;
  }

  /** What was known where the part begins, which is written among its first events. */
  function putRecords(): void {
    const [first] = lines;
    const part = first === undefined ? undefined : read(first);
    if (part === undefined) return;
    ahead.push(part);
    let left = part.kind === "part" ? part.records : 0;
    for (const text of lines.slice(1)) {
      if (left <= 0) break;
      const line = read(text);
      ahead.push(line);
      if (line.kind !== "record") continue;
      left -= 1;
      store.put(line.record);
      isEvent(line.record.name);
    }
    isComplete = left <= 0;
  }

  function view(atMs: number): FleetView {
    const ledger = facts && { facts, wallMs: wallMs() };
    return assess(store.records, atMs, { alone: isAlone, intervalMs, ledger });
  }

  function apply(line: RecordedLine): Moved {
    switch (line.kind) {
      case "part":
        nowMs = Math.max(nowMs, line.atMs);
        intervalMs = line.intervalMs;
        facts = undefined;
        operations = undefined;
        return "nothing";
      case "record":
        store.put(line.record);
        return isEvent(line.record.name) ? "event" : "nothing";
      case "event": {
        sampleUntil(line.atMs);
        store.dispatch(line.node, line.event);
        const isPoll = line.event.type === "polled" || line.event.type === "pollFailed";
        if (isEvent(line.node)) return "event";
        return isPoll ? "poll" : "nothing";
      }
      case "facts":
        facts = line.facts;
        return "nothing";
      case "operations":
        operations = line.isMore ? addOperations(operations ?? [], line.operations) : line.operations;
        return "nothing";
      case "interval":
        intervalMs = line.intervalMs;
        return "nothing";
      case "lost":
        lostHere += 1;
        lose(lostHere);
        return "nothing";
      case "foreign":
        return "nothing";
    }
  }

  async function load(to: number, goesOn: boolean): Promise<void> {
    const found = await source.lines(to);
    part = to;
    lines = found.lines;
    done = 0;
    ahead = [];
    read = createLineReader(names);
    if (!goesOn) forget();
    if (!goesOn) nowMs = source.parts[to]?.atMs ?? nowMs;
    timelines.set(to, timeline);
    lostHere = found.isDamaged ? 1 : 0;
    lose(lostHere);
    if (!goesOn) putRecords();
  }

  async function enter(to: number, goesOn: boolean): Promise<void> {
    await load(to, goesOn);
    if (goesOn || to === 0 || isComplete) return;
    // A recording that broke off right behind the beginning of this part.
    await enter(to - 1, false);
    while (step(Number.POSITIVE_INFINITY) !== undefined);
    await load(to, true);
  }

  function step(untilMs: number): Moved | undefined {
    const text = lines[done];
    if (text === undefined) return undefined;
    const [line = read(text)] = ahead;
    if (ahead.length === 0) ahead.push(line);
    const atMs = "atMs" in line ? line.atMs : nowMs;
    if (atMs > untilMs) return undefined;
    nowMs = Math.max(nowMs, atMs);
    ahead.shift();
    done += 1;
    return apply(line);
  }

  return {
    store,
    enter,
    step,
    part: () => part,
    isThrough: () => done >= lines.length,
    done: () => done,
    lost: () => [...lostIn.values()].reduce((sum, count) => sum + count, source.unreadable),
    nowMs: () => nowMs,
    moveTo(to) {
      nowMs = Math.max(nowMs, to);
    },
    wallMs,
    view,
    intervalMs: () => intervalMs,
    operations: () => operations,
    timeline: () => timeline,
    samples: () => samples,
    sample(isOn) {
      isSampling = isOn;
    },
  };
}
