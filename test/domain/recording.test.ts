import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NodeRecord } from "../../src/domain/fleet.ts";
import { fields, hasSameOthers, numberFields, otherFields, putNumbers } from "../../src/domain/recording-fields.ts";
import { createLineWriter } from "../../src/domain/recording-lines.ts";
import { createLineReader } from "../../src/domain/recording-reader.ts";
import { aRow, aStatus } from "../support/fleet-view.ts";
import { happenings, names, readBack, recordingOf } from "../support/recording.ts";

const page = (atMs: number, part: Parameters<typeof aRow>[0] = {}): NodeRecord => ({
  name: "node01",
  good: { source: "stats", rows: [aRow(part)], atMs, durationMs: 4 },
  previous: undefined,
  failure: undefined,
  process: undefined,
  restartedAtMs: undefined,
  gapAtMs: undefined,
});

/** The lines of a node that shows one page after the other, each two seconds after the one before. */
function linesOf(...parts: readonly Parameters<typeof aRow>[0][]): readonly string[] {
  const writer = createLineWriter(["node01"]);
  const start = {
    atMs: 0,
    wallMs: 0,
    records: new Map(),
    facts: undefined,
    operations: undefined,
    intervalMs: undefined,
  };
  const lines = parts.map((part, turn) => {
    const after = page(turn * 2_000, part);
    if (after.good === undefined) return "";
    return writer.event({ type: "polled", reading: after.good }, undefined, after).trimEnd();
  });
  return [writer.part(start).trimEnd(), ...lines];
}

describe("a recording's lines", () => {
  it("give back every record that led to them", () => {
    fc.assert(
      fc.property(happenings, (happened) => {
        const { records, text } = recordingOf(happened);
        expect(readBack(text).records).toEqual(records);
      }),
    );
  });

  it("give back the same from the beginning of any part", () => {
    fc.assert(
      fc.property(happenings, (happened) => {
        const { records, text } = recordingOf(happened);
        const starts = [...text.matchAll(/^\{"part"/gm)].map(({ index }) => index);
        for (const start of starts) expect(readBack(text.slice(start)).records).toEqual(records);
      }),
    );
  });

  it("hold nothing of a page that could be foreseen", () => {
    const quiet = { sinceChangeSeconds: 10, lastSessionSeconds: 5 };
    expect(
      linesOf(
        quiet,
        { sinceChangeSeconds: 12, lastSessionSeconds: 7 },
        { sinceChangeSeconds: 14, lastSessionSeconds: 0, sessions: 5, sessionsTotal: 121 },
        { sinceChangeSeconds: 16, lastSessionSeconds: 2, sessions: 5, sessionsTotal: 121, checkStatus: "L4TOUT" },
      ).slice(2),
    ).toEqual(["[0,2000,4]", '[0,2000,4,"0g1i1x0"]', '[0,2000,4,"",{"0":{"A":"L4TOUT"}}]']);
  });

  it("are read up to the last whole line, wherever the text ends", () => {
    const { text } = recordingOf([
      { node: 0, ms: 10, what: { kind: "page", rows: [aRow()], source: "stats" } },
      { node: 1, ms: 10, what: { kind: "failure", detail: "connection refused" } },
      { node: 0, ms: 2_000, what: { kind: "page", rows: [aRow({ sessions: 5 })], source: "stats" } },
      { node: 2, ms: 1, what: { kind: "gap" } },
    ]);
    const whole = readBack(text).lines;
    for (let end = 0; end <= text.length; end += 1) {
      const { lines } = readBack(text.slice(0, end));
      expect(lines).toEqual(whole.slice(0, lines.length));
    }
  });

  it("tell of no change to a page after a line that is damaged, until the node's next whole page", () => {
    const [part = "", whole = "", same = ""] = linesOf({}, {}, {});
    const read = createLineReader(["node01"]);
    const kinds = [part, whole, same, '[0,20"', same, whole, same, '{"part":true', same, part, same, whole, same]
      .map(read)
      .map(({ kind }) => kind);
    expect(kinds.join(" ")).toBe("part event event lost lost event event lost lost part lost event event");
  });

  it("never throw, and hand on no text that could steer a terminal", () => {
    const evil = "\u001b[2J\u202e\u0007evil";
    const whole = {
      page: 0,
      dt: 1,
      ms: 1,
      source: "stats",
      rows: [{ P: evil, N: evil, T: 2, a: evil, B: false, H: evil }],
    };
    const lines = [
      JSON.stringify({ part: 1, wall: 1, records: 0 }),
      JSON.stringify(whole),
      JSON.stringify([0, 1, 1, "", { 0: { H: evil, A: evil } }]),
      JSON.stringify({ failed: 0, dt: 1, kind: "timeout", detail: evil }),
      JSON.stringify({ process: 0, dt: 1, version: evil, nodeName: evil }),
    ];
    const read = createLineReader([...names]);
    const all = lines.map(read);
    expect(all.map(({ kind }) => kind)).toEqual(["part", "event", "event", "event", "event"]);
    expect(JSON.stringify(all)).not.toMatch(/\\u001b|\\u0007|\u202e/);
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (line) => void read(line)));
    const change = fc.tuple(fc.nat(3), fc.integer(), fc.nat(), fc.string(), fc.jsonValue());
    fc.assert(fc.property(change, (line) => void read(JSON.stringify(line))));
  });

  it("have a letter of its own for every column", () => {
    expect(new Set(fields.map(({ letter }) => letter)).size).toBe(fields.length);
    const row = aRow({ tracked: "a/b" });
    const numbers = new Float64Array(numberFields.length);
    putNumbers(row, numbers, 0);
    expect([...numbers]).toEqual(numberFields.map(({ key }) => row[key] ?? Number.NaN));
    const differing = otherFields.map(({ key }) => ({ ...row, [key]: key === "status" ? aStatus("DOWN") : "other" }));
    expect(differing.map((other) => hasSameOthers(row, other))).toEqual(differing.map(() => false));
  });
});
