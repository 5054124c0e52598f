import type { Clock } from "../app/clock.ts";

/** When frames of data are drawn, and when they are shown. Units: milliseconds of real time. */
export type Pacing = {
  start(): void;
  stop(): void;
  /** A frame of data when its turn comes. */
  schedule(): void;
  /** How long data waits for its turn. */
  paceMs(): number;
  /** A frame was drawn from what was seen anew, begun at `startMs`; the one that waits for its turn is in it. */
  drawn(startMs: number): void;
  /** A frame was shown. */
  shown(): void;
  /** Whether a frame with nothing but other numbers may wait; `false` when it is due, else it is drawn when it is. */
  holds(): boolean;
};

export type PacingDeps = {
  readonly clock: Clock;
  /** While the terminal has not taken the last frame, none is made: the next one shows what is true then. */
  readonly isBusy: () => boolean;
  /** Whether the first answers are still coming in: somebody waits for each of them. */
  readonly isFirstRound: () => boolean;
  readonly paint: () => void;
};

/** Data is drawn at most ten times a second, and in a tenth of the time at most; a key is drawn at once. */
const frameMs = 100;
const firstFrameMs = 25;
const secondMs = 1000;

export function createPacing({ clock, isBusy, isFirstRound, paint }: PacingDeps): Pacing {
  let isRunning = false;
  let cancelFrame: (() => void) | undefined;
  let cancelHeld: (() => void) | undefined;
  let drawnMs = 0;
  let costMs = 0;
  let shownMs = Number.NEGATIVE_INFINITY;

  const paceMs = () => (isFirstRound() ? firstFrameMs : Math.max(frameMs, Math.min(secondMs, 10 * costMs)));

  function schedule(): void {
    if (!isRunning || cancelFrame !== undefined) return;
    cancelFrame = clock.after(Math.max(0, paceMs() - (clock.now() - drawnMs)), () => {
      cancelFrame = undefined;
      due();
    });
  }

  function due(): void {
    if (isBusy()) schedule();
    else paint();
  }

  return {
    start() {
      isRunning = true;
    },
    stop() {
      isRunning = false;
      cancelFrame?.();
      cancelHeld?.();
      // Who is started again waits for nothing from before.
      cancelFrame = undefined;
      cancelHeld = undefined;
    },
    schedule,
    paceMs,
    drawn(startMs) {
      cancelFrame?.();
      cancelFrame = undefined;
      drawnMs = clock.now();
      costMs = drawnMs - startMs;
    },
    shown() {
      cancelHeld?.();
      cancelHeld = undefined;
      shownMs = clock.now();
    },
    holds() {
      const leftMs = shownMs + secondMs - clock.now();
      if (leftMs <= 0 || !isRunning || isFirstRound()) return false;
      cancelHeld ??= clock.after(leftMs, () => {
        cancelHeld = undefined;
        due();
      });
      return true;
    },
  };
}
