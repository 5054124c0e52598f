import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/changes.ts";
import { addChanges, emptyTimeline, eventWords, type Timeline } from "../../src/domain/timeline.ts";

const start = Date.UTC(2026, 10, 26, 14, 2, 11);
const node = (number: number) => `node${String(number).padStart(2, "0")}`;

function down(number: number): Change {
  return {
    kind: "master",
    master: "master-2",
    node: node(number),
    from: "up",
    to: "down",
    cause: "connection refused",
  };
}
function up(number: number): Change {
  return { kind: "master", master: "master-2", node: node(number), from: "down", to: "up", cause: undefined };
}

/** Adds each change at its second after the start. */
function told(...steps: readonly (readonly [number, ...Change[]])[]): Timeline {
  return steps.reduce(
    (line, [seconds, ...changes]) => addChanges(line, changes, start + seconds * 1000),
    emptyTimeline,
  );
}

const words = ({ events }: Timeline): readonly string[] => events.map((event) => eventWords(event, "→"));

describe("addChanges", () => {
  it("tells once what many nodes see within ten seconds", () => {
    const line = told([0, down(1), down(2)], [4, down(3)], [14, down(4)]);
    expect(words(line)).toEqual([
      "master-2 UP → DOWN on node04: connection refused",
      "master-2 UP → DOWN on 3 nodes (node[01-03]): connection refused",
    ]);
    expect(line.events[1]).toMatchObject({ firstMs: start, lastMs: start + 4000, id: 1 });
  });

  it("keeps apart what is not the same", () => {
    const lost: Change = { kind: "node", node: "node07", from: "fresh", to: "timeout", cause: "no answer in time" };
    expect(words(told([0, down(1)], [1, up(2)], [2, lost], [3, { kind: "restart", node: "node08" }]))).toEqual([
      "HAProxy restarted on node08",
      "node07 → TIMEOUT: no answer in time",
      "master-2 DOWN → UP on node02",
      "master-2 UP → DOWN on node01: connection refused",
    ]);
  });

  it("folds what back and forth from the third change on, for all nodes together", () => {
    const line = told(
      [0, down(1), down(2)],
      [20, up(1), up(2)],
      [40, down(1)],
      [60, up(1)],
      [61, down(2)],
      [80, down(1)],
    );
    expect(words(line)).toEqual([
      "master-2 on 2 nodes (node[01-02]) back and forth, 5 changes, now DOWN: connection refused",
      "master-2 DOWN → UP on 2 nodes (node[01-02])",
      "master-2 UP → DOWN on 2 nodes (node[01-02]): connection refused",
    ]);
    expect(line.events[0]?.lastMs).toBe(start + 80_000);
  });

  it("counts the same on many nodes as one change", () => {
    const all = (change: (number: number) => Change) => Array.from({ length: 12 }, (_, index) => change(index + 1));
    const line = told([0, ...all(down)], [20, ...all(up)], [40, ...all(down)], [60, ...all(up)]);
    expect(words(line)[0]).toBe("master-2 on 12 nodes (node[01-12]) back and forth, 4 changes, now UP");
  });

  it("calls nothing back and forth that takes its time", () => {
    expect(words(told([0, down(1)], [150, up(1)], [300, down(1)]))).toHaveLength(3);
    expect(words(told([0, down(1)], [150, up(1)], [300, down(1)])).join()).not.toContain("back and forth");
  });

  it("forgets the oldest of more than a thousand", () => {
    const many = Array.from({ length: 1200 }, (_, i): [number, Change] => [i * 200, i % 2 === 0 ? down(1) : up(1)]);
    const { events } = told(...many);
    expect([events.length, events[0]?.id, events.at(-1)?.id]).toEqual([1000, 1200, 201]);
  });

  it("is the same line where nothing changed", () => {
    const line = told([0, down(1)]);
    expect(addChanges(line, [], start)).toBe(line);
  });
});
