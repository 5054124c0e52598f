import { createLineReader } from "../domain/recording-reader.ts";
import type { Clock } from "./clock.ts";
import { createTape, type Moved, type Tape, type TapeSource } from "./tape.ts";

/** What may be asked of a replay. Units: `seek` by milliseconds; the others by one, forwards or back. */
export type ReplayOrder =
  | { readonly do: "play" }
  | { readonly do: "speed"; readonly by: 1 | -1 }
  | { readonly do: "seek"; readonly by: number }
  | { readonly do: "poll"; readonly by: 1 | -1 }
  | { readonly do: "event"; readonly by: 1 | -1 };

/**
 * Where a replay stands.
 * Shape: `isSearching` while it looks for something far away, `isAtEnd` when there is nothing more to play, `lost` counts
 * the lines that could not be read so far. Units: milliseconds; `positionMs` and `lengthMs` from the recording's beginning.
 */
export type ReplayState = {
  readonly isPlaying: boolean;
  readonly isSearching: boolean;
  readonly isAtEnd: boolean;
  readonly speed: number;
  readonly wallMs: number;
  readonly positionMs: number;
  readonly lengthMs: number;
  readonly lost: number;
};

/** Plays a recording into a store, by a time of its own: `tape.nowMs()`. */
export type Replayer = {
  readonly tape: Tape;
  state(): ReplayState;
  /** One after the other; what comes while a search goes on ends that search. */
  obey(order: ReplayOrder): Promise<void>;
  subscribe(listener: () => void): () => void;
  /** Begins to play; returns the stop. */
  start(): () => void;
};

