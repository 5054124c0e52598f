import { createRecorder, type Recorder, type RecordingSink } from "../../src/app/recorder.ts";
import { createStore, type Store } from "../../src/app/store.ts";
import type { TapeSource } from "../../src/app/tape.ts";
import type { StatsRow } from "../../src/domain/stats.ts";
import { fleetOf } from "./fleet.ts";
import { aRow, aStatus } from "./fleet-view.ts";
import { createHandClock, type HandClock } from "./hand-clock.ts";

/** A recording that a test makes poll by poll, and holds in memory. */
export type Reel = {
  readonly clock: HandClock;
  readonly store: Store;
  readonly recorder: Recorder;
  readonly texts: string[][];
  /** Every node answers now with these states of the three masters. */
  poll(...states: readonly string[]): void;
  source(): TapeSource;
};

const fleet = fleetOf({ nodes: 2 });

/** Two nodes and three masters. */
export function createReel(): Reel {
  const clock = createHandClock();
  const texts: string[][] = [];
  const starts: { atMs: number; wallMs: number }[] = [];
  const sink: RecordingSink = {
    part(text, atMs) {
      texts.push(text.split("\n").slice(0, -1));
      starts.push({ atMs, wallMs: clock.wall() });
    },
    lines: (text) => texts.at(-1)?.push(...text.split("\n").slice(0, -1)),
  };
  const recorder = createRecorder({ nodes: fleet.nodes, clock, store: createStore(), sinks: [sink] });
  const { store } = recorder;
  return {
    clock,
    store,
    recorder,
    texts,
    poll(...states) {
      const rows = states.map(
        (state, index): StatsRow =>
          aRow({ proxy: fleet.backend, name: `master-${index + 1}`, status: aStatus(state), sessions: clock.now() }),
      );
      for (const { name } of fleet.nodes) {
        store.dispatch(name, { type: "polled", reading: { source: "stats", rows, atMs: clock.now(), durationMs: 1 } });
      }
    },
    source: () => ({
      head: { fleet, isAlone: false, wallMs: 0 },
      parts: starts,
      unreadable: 0,
      lines: (part) => Promise.resolve({ lines: texts[part] ?? [], isDamaged: false }),
    }),
  };
}
