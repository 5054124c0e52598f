import type { FailureKind, PollFailure } from "./failure.ts";
import type { FailureRecord, NodeEvent, NodeRecord, Reading } from "./fleet.ts";
import type { Operation } from "./history.ts";
import type { LedgerFacts } from "./ledger.ts";
import { readLedger } from "./recording-ledger.ts";
import { readOperations } from "./recording-operations.ts";
import { PageTrack, readRows } from "./recording-page.ts";
import { type Fields, isObject, isTextOrNone, isUnixMs, isWhole, parseJson } from "./recording-values.ts";
import type { ProcessInfo, Source } from "./stats.ts";
import { cleanText } from "./text.ts";

/**
 * A line read. `record` is a node as it was known where the part began; `part` says how many of them follow, each before the
 * node's first event. `lost`: not to be understood, or it tells of a
 * change to a page that was lost with a line before it. `foreign`: of a kind that this version does not know.
 */
export type RecordedLine =
  | {
      readonly kind: "part";
      readonly atMs: number;
      readonly wallMs: number;
      readonly intervalMs: number | undefined;
      readonly records: number;
    }
  | { readonly kind: "record"; readonly record: NodeRecord }
  | { readonly kind: "event"; readonly node: string; readonly event: NodeEvent; readonly atMs: number }
  | { readonly kind: "facts"; readonly facts: LedgerFacts | undefined; readonly atMs: number }
  | {
      readonly kind: "operations";
      /** The newest first. */
      readonly operations: readonly Operation[];
      /** Whether those known before go on beside them, each in its place. */
      readonly isMore: boolean;
      readonly atMs: number;
    }
  | { readonly kind: "interval"; readonly intervalMs: number; readonly atMs: number }
  | { readonly kind: "lost" }
  | { readonly kind: "foreign" };

/** Reads line after line of a part, the part's first line first. Never throws; all texts are cleaned. */
export type LineReader = (line: string) => RecordedLine;

const lost: RecordedLine = { kind: "lost" };

/** Makes a reader of the lines that `createLineWriter` writes for the same names. */
export function createLineReader(names: readonly string[]): LineReader {
  const tracks = new Map<string, { readonly source: Source; readonly track: PageTrack }>();
  let lastMs: number | undefined;
  let partMs = 0;

  /** A line that is lost may have been any node's, so what follows it cannot be trusted before the next whole page. */
  function lose(): RecordedLine {
    tracks.clear();
    return lost;
  }

  function readPart({ intervalMs, part, records, wall }: Fields): RecordedLine {
    tracks.clear();
    lastMs = undefined;
    if (!isMoment(part) || !isUnixMs(wall) || !isIntervalOrNone(intervalMs) || !isWhole(records)) return lost;
    lastMs = part;
    partMs = part;
    return { kind: "part", atMs: part, wallMs: wall, intervalMs, records };
  }

  function readChange(fields: readonly unknown[]): RecordedLine {
    const [node, dt, ms, numbers = "", others] = fields;
    const name = nameOf(node);
    if (name === undefined || !isMoment(dt) || !isWhole(ms) || lastMs === undefined) return lose();
    lastMs += dt;
    const before = tracks.get(name);
    if (before === undefined) return lost;
    const rows = before.track.read([numbers, others], lastMs);
    if (rows === undefined) return lose();
    const reading: Reading = { source: before.source, rows, atMs: lastMs, durationMs: ms };
    return { kind: "event", node: name, atMs: lastMs, event: { type: "polled", reading } };
  }

  function readPage(name: string, fields: Fields, atMs: number): RecordedLine {
    const reading = readReading(fields, atMs);
    if (reading === undefined) return lose();
    track(name, reading);
    return { kind: "event", node: name, atMs, event: { type: "polled", reading } };
  }

  function track(name: string, { atMs, rows, source }: Reading): void {
    tracks.set(name, { source, track: new PageTrack(rows, atMs) });
  }

  function readRecord(fields: Fields): RecordedLine {
    const name = nameOf(fields["record"]);
    if (name === undefined) return lose();
    const agoOf = (ago: unknown) => (isMoment(ago) ? partMs - ago : undefined);
    const previous = readOptional(fields["previous"], (value) => readAgo(value, partMs));
    const good = readOptional(fields["good"], (value) => readGood(name, value, previous));
    const failure = readOptional(fields["failure"], (value) => readFailureRecord(value, partMs));
    const process = readOptional(fields["process"], readProcess);
    if ([previous, good, failure, process].includes(false)) return lose();
    return {
      kind: "record",
      record: {
        name,
        good: good || undefined,
        previous: previous || undefined,
        failure: failure || undefined,
        process: process || undefined,
        restartedAtMs: agoOf(fields["restarted"]),
        gapAtMs: agoOf(fields["gap"]),
      },
    };
  }

  function readGood(name: string, value: Fields, previous: Reading | false | undefined): Reading | undefined {
    if (value["change"] === undefined) {
      const whole = readAgo(value, partMs);
      if (whole !== undefined) track(name, whole);
      return whole;
    }
    const { ago, change, ms } = value;
    if (previous === undefined || previous === false || !isMoment(ago) || !isWhole(ms)) return undefined;
    track(name, previous);
    const rows = tracks.get(name)?.track.read(change, partMs - ago);
    return rows && { source: previous.source, rows, atMs: partMs - ago, durationMs: ms };
  }

  function nameOf(node: unknown): string | undefined {
    return isWhole(node) ? names[node] : undefined;
  }

  return (line) => {
    const value = parseJson(line);
    if (Array.isArray(value)) return readChange(value);
    if (!isObject(value)) return lose();
    if ("part" in value) return readPart(value);
    if (lastMs === undefined) return lost;
    if ("record" in value) return readRecord(value);
    const { dt } = value;
    if (!isMoment(dt)) return lose();
    lastMs += dt;
    const atMs = lastMs;
    if ("ledger" in value) {
      const facts = value["ledger"] === null ? undefined : readLedger(value["ledger"]);
      return facts === undefined && value["ledger"] !== null ? lost : { kind: "facts", facts, atMs };
    }
    if ("operations" in value || "operated" in value) {
      const operations = readOperations(value["operations"] ?? value["operated"], names);
      return operations ? { kind: "operations", operations, isMore: "operated" in value, atMs } : lost;
    }
    if ("intervalMs" in value) {
      const { intervalMs } = value;
      return isInterval(intervalMs) ? { kind: "interval", intervalMs, atMs } : lost;
    }
    const name = nameOf(value["page"] ?? value["failed"] ?? value["process"] ?? value["gap"]);
    if (name === undefined) return { kind: "foreign" };
    if ("page" in value) return readPage(name, value, atMs);
    const event = readEvent(value, atMs);
    return event === undefined ? lost : { kind: "event", node: name, atMs, event };
  };
}

