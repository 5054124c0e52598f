import { describe, expect, it } from "vitest";
import { ASCII_GLYPHS, UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import { formatTable } from "../../src/output/status-table.ts";
import type { Style } from "../../src/output/style.ts";
import { aDeadNode, aFleetView, aMaster, aNode, aProblem, aTroubledFleetView, MASTERS } from "../support/fleet-view.ts";

const style: Style = { colour: false, glyphs: UTF8_GLYPHS, columns: undefined, headers: true, expect: 401 };

describe("formatTable", () => {
  it("says in a few lines that all is well", () => {
    expect(`\n${formatTable(aFleetView(), style)}`).toMatchInlineSnapshot(`
      "
      OK  k8s-de1: 3 of 3 masters up on 3 nodes

      MASTER            VERDICT   UP  NOT UP  SESSIONS  CHECK  TIME  REASON
      k8s-de1-master-1  up       3/3  -             12  weak    3ms  up on all 3 nodes
      k8s-de1-master-2  up       3/3  -             12  weak    3ms  up on all 3 nodes
      k8s-de1-master-3  up       3/3  -             12  weak    3ms  up on all 3 nodes

      all 3 nodes answer and agree: node[01-03]
      "
    `);
  });

  it("shows what is wrong, what to do, and only the nodes that are not fine", () => {
    expect(`\n${formatTable(aTroubledFleetView(), style)}`).toMatchInlineSnapshot(`
      "
      WARNING  k8s-de1: k8s-de1-master-2 is down on node03 only; node04 does not answer

      ! k8s-de1-master-2 is down on node03 only
        → Look at the path from node03 to master-2.
      ! node04 does not answer: connection refused
        → Is HAProxy running there?

      MASTER            VERDICT   UP  NOT UP             SESSIONS  PINNED  CHECK  TIME  REASON
      k8s-de1-master-1  up       3/4  1 unknown                12       0  weak    3ms  up on all 3 nodes
      k8s-de1-master-2  path     2/4  1 down, 1 unknown         8       2  weak    3ms  down on 1 of 3 nodes (node03): connection refused
      k8s-de1-master-3  up       3/4  1 unknown                12       0  weak    3ms  up on all 3 nodes

      NODES   STATE        AGE  USABLE  1   2     3   NOTE
      node03  fresh         0s       2  up  DOWN  up  master-2: connection refused
      node04  unreachable    -       -  ?   ?     ?   connection refused

      2 of 4 nodes answer and agree: node[01-02]
      "
    `);
  });

  it("fits 80 columns of ASCII without losing a problem or its fix", () => {
    const text = formatTable(aTroubledFleetView(), { ...style, glyphs: ASCII_GLYPHS, columns: 80 });
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(`\n${text}`).toMatchInlineSnapshot(`
      "
      WARNING  k8s-de1: k8s-de1-master-2 is down on node03 only; node04 does not
               answer

      ! k8s-de1-master-2 is down on node03 only
        -> Look at the path from node03 to master-2.
      ! node04 does not answer: connection refused
        -> Is HAProxy running there?

      MASTER            VERDICT   UP  NOT UP             SESSIONS  PINNED  CHECK  TIME
      k8s-de1-master-1  up       3/4  1 unknown                12       0  weak    3ms
      k8s-de1-master-2  path     2/4  1 down, 1 unknown         8       2  weak    3ms
      k8s-de1-master-3  up       3/4  1 unknown                12       0  weak    3ms

      NODES   STATE        AGE  USABLE  1   2     3   NOTE
      node03  fresh         0s       2  up  DOWN  up  master-2: connection refused
      node04  unreachable    -       -  ?   ?     ?   connection refused

      2 of 4 nodes answer and agree: node[01-02]
      "
    `);
  });

  it("folds nodes that would print the same row", () => {
    const nodes = [1, 2, 3, 4, 5].map((n) =>
      n === 2 ? aNode({ name: `node0${n}` }) : aNode({ name: `node0${n}`, ageMs: n * 1000 }, ["up", "down", "up"]),
    );
    const text = formatTable(aFleetView({ nodes }), style);
    expect(text).toContain("node[01,03-05]  fresh   5s       2  up  DOWN  up  master-2: connection refused\n");
    expect(text).toContain("1 of 5 nodes answers and agrees: node02\n");
  });

  it("does not repeat a single problem under the headline that says it", () => {
    const problem = aProblem();
    const text = formatTable(aFleetView({ severity: "WARNING", summary: problem.text, problems: [problem] }), style);
    expect(text.split(problem.text)).toHaveLength(2);
    expect(text).toContain(`  → ${problem.fix}\n`);
  });

  it("leaves out the heads when asked, and nothing else", () => {
    const text = formatTable(aTroubledFleetView(), { ...style, headers: false });
    expect(text).not.toMatch(/MASTER|NODES/);
    expect(text).toContain("node03");
  });

  it("paints tones only where colour is on", () => {
    const painted = formatTable(aTroubledFleetView(), { ...style, colour: true });
    expect(painted).toContain("\u001b[1;31mDOWN\u001b[0m");
    expect(painted.replace(/\u001b\[[\d;]*m/g, "")).toBe(formatTable(aTroubledFleetView(), style));
  });

  it("counts a node as quiet where it says of a dead master what all say", () => {
    const nodes = [1, 2].map((n) => aNode({ name: `node0${n}` }, ["up", "down", "drain"]));
    const verdicts = ["up", "down", "drained"] as const;
    const masters = MASTERS.map((name, index) => aMaster({ name, verdict: verdicts[index] ?? "up" }));
    const text = formatTable(aFleetView({ nodes, masters }), style);
    expect(text).toContain("all 2 nodes answer and agree: node[01-02]\n");
    expect(text).not.toContain("NODES");
  });

  it("lists the few of a half-done drain, on whichever side they are", () => {
    const drained = [1, 2, 3].map((n) => aNode({ name: `node0${n}` }, ["up", n === 2 ? "up" : "drain", "up"]));
    const counts = { up: 1, down: 0, drain: 2, maint: 0, absent: 0, unknown: 0 };
    const masters = MASTERS.map((name, index) =>
      aMaster(index === 1 ? { name, verdict: "partly-drained", nodes: counts } : { name }),
    );
    const text = formatTable(aFleetView({ nodes: drained, masters }), style);
    expect(text).toMatch(/^node02 {2}fresh .* up {2}up {2}up$/m);
    expect(text).toContain("2 of 3 nodes answer and agree: node[01,03]\n");
  });

  it("never counts a node as quiet that has no usable master or does not answer", () => {
    const masters = MASTERS.map((name) => aMaster({ name, verdict: "down" }));
    const nodes = [aNode({}, ["down", "down", "down"]), aDeadNode({ name: "node02" })];
    const text = formatTable(aFleetView({ nodes, masters }), style);
    expect(text).not.toContain("agree");
    expect(text).toMatch(/^node01 .*\nnode02 /m);
  });
});
