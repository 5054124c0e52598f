import type { FailureRecord, NodeEvent, NodeRecord, Reading } from "./fleet.ts";
import type { Operation } from "./history.ts";
import type { LedgerFacts } from "./ledger.ts";
import { writeLedger } from "./recording-ledger.ts";
import { writeOperations } from "./recording-operations.ts";
import { PageTrack, writeRows } from "./recording-page.ts";
import type { ProcessInfo, Source } from "./stats.ts";

/** Where a part begins, and what is known there. Units: `atMs` monotonic, `wallMs` Unix time of the same moment. */
export type PartStart = {
  readonly atMs: number;
  readonly wallMs: number;
  /** Looked at until every one of them is written, so it must go on as the events do. */
  readonly records: ReadonlyMap<string, NodeRecord>;
  readonly facts: LedgerFacts | undefined;
  /** The newest first; `undefined` where they are not known. */
  readonly operations: readonly Operation[] | undefined;
  /** The interval in force where it was changed for all nodes. */
  readonly intervalMs: number | undefined;
};

/** Writes the lines behind the first one; each call gives whole lines. Units: `atMs` monotonic. */
export type LineWriter = {
  /**
   * The beginning of what can be understood without anything that went before. Begin with one. What is known of the nodes
   * follows with the next events, some at a time, as all at once would halt a large fleet; of each node before its first event.
   */
  part(start: PartStart): string;
  /** `before` and `after` are the node's record before the event and after it. */
  event(event: NodeEvent, before: NodeRecord | undefined, after: NodeRecord): string;
  /** What was known where the part began and has not been written yet. */
  rest(): string;
  facts(facts: LedgerFacts | undefined, atMs: number): string;
  /** Those that differ from what was written last; nothing where none does. */
  operations(operations: readonly Operation[], atMs: number): string;
  interval(intervalMs: number, atMs: number): string;
};

/** So many nodes' records are written with each event while some are left. */
const recordsAtOnce = 4;

/** How each part begins, in the bytes of the file. */
export const partMark = '{"part":';

/**
 * Makes the writer of a recording's lines (`recording-reader.ts` reads them).
 * Shape: nodes stand by their place among `names`. Times are whole milliseconds, each since the line before it (`dt`), in a
 * part's records before the part's own (`ago`). A page is written by what could not be foreseen of it, as an array:
 * [node, dt, ms, change]; all else is an object whose first key says what it is.
 */