function readEvent(value: Fields, atMs: number): NodeEvent | undefined {
  if ("gap" in value) return { type: "gap", atMs };
  if ("failed" in value) {
    const failure = readFailure(value);
    return failure && { type: "pollFailed", failure, atMs };
  }
  const process = readProcess(value);
  return process && { type: "identified", process, atMs };
}

/** `undefined` for what is not there, `false` for what is there and cannot be read. */
function readOptional<Part>(value: unknown, read: (fields: Fields) => Part | undefined): Part | false | undefined {
  if (value === undefined) return undefined;
  return (isObject(value) ? read(value) : undefined) ?? false;
}

function readAgo(value: Fields, partMs: number): Reading | undefined {
  return isMoment(value["ago"]) ? readReading(value, partMs - value["ago"]) : undefined;
}

function readReading({ ms, rows, source }: Fields, atMs: number): Reading | undefined {
  const read = readRows(rows);
  if (read === undefined || !isWhole(ms) || (source !== "stats" && source !== "metrics")) return undefined;
  return { source, rows: read, atMs, durationMs: ms };
}

function readFailureRecord(value: Fields, partMs: number): FailureRecord | undefined {
  const { ago, count, since } = value;
  const failure = readFailure(value);
  if (failure === undefined || !isMoment(ago) || !isMoment(since) || !isWhole(count)) return undefined;
  return { failure, atMs: partMs - ago, sinceMs: partMs - since, count };
}

function readFailure({ code, detail, kind }: Fields): PollFailure | undefined {
  if (typeof detail !== "string" || !isKind(kind) || !(code === undefined || isWhole(code))) return undefined;
  return { kind, detail: cleanText(detail), statusCode: code };
}

function readProcess({ nodeName, startedAt, version }: Fields): ProcessInfo | undefined {
  if (!isTextOrNone(version) || !isTextOrNone(nodeName)) return undefined;
  if (!(startedAt === undefined || (typeof startedAt === "number" && Number.isFinite(startedAt)))) return undefined;
  return { version: cleaned(version), nodeName: cleaned(nodeName), startedAtSeconds: startedAt };
}

function cleaned(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cleanText(text);
}

const kinds: Readonly<Record<FailureKind, true>> = {
  unreachable: true,
  timeout: true,
  unauthorized: true,
  forbidden: true,
  tls: true,
  "http-status": true,
  "too-large": true,
  "not-stats": true,
  dns: true,
};

function isKind(value: unknown): value is FailureKind {
  return typeof value === "string" && Object.hasOwn(kinds, value);
}

/** Some years of milliseconds either way: more is none of ours, and sums of it would lose their last digits. */
function isMoment(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && Math.abs(value) < 2 ** 43;
}

function isInterval(value: unknown): value is number {
  return isWhole(value) && value > 0;
}

function isIntervalOrNone(value: unknown): value is number | undefined {
  return value === undefined || isInterval(value);
}
