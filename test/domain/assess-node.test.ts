import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { allUp, fleet, judged, kindsOf, verdictsOf } from "../support/judged.ts";
import { nowMs, processOf, scene } from "../support/scene.ts";

describe("assess, a node", () => {
  it("that sees no master while others do is CRITICAL, loses its vote and does not blame the masters", () => {
    const view = judged((node) => (node === 4 ? () => "DOWN" : allUp));
    expect(verdictsOf(view)).toEqual(["up", "up", "up"]);
    expect(view.masters[0]?.nodes).toMatchObject({ up: 3, down: 0, unknown: 1 });
    expect(view.nodes[3]).toMatchObject({ cutOff: true, votes: false, usableMasters: 0 });
    expect(view.severity).toBe("CRITICAL");
    expect(view.summary).toBe("node04 has no usable master, though other nodes do");
    expect(view.problems[0]?.fix).toBe("other nodes see masters: look at this node's own network and VPN first");
    expect(view.masters[0]?.reason).toBe("up on all 3 nodes that can tell");
  });

  it("that alone still sees a master does not turn the trouble of all into theirs", () => {
    const view = judged((node) => (node === 4 ? (master) => (master === 1 ? "UP" : "DOWN") : () => "DOWN"));
    expect(view.problems.map(({ text }) => text)).toEqual([
      "3 nodes (node[01-03]) have no usable master, though other nodes do",
      "master-2 is down on node04 (the only node that can tell): connection refused",
      "master-3 is down on node04 (the only node that can tell): connection refused",
    ]);
    expect(view.problems[0]?.fix).toContain("look at the masters (systemctl status k3s)");
  });

  it("shares its label with the others that are cut off", () => {
    const view = judged((node) => (node > 2 ? () => "DOWN" : allUp));
    expect(view.summary).toBe("2 nodes (node[03-04]), all site=b, have no usable master, though other nodes do");
  });

  it("that does not answer is named with its failure and never counts against a master", () => {
    const view = judged((node) => (node === 2 ? { fails: "timeout", detail: "no answer" } : allUp));
    expect(verdictsOf(view)).toEqual(["up", "up", "up"]);
    expect(view.nodes[1]?.state).toBe("timeout");
    expect(view.problems).toMatchObject([
      {
        severity: "WARNING",
        kind: "node-failure",
        nodes: ["node02"],
        text: "node02 (1 of 4 nodes) timed out (no answer)",
      },
    ]);
  });

  it("is named beside those that fail for the same cause only", () => {
    const view = judged((node) =>
      node === 1
        ? allUp
        : { fails: "unreachable", detail: node === 2 ? "connection refused" : "network is unreachable" },
    );
    expect(view.problems.map((problem) => problem.text)).toEqual([
      "2 of 4 nodes (node[03-04]), all site=b, cannot be reached (network is unreachable)",
      "node02 (1 of 4 nodes) cannot be reached (connection refused)",
    ]);
  });

  it("stays fresh through one lost poll, but a refusal holds at once", () => {
    const view = judged((node) =>
      node === 1
        ? { fails: "timeout", lastGoodAgoMs: 3_000 }
        : node === 2
          ? { fails: "unauthorized", lastGoodAgoMs: 3_000 }
          : node === 3
            ? { fails: "timeout", lastGoodAgoMs: 4_100 }
            : allUp,
    );
    expect(view.nodes.map((node) => node.state)).toEqual(["fresh", "unauthorized", "timeout", "fresh"]);
  });

  it("keeps its last good values while it fails", () => {
    const view = judged((node) => (node === 1 ? { fails: "timeout", lastGoodAgoMs: 9_000 } : allUp));
    expect(view.nodes[0]?.cells.map((cell) => cell.state)).toEqual(["up", "up", "up"]);
    expect(view.nodes[0]).toMatchObject({ votes: false, usableMasters: undefined, ageMs: 9_000 });
  });

  it("is stale without a failure once its answer is two intervals old", () => {
    const view = assess(
      fleet,
      scene(fleet, () => allUp),
      nowMs + 4_000,
    );
    expect(view.nodes.map((node) => node.state)).toEqual(Array(4).fill("stale"));
    expect(view.severity).toBe("UNKNOWN");
    expect(
      assess(
        fleet,
        scene(fleet, () => allUp),
        nowMs + 4_000,
        { intervalMs: 5_000 },
      ).severity,
    ).toBe("OK");
  });

  it("is pending after a gap, not stale for hours, until two intervals have gone by without an answer", () => {
    const records = scene(
      fleet,
      () => allUp,
      () => ({ gapAtMs: nowMs + 3_600_000 }),
    );
    expect(assess(fleet, records, nowMs + 3_600_500).nodes[0]?.state).toBe("pending");
    expect(assess(fleet, records, nowMs + 3_605_000).nodes[0]?.state).toBe("stale");
  });

  it("with a version of its own is a warning, a restart only a note", () => {
    const records = scene(
      fleet,
      () => allUp,
      (node) => ({
        process: processOf(node === 3 ? "2.8.0" : "2.6.12"),
        restartedAtMs: node === 1 ? nowMs - 40_000 : undefined,
      }),
    );
    const view = assess(fleet, records, nowMs);
    expect(view.problems.map((problem) => problem.text)).toEqual([
      "HAProxy is 2.6.12 on 3 nodes (node[01-02,04]), but 2.8.0 on node03",
      "HAProxy restarted on node01 40s ago",
    ]);
    expect(kindsOf(view)).toEqual(["WARNING version-skew", "OK node-restarted"]);
  });
});
