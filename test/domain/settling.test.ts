import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { type Change, watchChanges } from "../../src/domain/changes.ts";
import { createSettling, type SettledEvent } from "../../src/domain/settling.ts";
import { addChanges, emptyTimeline, eventWords } from "../../src/domain/timeline.ts";
import type { CellState } from "../../src/domain/view.ts";
import { fleetOf } from "../support/fleet.ts";
import { aFleetView, aMaster } from "../support/fleet-view.ts";
import { nowMs, scene } from "../support/scene.ts";

function turned(node: number, from: CellState, to: CellState): Change {
  return { kind: "master", master: "master-2", node: `node0${node}`, from, to, cause: undefined };
}
const down = (node: number) => turned(node, "up", "down");
const up = (node: number) => turned(node, "down", "up");
const dead = aFleetView({ masters: [aMaster({ name: "master-2", verdict: "down" })] });

/** Looks four times a second, with these changes at their seconds; tells when what was told. */
function told(seconds: number, steps: readonly (readonly [number, ...Change[]])[], view = aFleetView()) {
  const settling = createSettling();
  let timeline = emptyTimeline;
  const lines: string[] = [];
  const say = (when: string, { event, severity, update }: SettledEvent) =>
    lines.push(`${when} ${severity} ${eventWords(event, ">")}${update === 0 ? "" : ` update ${update}`}`);
  for (let quarter = 0; quarter <= seconds * 4; quarter += 1) {
    const at = quarter / 4;
    for (const [second, ...changes] of steps) {
      if (second === at) timeline = addChanges(timeline, changes, at * 1000);
    }
    for (const one of settling.look(timeline, view, at * 1000)) say(`${at}s`, one);
  }
  for (const one of settling.flush()) say("end", one);
  return lines;
}

describe("createSettling", () => {
  it("tells an event once when it has not grown for two seconds", () => {
    expect(
      told(20, [
        [0, down(1)],
        [1, down(2)],
        [2.5, down(3)],
      ]),
    ).toEqual(["4.5s WARNING master-2 UP > DOWN on 3 nodes (node[01-03])"]);
  });

  it("waits no longer than ten seconds for one that grows, and tells it again as it is then", () => {
    const slow = Array.from({ length: 7 }, (_, i): readonly [number, Change] => [i * 1.5, down(i + 1)]);
    expect(told(20, slow)).toEqual(["10s WARNING master-2 UP > DOWN on 7 nodes (node[01-07])"]);
    expect(
      told(20, [
        [0, down(1)],
        [6, down(2)],
      ]),
    ).toEqual([
      "2s WARNING master-2 UP > DOWN on node01",
      "8s WARNING master-2 UP > DOWN on 2 nodes (node[01-02]) update 1",
    ]);
  });

  it("tells what goes back and forth once a minute", () => {
    const flapping = Array.from({ length: 40 }, (_, i): readonly [number, Change] => [
      i * 4,
      i % 2 === 0 ? down(1) : up(1),
    ]);
    expect(told(240, flapping)).toEqual([
      "2s WARNING master-2 UP > DOWN on node01",
      "6s OK master-2 DOWN > UP on node01",
      "10s WARNING master-2 on node01 back and forth, 3 changes, now DOWN",
      "70s WARNING master-2 on node01 back and forth, 18 changes, now UP update 1",
      "130s WARNING master-2 on node01 back and forth, 33 changes, now DOWN update 2",
      "190s WARNING master-2 on node01 back and forth, 40 changes, now UP update 3",
    ]);
  });

  it("keeps the worst that an event was while it grew", () => {
    const settling = createSettling();
    const first = addChanges(emptyTimeline, [down(1)], 0);
    expect(settling.look(first, dead, 0)).toEqual([]);
    const second = addChanges(first, [down(2)], 1000);
    expect(settling.look(second, aFleetView(), 1000)).toEqual([]);
    expect(settling.look(second, aFleetView(), 3000).map(({ severity }) => severity)).toEqual(["CRITICAL"]);
  });

  it("tells at the end what has not settled yet", () => {
    expect(told(1, [[0, down(1)]])).toEqual(["end WARNING master-2 UP > DOWN on node01"]);
  });

  it("tells of two thousand nodes that are lost at once in one event", () => {
    const fleet = fleetOf({ nodes: 2000 });
    const changes = watchChanges(401);
    const lost = { fails: "timeout", detail: "no answer in time", lastGoodAgoMs: 60_000 } as const;
    changes.look(
      assess(
        fleet,
        scene(fleet, () => () => "UP"),
        nowMs,
      ),
    );
    const view = assess(
      fleet,
      scene(fleet, () => lost),
      nowMs,
    );
    const timeline = addChanges(emptyTimeline, changes.look(view), 0);
    const settling = createSettling();
    settling.look(timeline, view, 0);
    const [only, ...more] = settling.look(timeline, view, 2000);
    expect([only?.event.nodes.length, only?.severity, only?.event.to, more]).toEqual([2000, "UNKNOWN", "timeout", []]);
  });
});
