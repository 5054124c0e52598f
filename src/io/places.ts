/** A limited number of places, taken in the order in which they were asked for. */
export type Places = {
  /** Resolves to the release of a place, or to `undefined` once stopped. */
  enter(): Promise<(() => void) | undefined>;
  /** Whoever gives places is overrun: half as many from now on, two at least. */
  narrow(): void;
  /** It went well: one more place, up to as many as there were. */
  widen(): void;
  /** Sends away whoever waits, and whoever comes. */
  stop(): void;
};

/** Makes `count` places. */
export function createPlaces(count: number): Places {
  let limit = count;
  let taken = 0;
  let isStopped = false;
  const waiting: ((release: (() => void) | undefined) => void)[] = [];

  function admit(): void {
    while (taken < limit) {
      const next = waiting.shift();
      if (next === undefined) return;
      next(take());
    }
  }

  function take(): () => void {
    taken += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      taken -= 1;
      admit();
    };
  }

  return {
    enter: () =>
      new Promise((resolve) => {
        if (isStopped) return resolve(undefined);
        waiting.push(resolve);
        admit();
      }),
    narrow() {
      limit = Math.max(Math.min(2, count), Math.floor(limit / 2));
    },
    widen() {
      limit = Math.min(count, limit + 1);
      admit();
    },
    stop() {
      isStopped = true;
      for (const next of waiting.splice(0)) next(undefined);
    },
  };
}
