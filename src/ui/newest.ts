import type { Clock } from "../app/clock.ts";
import type { FleetView } from "../domain/view.ts";

/** What was seen of the fleet last. Units: milliseconds of real time. */
export type Newest = {
  /** Looks now. */
  look(): FleetView;
  /** The last look again if `isSeen`, else a new one. */
  view(isSeen: boolean): FleetView;
  /** Whether the last look may stand for now, where data is drawn every `paceMs`. */
  mayStand(paceMs: number): boolean;
  /** Something happened that a look would show. */
  tell(): void;
  /** Whatever was seen no longer holds. */
  forget(): void;
};

const secondMs = 1000;

/**
 * Spares a key the judging of the whole fleet. While nothing happened the last look stands for a second, as ages are told
 * in seconds; else for as long as data that came meanwhile would not be drawn either. With `isLive` false, never.
 */
export function createNewest(clock: Pick<Clock, "now">, read: () => FleetView, isLive: boolean): Newest {
  let last: { readonly view: FleetView; readonly atMs: number } | undefined;
  let isTold = false;

  function look(): FleetView {
    isTold = false;
    const view = read();
    last = { view, atMs: clock.now() };
    return view;
  }

  return {
    look,
    view: (isSeen) => (isSeen && last !== undefined ? last.view : look()),
    mayStand(paceMs) {
      if (last === undefined || !isLive) return false;
      return clock.now() - last.atMs < (isTold ? Math.min(paceMs, secondMs) : secondMs);
    },
    tell() {
      isTold = true;
    },
    forget() {
      last = undefined;
    },
  };
}