export function createLineWriter(names: readonly string[]): LineWriter {
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const known = new Set(names);
  const tracks = new Map<string, { readonly source: Source; readonly track: PageTrack }>();
  let lastMs = 0;
  let partMs = 0;
  let waiting: readonly string[] = [];
  let isWritten = new Set<string>();
  let records: PartStart["records"] = new Map();
  /** What of the operations a reader of this part knows by now. */
  let told: readonly Operation[] = [];

  function since(atMs: number): number {
    const at = Math.round(atMs);
    const dt = at - lastMs;
    lastMs = at;
    return dt;
  }

  function page(name: string, node: number, { atMs, durationMs, rows, source }: Reading): string {
    const dt = since(atMs);
    const ms = Math.round(durationMs);
    const before = tracks.get(name);
    const change = before?.source === source ? before.track.write(rows, lastMs) : undefined;
    if (change === undefined) {
      tracks.set(name, { source, track: new PageTrack(rows, lastMs) });
      return line({ page: node, dt, ms, source, rows: writeRows(rows) });
    }
    const [numbers, others] = change;
    // Spelled out for the usual case; numbers need no escapes.
    if (others === undefined)
      return numbers === "" ? `[${node},${dt},${ms}]\n` : `[${node},${dt},${ms},"${numbers}"]\n`;
    return line([node, dt, ms, numbers, others]);
  }

  function record(
    node: number,
    { failure, gapAtMs, good, name, previous, process, restartedAtMs }: NodeRecord,
  ): string {
    return line({
      record: node,
      previous: previous && wholeReading(previous),
      good: good && goodAfter(name, previous, good),
      failure: failure && wholeFailure(failure),
      process: process && wholeProcess(process),
      restarted: agoOf(restartedAtMs),
      gap: agoOf(gapAtMs),
    });
  }

  function goodAfter(name: string, previous: Reading | undefined, good: Reading): object {
    const { atMs, durationMs, rows, source } = good;
    const at = Math.round(atMs);
    if (previous?.source === source) {
      const track = new PageTrack(previous.rows, Math.round(previous.atMs));
      const change = track.write(rows, at);
      tracks.set(name, { source, track });
      if (change !== undefined) return { ago: agoOf(atMs), ms: Math.round(durationMs), change };
    }
    tracks.set(name, { source, track: new PageTrack(rows, at) });
    return wholeReading(good);
  }

  function wholeReading({ atMs, durationMs, rows, source }: Reading): object {
    return { ago: agoOf(atMs), ms: Math.round(durationMs), source, rows: writeRows(rows) };
  }

  function wholeFailure({ atMs, count, failure, sinceMs }: FailureRecord): object {
    const { detail, kind, statusCode } = failure;
    return { kind, detail, code: statusCode, ago: agoOf(atMs), since: agoOf(sinceMs), count };
  }

  function agoOf(atMs: number | undefined): number | undefined {
    return atMs === undefined ? undefined : partMs - Math.round(atMs);
  }

  function happening(event: NodeEvent, node: number, after: NodeRecord): string {
    switch (event.type) {
      case "polled":
        // As the record keeps it: with what a running check hides filled in, which is one thing less that changes.
        return page(after.name, node, after.good ?? event.reading);
      case "pollFailed": {
        const { detail, kind, statusCode } = event.failure;
        return line({ failed: node, dt: since(event.atMs), kind, detail, code: statusCode });
      }
      case "identified":
        return line({ process: node, dt: since(event.atMs), ...wholeProcess(event.process) });
      case "gap":
        return line({ gap: node, dt: since(event.atMs) });
    }
  }

  /** The records of so many nodes that are still to be written. */
  function next(count: number): string {
    const some = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return some.reduce((text, name) => text + recordOnce(name, records.get(name)), "");
  }

  function recordOnce(name: string, known: NodeRecord | undefined): string {
    const node = placeOf.get(name);
    if (node === undefined || known === undefined || isWritten.has(name)) return "";
    isWritten.add(name);
    return record(node, known);
  }

  return {
    part(start) {
      const { atMs, facts, intervalMs, operations, wallMs } = start;
      lastMs = Math.round(atMs);
      partMs = lastMs;
      tracks.clear();
      records = start.records;
      waiting = names.filter((name) => records.has(name));
      isWritten = new Set();
      const head = line({ part: partMs, wall: Math.round(wallMs), intervalMs, records: waiting.length });
      const ledger = facts === undefined ? "" : line({ ledger: writeLedger(facts, known), dt: 0 });
      told = operations ?? [];
      const past = operations === undefined ? "" : line({ operations: writeOperations(operations, placeOf), dt: 0 });
      return head + ledger + past;
    },
    event(event, before, after) {
      const node = placeOf.get(after.name);
      if (node === undefined) return "";
      if (waiting.length === 0) return happening(event, node, after);
      const own = before === undefined ? "" : recordOnce(after.name, before);
      isWritten.add(after.name);
      return own + next(recordsAtOnce) + happening(event, node, after);
    },
    rest: () => next(names.length),
    facts: (facts, atMs) => line({ ledger: facts === undefined ? null : writeLedger(facts, known), dt: since(atMs) }),
    operations(operations, atMs) {
      const before = new Set(told);
      const next = new Set(operations.map(({ begun }) => begun.id));
      // A ledger grows at its end. Where one that was known is gone, it is another ledger, or had no room.
      const isMore = told.length > 0 && told.every(({ begun }) => next.has(begun.id));
      const news = isMore ? operations.filter((operation) => !before.has(operation)) : operations;
      if (isMore && news.length === 0) return "";
      told = operations;
      return line({ [isMore ? "operated" : "operations"]: writeOperations(news, placeOf), dt: since(atMs) });
    },
    interval: (intervalMs, atMs) => line({ intervalMs, dt: since(atMs) }),
  };
}

function wholeProcess({ nodeName, startedAtSeconds, version }: ProcessInfo): object {
  return { version, nodeName, startedAt: startedAtSeconds };
}

/** `undefined` leaves its key out. */
function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
