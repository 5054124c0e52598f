import type { PollFailure } from "./failure.ts";
import { findRow, hasSteppedBack } from "./restart.ts";
import type { Page, ProcessInfo, StatsRow } from "./stats.ts";

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

/**
 * The record after an event. A failure keeps the last good answer, a success keeps the last failure.
 * Shape: the same object when the event tells nothing new.
 */
export function reduceNode(record: NodeRecord, event: NodeEvent): NodeRecord {
  switch (event.type) {
    case "polled":
      return polled(record, event.reading);
    case "pollFailed":
      return { ...record, failure: failed(record, event.failure, event.atMs) };
    case "identified":
      return identified(record, event.process, event.atMs);
    case "gap":
      return { ...record, previous: undefined, gapAtMs: event.atMs };
  }
}

function polled(record: NodeRecord, reading: Reading): NodeRecord {
  const before = record.good;
  if (before === undefined) return { ...record, good: reading, previous: undefined };
  const good = { ...reading, rows: reading.rows.map((row, index) => keepFinishedCheck(row, before.rows, index)) };
  if (hasSteppedBack(before.rows, good.rows)) {
    return { ...record, good, previous: undefined, restartedAtMs: reading.atMs };
  }
  const interruptedAtMs = Math.max(record.failure?.atMs ?? 0, record.gapAtMs ?? 0);
  return { ...record, good, previous: interruptedAtMs > before.atMs ? undefined : before };
}

/** While a check runs HAProxy shows its last word only: code and text of that check stand in the row before. */
function keepFinishedCheck(row: StatsRow, before: readonly StatsRow[], index: number): StatsRow {
  if (!row.checkRunning) return row;
  const earlier = findRow(before, row, index);
  if (earlier === undefined || earlier.checkStatus !== row.checkStatus) return row;
  return {
    ...row,
    checkCode: earlier.checkCode,
    checkDurationMs: earlier.checkDurationMs,
    lastCheckText: earlier.lastCheckText,
  };
}

function failed(record: NodeRecord, failure: PollFailure, atMs: number): FailureRecord {
  const last = record.failure;
  const goesOn = last !== undefined && !(record.good !== undefined && record.good.atMs > last.atMs);
  return { failure, atMs, sinceMs: goesOn ? last.sinceMs : atMs, count: goesOn ? last.count + 1 : 1 };
}

/**
 * A start time that moved is a restart. One that stayed takes back a restart that this very reading's counters
 * suggested: somebody cleared them.
 */
function identified(record: NodeRecord, process: ProcessInfo, atMs: number): NodeRecord {
  const before = record.process;
  const known = before?.startedAtSeconds;
  const started = process.startedAtSeconds;
  if (known !== undefined && started !== undefined && known !== started) {
    return { ...record, process, previous: undefined, restartedAtMs: atMs };
  }
  const isCleared = known !== undefined && known === started && record.restartedAtMs === record.good?.atMs;
  const restartedAtMs = isCleared ? undefined : record.restartedAtMs;
  const isNews = before?.version !== process.version || before?.nodeName !== process.nodeName || known !== started;
  if (!isNews && restartedAtMs === record.restartedAtMs) return record;
  return { ...record, process, restartedAtMs };
}
