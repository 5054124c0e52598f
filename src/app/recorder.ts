import type { NodeEvent } from "../domain/fleet.ts";
import type { Operation } from "../domain/history.ts";
import type { FleetNode } from "../domain/inventory.ts";
import type { LedgerFacts } from "../domain/ledger.ts";
import { createLineWriter } from "../domain/recording-lines.ts";
import type { Clock } from "./clock.ts";
import type { Store } from "./store.ts";

/** Takes what is recorded, as whole lines. Units: `atMs` monotonic. */
export type RecordingSink = {
  /** The beginning of a part, which is understood without what went before. */
  part(text: string, atMs: number): void;
  /** What follows in that part. */
  lines(text: string): void;
};

/** Writes down everything that happens to a store. */
export type Recorder = {
  /** The store to poll into: what is dispatched there is recorded. */
  readonly store: Store;
  /** The ledger says something new. */
  facts(facts: LedgerFacts | undefined): void;
  /** What is known of earlier operations, the newest first. One that is the same object as before has not changed. */
  operations(operations: readonly Operation[]): void;
  /** One interval for every node from now on. */
  interval(intervalMs: number): void;
  /** Completes what is recorded so far, before it is looked at or ended. */
  settle(): void;
};

/** So much is lost with a damaged line at most, and read again to go back a second. */
export const partMs = 120_000;
/** Wall time that runs this far from the part's own begins a new one: a machine that slept, a clock that was set. */
const driftMs = 1_000;

/** Makes a recorder that hands every line to every sink. A recording that nobody polls into stays empty. */
export function createRecorder(options: {
  readonly nodes: readonly FleetNode[];
  readonly clock: Clock;
  readonly store: Store;
  readonly sinks: readonly RecordingSink[];
}): Recorder {
  const { clock, sinks, store } = options;
  const writer = createLineWriter(options.nodes.map(({ name }) => name));
  let facts: LedgerFacts | undefined;
  let operations: readonly Operation[] | undefined;
  let intervalMs: number | undefined;
  let part: { readonly atMs: number; readonly wallMs: number } | undefined;

  /** Before what happens at this moment is known to the store, as a part begins with what was known until then. */
  function beginPart(atMs: number): void {
    const wallMs = clock.wall();
    if (part !== undefined && atMs - part.atMs < partMs) {
      if (Math.abs(wallMs - part.wallMs - (atMs - part.atMs)) < driftMs) return;
    }
    part = { atMs, wallMs };
    const text = writer.part({ atMs, wallMs, records: store.records, facts, operations, intervalMs });
    for (const sink of sinks) sink.part(text, atMs);
  }

  function write(text: string): void {
    for (const sink of sinks) sink.lines(text);
  }

  return {
    store: {
      ...store,
      dispatch(node, event) {
        beginPart(momentOf(event));
        const before = store.records.get(node);
        store.dispatch(node, event);
        const after = store.records.get(node);
        // What told nothing new is not kept by the store either.
        if (after !== undefined && after !== before) write(writer.event(event, before, after));
      },
    },
    facts(next) {
      facts = next;
      if (part !== undefined) write(writer.facts(next, clock.now()));
    },
    operations(next) {
      operations = next;
      const text = part === undefined ? "" : writer.operations(next, clock.now());
      if (text !== "") write(text);
    },
    interval(next) {
      intervalMs = next;
      if (part !== undefined) write(writer.interval(next, clock.now()));
    },
    settle() {
      if (part !== undefined) write(writer.rest());
    },
  };
}

function momentOf(event: NodeEvent): number {
  return event.type === "polled" ? event.reading.atMs : event.atMs;
}
