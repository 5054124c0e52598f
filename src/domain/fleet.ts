import type { PollFailure } from "./failure.ts";
import type { Page, ProcessInfo } from "./stats.ts";

/**
 * A good answer with its time.
 * Units: `atMs` is monotonic (see `app/clock.ts`), `durationMs` the whole exchange.
 */
export type Reading = Page & { readonly atMs: number; readonly durationMs: number };

/**
 * All that is remembered of one node: the last good answer and the last failure side by side, each with its time.
 * `previous` is the good answer before `good`, only where a rate may be computed over the two (no gap, no restart).
 * `failure` is the latest failure, kept after a success too; it stands while `failure.atMs > good.atMs`.
 * `restartedAtMs` is when this console saw that the process had been replaced.
 */
export type NodeRecord = {
  readonly name: string;
  readonly good: Reading | undefined;
  readonly previous: Reading | undefined;
  readonly failure: FailureRecord | undefined;
  readonly process: ProcessInfo | undefined;
  readonly restartedAtMs: number | undefined;
  /** When this console found that it had been asleep or stopped: what was known before is of unknown age. */
  readonly gapAtMs: number | undefined;
};

/** `sinceMs` is the first, `atMs` the last of `count` failures in a row. Monotonic. */
export type FailureRecord = {
  readonly failure: PollFailure;
  readonly atMs: number;
  readonly sinceMs: number;
  readonly count: number;
};

/** What can happen to a node's record. */
export type NodeEvent =
  | { readonly type: "polled"; readonly reading: Reading }
  | { readonly type: "pollFailed"; readonly failure: PollFailure; readonly atMs: number }
  | { readonly type: "identified"; readonly process: ProcessInfo; readonly atMs: number }
  | { readonly type: "gap"; readonly atMs: number };

/** A node of which nothing is known yet. */
export function emptyRecord(name: string): NodeRecord {
  return {
    name,
    good: undefined,
    previous: undefined,
    failure: undefined,
    process: undefined,
    restartedAtMs: undefined,
    gapAtMs: undefined,
  };
}

/** The record after an event. A failure keeps the last good answer, a success keeps the last failure. */
export function reduceNode(record: NodeRecord, event: NodeEvent): NodeRecord {
  switch (event.type) {
    case "polled":
      return { ...record, previous: record.good, good: event.reading };
    case "pollFailed": {
      const last = record.failure;
      const goesOn = last !== undefined && !(record.good !== undefined && record.good.atMs > last.atMs);
      return {
        ...record,
        failure: {
          failure: event.failure,
          atMs: event.atMs,
          sinceMs: goesOn ? last.sinceMs : event.atMs,
          count: goesOn ? last.count + 1 : 1,
        },
      };
    }
    case "identified":
      return { ...record, process: event.process };
    case "gap":
      return { ...record, previous: undefined, gapAtMs: event.atMs };
  }
}
