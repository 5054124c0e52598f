import { watchChanges } from "../domain/changes.ts";
import type { FleetCheck } from "../domain/inventory.ts";
import { createSamples, type Samples } from "../domain/samples.ts";
import { addChanges, emptyTimeline, type Timeline } from "../domain/timeline.ts";
import type { FleetView } from "../domain/view.ts";

/** What was seen since the console runs: the changes as events, and samples of the numbers. */
export type Witness = {
  /** Looks at the truth of this moment. Units: `nowMs` monotonic, `wallMs` Unix time. */
  look(view: FleetView, nowMs: number, wallMs: number): void;
  timeline(): Timeline;
  readonly samples: Samples;
  /** Both as they are now, for a screen that stands still while more is seen. */
  still(): { readonly timeline: Timeline; readonly samples: Samples };
};

/** `intervalMs` is asked at every look: a sample is taken once a poll, as more would show steps that are none. */
export function createWitness(expect: FleetCheck["expect"], intervalMs: () => number): Witness {
  const changes = watchChanges(expect);
  const samples = createSamples();
  let timeline = emptyTimeline;
  let sampledMs = Number.NEGATIVE_INFINITY;
  return {
    look(view, nowMs, wallMs) {
      timeline = addChanges(timeline, changes.look(view), wallMs);
      if (nowMs - sampledMs < intervalMs()) return;
      samples.take(view);
      sampledMs = nowMs;
    },
    timeline: () => timeline,
    samples,
    still: () => ({ timeline, samples: samples.still() }),
  };
}
