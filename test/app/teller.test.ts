import { describe, expect, it } from "vitest";
import { createTeller, type Told } from "../../src/app/teller.ts";
import { assess } from "../../src/domain/assess.ts";
import type { Change } from "../../src/domain/changes.ts";
import { addChanges, emptyTimeline, type Timeline } from "../../src/domain/timeline.ts";
import { nowMs } from "../support/scene.ts";
import { situation } from "../support/screens.ts";

const viewOf = (down: number) => {
  const { fleet, records } = situation((node) => (master) => (master === 2 && node <= down ? "DOWN" : "UP"));
  return assess(fleet, records, nowMs);
};
const healthy = viewOf(0);
const start = Date.UTC(2026, 10, 26, 14, 2, 11);
const changes = (to: "up" | "down", ...nodes: readonly number[]): readonly Change[] =>
  nodes.map((node) => ({
    kind: "master",
    master: "master-2",
    node: `node0${node}`,
    from: to === "up" ? "down" : "up",
    to,
    cause: undefined,
  }));
const add = (timeline: Timeline, atMs: number, to: "up" | "down", ...nodes: readonly number[]) =>
  addChanges(timeline, changes(to, ...nodes), start + atMs);
const short = (told: readonly Told[]) =>
  told.map((one) =>
    one.kind === "headline"
      ? one.view.severity
      : `${one.event.to} on ${one.event.nodes.length}${one.event.flaps > 0 ? `, ${one.event.flaps} flaps` : ""}${one.isAgain ? ", again" : ""}`,
  );

describe("createTeller", () => {
  it("tells an event once, when no further node joins it, and then the headline", () => {
    const teller = createTeller(healthy);
    const look = (timeline: Timeline, atMs: number, down: number) =>
      short(teller.look(viewOf(down), timeline, start + atMs));
    const first = add(emptyTimeline, 0, "down", 1, 2);
    const second = add(first, 1000, "down", 3);
    expect(look(first, 0, 2)).toEqual([]);
    expect(look(second, 1000, 3)).toEqual([]);
    expect(look(second, 3000, 3)).toEqual([]);
    expect(look(second, 3500, 3)).toEqual(["down on 3", "WARNING"]);
    expect(look(second, 60_000, 3)).toEqual([]);
  });

  it("tells it again when it grows, and events in the order in which they began", () => {
    const teller = createTeller(healthy);
    const look = (timeline: Timeline, atMs: number) => short(teller.look(healthy, timeline, start + atMs));
    const one = add(emptyTimeline, 0, "down", 1);
    expect(look(one, 3000)).toEqual(["down on 1"]);
    const more = add(add(one, 5000, "down", 2), 6000, "up", 4);
    expect(look(more, 9000)).toEqual(["down on 2, again", "up on 1"]);
  });

  it("waits no longer than ten seconds for what does not come to rest", () => {
    const teller = createTeller(healthy);
    const told: string[] = [];
    let timeline = emptyTimeline;
    for (let second = 0; second <= 11; second += 1) {
      if (second < 9) timeline = add(timeline, second * 1000, "down", second + 1);
      told.push(...short(teller.look(viewOf(1 + (second % 4)), timeline, start + second * 1000)));
    }
    expect(told).toEqual(["down on 9", "WARNING"]);
  });

  it("tells of what goes back and forth once a minute", () => {
    const teller = createTeller(healthy);
    const told: string[] = [];
    let timeline = emptyTimeline;
    for (let second = 0; second <= 150; second += 1) {
      if (second % 5 === 0) timeline = add(timeline, second * 1000, second % 10 === 0 ? "down" : "up", 1);
      told.push(...short(teller.look(healthy, timeline, start + second * 1000)).map((text) => `${second}: ${text}`));
    }
    expect(told).toEqual([
      "3: down on 1",
      "8: up on 1",
      "13: down on 1, 3 flaps",
      "73: down on 1, 15 flaps, again",
      "133: down on 1, 27 flaps, again",
    ]);
  });

  it("says nothing of a headline that came back to what it was", () => {
    const teller = createTeller(healthy);
    const look = (down: number, atMs: number) => teller.look(viewOf(down), emptyTimeline, start + atMs);
    expect([...look(1, 0), ...look(1, 1000), ...look(0, 2000), ...look(0, 9000)]).toEqual([]);
  });
});
