import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/changes.ts";
import { addChanges, emptyTimeline } from "../../src/domain/timeline.ts";
import type { Intent } from "../../src/ui/intent.ts";
import { look, situation, textOf, usual } from "../support/screens.ts";

const start = Date.UTC(2026, 10, 26, 14, 2, 11);
const masterDown = situation(() => (master) => (master === 2 ? "DOWN" : "UP"));
const change = (node: number, from: "up" | "drain", to: "down" | "up"): Change => ({
  kind: "master",
  master: "master-2",
  node: `node0${node}`,
  from,
  to,
  cause: to === "down" ? "connection refused" : undefined,
});
const lost: Change = { kind: "node", node: "node04", from: "fresh", to: "timeout", cause: "no answer in time" };

const downOnThree = addChanges(
  addChanges(emptyTimeline, [lost], start - 60_000),
  [1, 2, 3].map((node) => change(node, "up", "down")),
  start,
);
const timeline = addChanges(downOnThree, [change(4, "up", "down")], start + 2000);

describe("the events", () => {
  it("tell what happened, the newest first and the selected one in full", () => {
    expect(textOf(look(masterDown, usual, [{ kind: "view", view: "events" }], { timeline }))).toMatchInlineSnapshot(`
      "k8s-de1 › events                                                       ! WARNING
        master-2 UP → DOWN on 4 nodes (node[01-04]): connection refused
        2026-11-26 14:02:11, until 14:02:13 UTC
      ── events ──────────────────────────────────────────────────────────────────────
        UTC      WHAT HAPPENED
      > 14:02:11 master-2 UP → DOWN on 4 nodes (node[01-04]): connection refused
        14:01:11 node04 → TIMEOUT: no answer in time

      6/6 fresh, age <1s  every 2s       Esc back  Enter open  a act  / filter  ? help"
    `);
  });

  it("lead to what they are about", () => {
    const opened = look(masterDown, usual, [{ kind: "view", view: "events" }, { kind: "open" }], { timeline });
    expect(opened.lines[0]).toContain("k8s-de1 › events › master-2");
    const second = [{ kind: "view", view: "events" }, { kind: "move", by: 1 }, { kind: "open" }] as const;
    expect(look(masterDown, usual, second, { timeline }).lines[0]).toContain("k8s-de1 › events › node04");
  });

  describe("while more happens", () => {
    const later = addChanges(timeline, [{ ...lost, node: "node05" }], start + 90_000);
    const selectedAfter = (...intents: readonly Intent[]) => {
      const events = { kind: "view", view: "events" } as const;
      const { screen } = look(masterDown, usual, [events, ...intents], { timeline });
      const lines = textOf(look(masterDown, usual, [], { timeline: later, screen })).split("\n");
      return lines.find((line) => line.startsWith("> "));
    };
    const older = "> 14:02:11 master-2 UP → DOWN on 4 nodes (node[01-04]): connection refused";
    const newest = "> 14:03:41 node05 → TIMEOUT: no answer in time";

    it("follow the newest one as long as nobody has moved the cursor", () => {
      expect(selectedAfter()).toBe(newest);
      expect(selectedAfter({ kind: "filter" }, { kind: "accept" })).toBe(newest);
    });

    it("stay on the one that the cursor was moved to, also up to the first one, until g", () => {
      expect(selectedAfter({ kind: "move", by: 1 })).toBe("> 14:01:11 node04 → TIMEOUT: no answer in time");
      expect(selectedAfter({ kind: "move", by: 1 }, { kind: "move", by: -1 })).toBe(older);
      expect(selectedAfter({ kind: "move", by: -1 })).toBe(older);
      expect(selectedAfter({ kind: "move", by: 1 }, { kind: "edge", to: "top" })).toBe(newest);
    });

    it("stay on the one that was opened", () => {
      expect(selectedAfter({ kind: "open" }, { kind: "back" })).toBe(older);
    });
  });

  it("are calm where nothing happened, and open once", () => {
    const intents = [
      { kind: "view", view: "events" },
      { kind: "view", view: "events" },
    ] as const;
    const frame = look(masterDown, usual, intents);
    expect(textOf(frame)).toContain("Nothing has changed since this console was started.");
    expect(frame.screen.stack).toHaveLength(2);
  });
});

describe("the problems", () => {
  it("stand in a list of their own, the selected one with what to do", () => {
    expect(textOf(look(masterDown, usual, [{ kind: "view", view: "problems" }]))).toMatchInlineSnapshot(`
      "k8s-de1 › problems                                                     ! WARNING
        WARNING: master-2 is down on all 6 nodes: connection refused, for 60m
        is k3s running on master-2? There: systemctl status k3s; journalctl -u k3s -n
        50
      ── problems ────────────────────────────────────────────────────────────────────
        SEVERITY   WHAT IS WRONG
      > ! WARNING  master-2 is down on all 6 nodes: connection refused

      6/6 fresh, age <1s  every 2s       Esc back  Enter open  a act  / filter  ? help"
    `);
  });
});