const tickMs = 50;
const speeds: readonly number[] = [0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const isEvent = (moved: Moved) => moved === "event";
const isPoll = (moved: Moved) => moved !== "nothing";

type Spot = { readonly part: number; readonly done: number };

/** Opens the first part and finds the end. Units: `speed` 1 is real time. */
export async function createReplayer(source: TapeSource, clock: Clock, speed: number): Promise<Replayer> {
  const tape = createTape(source);
  const listeners = new Set<() => void>();
  const startMs = source.parts[0]?.atMs ?? 0;
  const lastPart = source.parts.length - 1;
  const endMs = await findEnd(source);
  let factor = speed;
  let isPlaying = true;
  let isSearching = false;
  let isAtEnd = false;
  let tickedMs = clock.now();
  let cancel: (() => void) | undefined;
  /** Counts orders: whoever works for an old one stops. */
  let turn = 0;
  let working: Promise<void> = Promise.resolve();
  await tape.enter(0, false);

  function tell(): void {
    for (const listener of listeners) listener();
  }

  /** Does what comes up to `untilMs`, over the ends of parts, until `stops` says so. False where the end comes first. */
  async function run(untilMs: number, stops: (moved: Moved) => boolean, mine: number): Promise<boolean> {
    for (;;) {
      for (let moved = tape.step(untilMs); moved !== undefined; moved = tape.step(untilMs))
        if (stops(moved)) return true;
      const part = source.parts[tape.part() + 1];
      if (!tape.isThrough() || part === undefined || part.atMs > untilMs || turn !== mine) return false;
      await tape.enter(tape.part() + 1, true);
      tell();
    }
  }

  const never = () => false;

  async function playTo(targetMs: number, mine: number): Promise<void> {
    await run(targetMs, never, mine);
    tape.moveTo(Math.min(targetMs, endMs));
    isAtEnd = tape.nowMs() >= endMs && tape.part() === lastPart;
    if (isAtEnd) isPlaying = false;
  }

  /** The same moment again costs the part before it at most. */
  async function goTo(targetMs: number, mine: number): Promise<void> {
    const atMs = Math.max(startMs, Math.min(endMs, targetMs));
    if (atMs < tape.nowMs()) {
      const part = source.parts.findLastIndex((place) => place.atMs <= atMs);
      await tape.enter(Math.max(0, part), false);
    }
    await playTo(atMs, mine);
  }

  async function goToSpot({ done, part }: Spot): Promise<void> {
    await tape.enter(part, false);
    while (tape.done() < done && tape.step(Number.POSITIVE_INFINITY) !== undefined);
    isAtEnd = false;
  }

  async function findNext(stops: (moved: Moved) => boolean, mine: number): Promise<void> {
    const from = tape.part();
    tape.sample(false);
    const isFound = await run(Number.POSITIVE_INFINITY, stops, mine);
    tape.sample(true);
    if (!isFound) isAtEnd = tape.part() === lastPart && tape.isThrough();
    // What was run through without samples is run through again, from the beginning of where it ended.
    if (tape.part() !== from && turn === mine) await goToSpot({ part: tape.part(), done: tape.done() });
  }

  /** The last such line before this one, looked for part by part from here to the beginning. */
  async function findBefore(stops: (moved: Moved) => boolean, mine: number): Promise<void> {
    const here: Spot = { part: tape.part(), done: tape.done() };
    tape.sample(false);
    let found: Spot | undefined;
    for (let part = here.part; part >= 0 && found === undefined && turn === mine; part -= 1) {
      await tape.enter(part, false);
      const limit = part === here.part ? here.done - 1 : Number.POSITIVE_INFINITY;
      for (;;) {
        const moved = tape.done() < limit ? tape.step(Number.POSITIVE_INFINITY) : undefined;
        if (moved === undefined) break;
        if (stops(moved)) found = { part, done: tape.done() };
      }
      tell();
    }
    tape.sample(true);
    await goToSpot(found ?? (turn === mine ? { part: 0, done: 1 } : here));
  }

  async function search(order: ReplayOrder, mine: number): Promise<void> {
    isSearching = true;
    if (order.do === "seek") await goTo(tape.nowMs() + order.by, mine);
    else if (order.do === "poll" || order.do === "event") {
      isPlaying = false;
      const stops = order.do === "poll" ? isPoll : isEvent;
      await (order.by === 1 ? findNext(stops, mine) : findBefore(stops, mine));
    }
    isSearching = false;
    tickedMs = clock.now();
  }

  async function obey(order: ReplayOrder): Promise<void> {
    if (order.do === "speed") {
      const faster = order.by === 1 ? speeds.find((some) => some > factor) : speeds.findLast((some) => some < factor);
      factor = faster ?? factor;
    } else if (order.do === "play" && isSearching) {
      // Enough: it stays where the search has come to.
      turn += 1;
    } else if (order.do === "play") {
      isPlaying = !isPlaying;
      if (isPlaying && isAtEnd) await queue((mine) => goTo(startMs, mine));
      tickedMs = clock.now();
    } else await queue((mine) => search(order, mine));
    tell();
  }

  function queue(work: (mine: number) => Promise<void>): Promise<void> {
    turn += 1;
    const mine = turn;
    working = working.then(() => work(mine));
    return working;
  }

  async function tick(): Promise<void> {
    const nowMs = clock.now();
    // A program that was suspended has not been watching.
    const passedMs = Math.min(nowMs - tickedMs, 10 * tickMs);
    tickedMs = nowMs;
    if (isPlaying && !isSearching) {
      const mine = turn;
      await playTo(tape.nowMs() + passedMs * factor, mine);
      tell();
    }
  }

  function next(): void {
    cancel = clock.after(tickMs, () => {
      working = working.then(tick);
      void working.then(() => {
        if (cancel !== undefined) next();
      });
    });
  }

  return {
    tape,
    state: () => ({
      ...{ isPlaying, isSearching, isAtEnd, speed: factor },
      wallMs: tape.wallMs(),
      positionMs: tape.nowMs() - startMs,
      lengthMs: endMs - startMs,
      lost: tape.lost(),
    }),
    obey,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    start() {
      tickedMs = clock.now();
      next();
      return () => {
        cancel?.();
        cancel = undefined;
        turn += 1;
      };
    },
  };
}

/** When the last line of the last part was written. */
async function findEnd({ head, lines, parts }: TapeSource): Promise<number> {
  const last = parts.length - 1;
  const read = createLineReader(head.fleet.nodes.map(({ name }) => name));
  let endMs = parts[last]?.atMs ?? 0;
  for (const text of (await lines(last)).lines) {
    const line = read(text);
    if ("atMs" in line) endMs = Math.max(endMs, line.atMs);
  }
  return endMs;
}
