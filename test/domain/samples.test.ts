import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { createSamples, type Measure, sampleCount } from "../../src/domain/samples.ts";
import { fleetOf } from "../support/fleet.ts";
import { type NodeSays, nowMs, rowsOf, scene } from "../support/scene.ts";

const fleet = fleetOf({ nodes: 2 });
const well: NodeSays = () => "UP";
const view = (says: (node: number) => NodeSays) => assess(fleet, scene(fleet, says), nowMs);
const newest = (series: readonly (number | undefined)[], count: number) => series.slice(-count);

describe("createSamples", () => {
  it("keeps sixty of every master and node, gaps where nothing was known", () => {
    const samples = createSamples();
    expect(samples.ofMaster("master-2", "sessions")).toEqual(Array(sampleCount).fill(undefined));
    samples.take(view(() => well));
    samples.take(view((node) => (node === 2 ? { fails: "timeout", lastGoodAgoMs: 9_000 } : well)));
    samples.take(view((node) => (node === 2 ? "silent" : () => ({ sessions: 7, checkDurationMs: 12 }))));
    expect(newest(samples.ofNode("node02", "sessions"), 4)).toEqual([undefined, 12, undefined, undefined]);
    expect(newest(samples.ofMaster("master-2", "sessions"), 4)).toEqual([undefined, 8, 4, 7]);
    expect(newest(samples.ofMaster("master-2", "check"), 4)).toEqual([undefined, 3, 3, 12]);
    for (let n = 0; n < sampleCount; n += 1) samples.take(view(() => well));
    expect(samples.ofNode("node02", "sessions")).toEqual(Array(sampleCount).fill(12));
  });

  it("stands still where somebody looks at it, while the next ones are taken", () => {
    const samples = createSamples();
    samples.take(view(() => well));
    const still = samples.still();
    samples.take(view(() => () => ({ sessions: 7 })));
    expect(newest(still.ofMaster("master-2", "sessions"), 2)).toEqual([undefined, 8]);
    expect(newest(samples.ofMaster("master-2", "sessions"), 2)).toEqual([8, 14]);
    expect(newest(still.ofNode("node02", "sessions"), 2)).toEqual([undefined, 12]);
  });

  it("takes rates from the last two answers, and none over a gap", () => {
    const earlier = { source: "stats", rows: rowsOf(fleet, () => ({ sessionsTotal: 100, connectErrors: 5 })) } as const;
    const records = scene(
      fleet,
      () => () => ({ sessionsTotal: 110, connectErrors: 9 }),
      (node) => (node === 1 ? { previous: { ...earlier, atMs: nowMs - 2100, durationMs: 5 } } : {}),
    );
    const samples = createSamples();
    samples.take(assess(fleet, records, nowMs));
    const last = (name: string, measure: Measure) => samples.ofNode(name, measure).at(-1);
    expect([last("node01", "rate"), last("node01", "errors")]).toEqual([15, 6]);
    expect([last("node02", "rate"), last("node02", "errors")]).toEqual([undefined, undefined]);
  });
});
