import fc from "fast-check";
import { emptyRecord, type NodeEvent, type NodeRecord, reduceNode } from "../../src/domain/fleet.ts";
import { createLineWriter } from "../../src/domain/recording-lines.ts";
import { createLineReader, type RecordedLine } from "../../src/domain/recording-reader.ts";
import type { StatsRow } from "../../src/domain/stats.ts";
import { parseStatus, plainStatus } from "../../src/domain/status.ts";
import { aRow } from "./fleet-view.ts";

/** What happens to one node, `ms` after what happened before it. */
export type Happening = { readonly node: number; readonly ms: number; readonly what: What };

type What =
  | { readonly kind: "page"; readonly rows: readonly StatsRow[]; readonly source: "stats" | "metrics" }
  | { readonly kind: "failure"; readonly detail: string }
  | { readonly kind: "process"; readonly version: string | undefined; readonly started: number | undefined }
  | { readonly kind: "gap" }
  | { readonly kind: "part" };

const count = fc.option(fc.oneof(fc.nat(5), fc.nat(), fc.constant(2 ** 60), fc.constant(0.25)), { nil: undefined });
const text = fc.option(fc.constantFrom("L7OK", 'a "quoted" text', "Größe ✓", ""), { nil: undefined });
const row = fc
  .record({
    name: fc.constantFrom("master-1", "master-2", "BACKEND"),
    type: fc.constantFrom("server", "backend"),
    status: fc.constantFrom("UP", "DOWN 1/2", "no check", "MAINT (via a/b)", "what is this"),
    sessions: count,
    sessionsTotal: count,
    bytesIn: count,
    sinceChangeSeconds: count,
    downtimeSeconds: count,
    lastSessionSeconds: count,
    checkDurationMs: count,
    checkStatus: text,
    lastCheckText: text,
    checkRunning: fc.boolean(),
  })
  .map(({ status, type, ...part }): StatsRow => {
    return aRow({ ...part, type, status: type === "server" ? parseStatus(status) : plainStatus(status) });
  });

const what: fc.Arbitrary<What> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("page"),
      rows: fc.array(row, { maxLength: 3 }),
      source: fc.constantFrom("stats", "metrics"),
    }),
  },
  fc.record({ kind: fc.constant("failure"), detail: fc.constantFrom("connection refused", "no answer in time") }),
  fc.record({
    kind: fc.constant("process"),
    version: fc.constantFrom("2.6.12", undefined),
    started: fc.constantFrom(1, 2, undefined),
  }),
  fc.constant({ kind: "gap" } as const),
  fc.constant({ kind: "part" } as const),
);

/** Anything that can happen to nine nodes, rows that go on as real ones do among it. */
export const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.record({ node: fc.nat(8), ms: fc.oneof(fc.nat(100), fc.nat(10_000)), what }),
  { maxLength: 60 },
);

export const names: readonly string[] = Array.from({ length: 9 }, (_, i) => `node0${i + 1}`);

/** A recording of what happened: its text, and what was known of the nodes after each of its lines. */
export function recordingOf(happened: readonly Happening[]): {
  readonly text: string;
  readonly records: ReadonlyMap<string, NodeRecord>;
} {
  const writer = createLineWriter(names);
  const records = new Map<string, NodeRecord>();
  let atMs = 5_000;
  const part = () =>
    writer.part({
      ...{ atMs, wallMs: 1_700_000_000_000 + atMs, records },
      ...{ facts: undefined, operations: undefined, intervalMs: undefined },
    });
  let text = part();
  for (const { ms, node, what } of happened) {
    atMs += ms;
    if (what.kind === "part") {
      text += writer.rest() + part();
      continue;
    }
    const name = names[node] ?? "";
    const event = eventOf(what, atMs);
    const before = records.get(name);
    const after = reduceNode(before ?? emptyRecord(name), event);
    records.set(name, after);
    text += writer.event(event, before, after);
  }
  return { text: text + writer.rest(), records };
}

function eventOf(what: Exclude<What, { kind: "part" }>, atMs: number): NodeEvent {
  switch (what.kind) {
    case "page":
      return { type: "polled", reading: { source: what.source, rows: what.rows, atMs, durationMs: 3 } };
    case "failure":
      return { type: "pollFailed", failure: { kind: "unreachable", detail: what.detail, statusCode: undefined }, atMs };
    case "process":
      return {
        type: "identified",
        process: { version: what.version, nodeName: undefined, startedAtSeconds: what.started },
        atMs,
      };
    case "gap":
      return { type: "gap", atMs };
  }
}

/** What a reader of these lines knows of the nodes at the end. */
export function readBack(
  text: string,
  from: readonly string[] = names,
): {
  readonly records: ReadonlyMap<string, NodeRecord>;
  readonly lines: readonly RecordedLine[];
} {
  const read = createLineReader(from);
  const records = new Map<string, NodeRecord>();
  const lines = text.split("\n").slice(0, -1).map(read);
  for (const line of lines) {
    if (line.kind === "record") records.set(line.record.name, line.record);
    if (line.kind === "event") {
      records.set(line.node, reduceNode(records.get(line.node) ?? emptyRecord(line.node), line.event));
    }
  }
  return { records, lines };
}
