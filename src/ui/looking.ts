import type { FleetView } from "../domain/view.ts";
import type { ConsoleDeps } from "./console-parts.ts";
import { createNewest, type Newest } from "./newest.ts";
import type { FrameInput } from "./picture.ts";
import { createWitness } from "./witness.ts";

/** What a frame shows of the fleet. */
export type Shown = Pick<FrameInput, "view" | "timeline" | "samples">;

/**
 * How the console sees the fleet: as it is, or on a frozen screen as it was, while what happens is seen all the same.
 * Units: milliseconds of the time that is shown.
 */
export type Looking = Omit<Newest, "view"> & {
  /** What is to be drawn now; of the last look if `isSeen`. */
  shown(isSeen: boolean): Shown;
  /** Freezes what was drawn last, or shows the truth again. */
  freeze(isFrozen: boolean): void;
  isFrozen(): boolean;
  /** For how long the screen has been frozen, if it is. */
  frozenMs(nowMs: number): number | undefined;
  /** Whether some node has not answered yet, by what was drawn last. */
  isFirstRound(): boolean;
  /** The truth as it was last looked at. */
  latest(): FleetView | undefined;
};

export function createLooking({ announce, clock, fleet, poller, read, replay }: ConsoleDeps): Looking {
  const time = replay?.time ?? clock;
  const witness = replay?.witness ?? createWitness(fleet.check.expect, poller.intervalMs);
  const newest = createNewest(clock, look, replay === undefined);
  let latest: FleetView | undefined;
  let drawn: FleetView | undefined;
  let frozen: (Shown & { readonly sinceMs: number }) | undefined;

  /** The truth at this moment; what changed since the last look goes into the timeline. */
  function look(): FleetView {
    const nowMs = time.now();
    latest = read(nowMs);
    witness.look(latest, nowMs, time.wall());
    announce?.look(witness.timeline(), latest, nowMs);
    return latest;
  }

  return {
    ...newest,
    shown(isSeen) {
      const shown = frozen ?? {
        view: newest.view(isSeen),
        timeline: witness.timeline(),
        samples: witness.samples,
      };
      drawn = shown.view;
      return shown;
    },
    freeze(isFrozen) {
      frozen = isFrozen && drawn ? { ...witness.still(), view: drawn, sinceMs: time.now() } : undefined;
    },
    isFrozen: () => frozen !== undefined,
    frozenMs: (nowMs) => frozen && nowMs - frozen.sinceMs,
    isFirstRound: () => frozen === undefined && drawn?.nodes.some(({ record }) => record === undefined) === true,
    latest: () => latest,
  };
}
