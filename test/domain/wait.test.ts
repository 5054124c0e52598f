import { describe, expect, it } from "vitest";
import { emptyRecord } from "../../src/domain/fleet.ts";
import type { NodeView } from "../../src/domain/view.ts";
import { createSessionsJudge, createUpJudge, describeOldWorkers, type WaitNode } from "../../src/domain/wait.ts";
import { aCell, aDeadNode, aNode, aStatus, MASTERS } from "../support/fleet-view.ts";

const [first, second, third] = MASTERS;

/** node01 with one master as said, read at this moment. */
function node(cell: NodeView["cells"][number], atMs = 1_000, part: Partial<NodeView> = {}): NodeView {
  const good = { source: "stats", rows: [], atMs, durationMs: 5 } as const;
  const record = { ...emptyRecord("node01"), good };
  return aNode({ cells: [aCell("up", first), cell, aCell("up", third)], record, ...part });
}

describe("createSessionsJudge", () => {
  const judge = createSessionsJudge([second], "drain");

  it.each<[string, NodeView, WaitNode["state"], string]>([
    ["sessions are left", node(aCell("drain", second, { sessions: 3 })), "waiting", "3 sessions"],
    ["none is left", node(aCell("drain", second, { sessions: 0 })), "done", "no session left"],
    ["none is left on a DOWN one", node(aCell("down", second)), "done", "no session left"],
    ["nobody counts", node(aCell("drain", second, { sessions: undefined })), "waiting", "sessions not counted"],
    ["somebody enabled it", node(aCell("up", second)), "contradicted", "shows UP: somebody changed it"],
    ["its line is gone", node(aCell("absent", second)), "contradicted", "its server line is gone"],
    ["the node does not answer", aDeadNode(), "waiting", "cannot be seen: connection refused"],
    [
      "the last answer is old",
      node(aCell("drain", second), 1_000, { state: "stale", ageMs: 9_000 }),
      "waiting",
      "last answer is 9s old",
    ],
  ])("judges a node where %s", (_, view, state, detail) => {
    expect(judge(view)).toMatchObject({ node: "node01", state, detail });
  });

  it("does not mind the state where none is asked for", () => {
    const any = createSessionsJudge([second], undefined);
    expect(any(node(aCell("up", second))).state).toBe("waiting");
    expect(any(node(aCell("up", second, { sessions: 0 }))).state).toBe("done");
  });

  it("says what a replaced HAProxy may hide", () => {
    const restarted = judge(node(aCell("drain", second, { sessions: 0 }), 1_000, { restartedAgoMs: 40_000 }));
    expect(restarted).toMatchObject({ state: "done", hasRestarted: true });
    expect(describeOldWorkers([restarted])).toBe(
      "HAProxy was replaced on node01: sessions that an old worker still holds there cannot be seen or killed from here, and are not counted.",
    );
    expect(describeOldWorkers([judge(node(aCell("drain", second)))])).toBeUndefined();
  });
});

describe("createUpJudge", () => {
  it.each<[string, NodeView, string]>([
    ["is DOWN", node(aCell("down", second)), "shows DOWN"],
    ["is drained", node(aCell("drain", second)), "shows DRAIN"],
    ["has just left MAINT", node(aCell("up", second, { status: aStatus("UP 1/2") })), "shows UP 1/2"],
    ["has no finished check", node(aCell("up", second, { checkStatus: "INI" })), "shows UP, no check has passed yet"],
    ["has no check result", node(aCell("up", second, { checkStatus: undefined })), "shows UP, no check has passed yet"],
    ["has no line", node(aCell("absent", second)), "has no server line"],
    ["cannot be seen", aDeadNode(), "cannot be seen: connection refused"],
  ])("waits where it %s", (_, view, detail) => {
    expect(createUpJudge([second], 0)(view)).toMatchObject({ state: "waiting", detail });
  });

  it("is done after the time without interruption, by answers", () => {
    const judge = createUpJudge([second], 4_000);
    const at = (ms: number) => judge(node(aCell("up", second), ms));
    expect(at(1_000)).toMatchObject({ state: "waiting", detail: "UP for 0s of 4s" });
    expect(at(3_000)).toMatchObject({ state: "waiting", detail: "UP for 2s of 4s" });
    expect(at(5_000)).toMatchObject({ state: "done", detail: "UP for 4s" });
  });

  it("begins anew after another word, and after a gap between the answers", () => {
    const judge = createUpJudge([second], 4_000);
    judge(node(aCell("up", second), 1_000));
    judge(node(aCell("down", second), 3_000));
    expect(judge(node(aCell("up", second), 5_000)).detail).toBe("UP for 0s of 4s");
    expect(judge(node(aCell("up", second), 12_000)).detail).toBe("UP for 0s of 4s");
  });

  it("takes a server without check by its word", () => {
    const unchecked = { status: aStatus("no check", { health: "unchecked", admin: "ready" }), checkStatus: undefined };
    expect(createUpJudge([second], 0)(node(aCell("up", second, unchecked))).state).toBe("done");
  });
});
