import { describe, expect, it } from "vitest";
import type { WaitNode } from "../../src/domain/wait.ts";
import { type WaitReport, waitLine, waitLines } from "../../src/output/admin-wait.ts";
import { UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import type { Style } from "../../src/output/style.ts";

const style: Style = { colour: false, glyphs: UTF8_GLYPHS, columns: undefined, headers: true, expect: 401 };

function aNode(node: string, sessions: number | undefined, part: Partial<WaitNode> = {}): WaitNode {
  const isDone = sessions === 0;
  const detail = isDone ? "no session left" : `${sessions} sessions`;
  return { node, sessions, state: isDone ? "done" : "waiting", hasRestarted: false, detail, ...part };
}

const nodes = [
  aNode("node01", 0),
  aNode("node02", 3),
  aNode("node03", 7),
  aNode("node04", undefined, { detail: "cannot be seen: connection refused" }),
];
const before = new Map([
  ["node01", 12],
  ["node02", 5],
  ["node03", 7],
  ["node04", undefined],
]);
const report: WaitReport = { outcome: "timed-out", aim: "sessions", before, nodes, notes: [] };

describe("waitLine", () => {
  it("has a bar, the sums, and what each node still holds", () => {
    expect(waitLine(nodes, before, { aim: "sessions", arrow: "→" })).toBe(
      "[####------------] 1/4 nodes, sessions 24→10: node02 5→3, node03 7, node04 cannot be seen: connection refused",
    );
  });

  it("tells how long each node has shown the master UP where that is waited for", () => {
    const up = [
      aNode("node01", 0, { detail: "UP for 10s" }),
      aNode("node02", 0, { state: "waiting", detail: "UP for 4s of 10s" }),
    ];
    expect(waitLine(up, before, { aim: "up", arrow: "→" })).toBe(
      "[########--------] 1/2 nodes: node02 UP for 4s of 10s",
    );
  });
});

describe("waitLines", () => {
  it("folds the nodes by what they show at the end", () => {
    expect(`\n${waitLines(report, style).join("\n")}\n`).toMatchInlineSnapshot(`
      "
      Waited, and it did not come in time: 4 nodes, sessions 24→10
      WAIT     COUNT  NODES   SHOWS
      done         1  node01  no session left
      waiting      1  node02  3 sessions
      waiting      1  node03  7 sessions
      waiting      1  node04  cannot be seen: connection refused
      "
    `);
  });

  it("says what could not be seen", () => {
    const notes = ["HAProxy was replaced on node01: sessions that an old worker still holds there cannot be seen."];
    const lines = waitLines({ ...report, outcome: "done", nodes: [aNode("node01", 0)], notes }, style);
    expect(lines[0]).toBe("Waited, and it came: 1 node, sessions 24→0");
    expect(lines.at(-1)).toBe(`! ${notes[0]}`);
  });
});
