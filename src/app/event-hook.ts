import type { Clock } from "./clock.ts";

/** One event for the program. Events of one `key` wait for each other; a newer one of the same `id` takes its place. */
export type HookEvent = { readonly key: string; readonly id: string; readonly line: string };

/** A program at work. `ended` resolves with what went wrong, in words, or with nothing; `kill` ends it. */
export type HookRun = { readonly ended: Promise<string | undefined>; kill(): void };

export type EventHookOptions = {
  readonly clock: Clock;
  readonly debounceMs: number;
  /** Starts the program with this text as its input. */
  readonly start: (input: string) => HookRun;
  /** Told of a failure, once until it has worked again or fails otherwise, and of events that were dropped. */
  readonly say: (text: string) => void;
};

/** Starts a program for events, beside whatever else is done. */
export type EventHook = {
  add(events: readonly HookEvent[]): void;
  /** Gives what waits to the program at once. What is not over after `limitMs` is killed. */
  end(limitMs: number): Promise<void>;
};

/** More than ever waits unless the program hangs. */
const waitingLimit = 100;

/**
 * Never two runs at once, and per key one run per `debounceMs`: the first at once, then what came meanwhile, together.
 * A run is given every event that is due. With more than a hundred waiting the oldest is dropped.
 */
export function createEventHook({ clock, debounceMs, start, say }: EventHookOptions): EventHook {
  const startedMs = new Map<string, number>();
  let waiting: readonly HookEvent[] = [];
  let running: HookRun | undefined;
  let dropped = 0;
  let lastProblem: string | undefined;
  let isEnding = false;
  let cancel = () => {};
  let whenIdle = () => {};

  const dueMs = ({ key }: HookEvent): number =>
    isEnding ? Number.NEGATIVE_INFINITY : (startedMs.get(key) ?? Number.NEGATIVE_INFINITY) + debounceMs;

  function begin(): void {
    cancel();
    if (running !== undefined) return;
    if (waiting.length === 0) {
      whenIdle();
      return;
    }
    const now = clock.now();
    const due = waiting.filter((event) => dueMs(event) <= now);
    if (due.length === 0) {
      cancel = clock.after(Math.min(...waiting.map(dueMs)) - now, begin);
      return;
    }
    waiting = waiting.filter((event) => !due.includes(event));
    for (const [key, atMs] of startedMs) if (atMs + debounceMs <= now) startedMs.delete(key);
    for (const { key } of due) startedMs.set(key, now);
    void follow(due.map(({ line }) => line).join(""));
  }

  async function follow(input: string): Promise<void> {
    running = start(input);
    const problem = await running.ended;
    running = undefined;
    if (problem !== undefined && problem !== lastProblem) say(problem);
    lastProblem = problem;
    if (dropped > 0) say(`on_event is too slow: ${dropped} events were not given to it`);
    dropped = 0;
    begin();
  }

  return {
    add(events) {
      const ids = new Set(events.map(({ id }) => id));
      const all = [...waiting.filter(({ id }) => !ids.has(id)), ...events];
      dropped += Math.max(0, all.length - waitingLimit);
      waiting = all.slice(-waitingLimit);
      begin();
    },
    async end(limitMs) {
      isEnding = true;
      const { promise: idle, resolve } = Promise.withResolvers<void>();
      whenIdle = resolve;
      begin();
      const cancelLimit = clock.after(limitMs, () => {
        dropped += waiting.length;
        waiting = [];
        running?.kill();
      });
      await idle;
      cancelLimit();
    },
  };
}
