import type { FleetNode } from "../domain/inventory.ts";
import { createGate } from "./gate.ts";
import { type PollDeps, pollNode } from "./poll-node.ts";

export type PollerOptions = PollDeps & { readonly nodes: readonly FleetNode[]; readonly parallel: number };

/** Polls every node for ever. Units: milliseconds. */
export type Poller = {
  start(): void;
  /** No poll begins after this; those under way end in their own time and are still recorded. */
  stop(): void;
  /** Asks these nodes (or all) as soon as possible, whatever their back-off; one that is being asked is asked again. */
  pollNow(names?: readonly string[]): void;
  /** One interval for every node from now on, in place of the nodes' own. */
  setIntervalMs(intervalMs: number): void;
  /** The interval in force; where nodes have their own, the longest. */
  intervalMs(): number;
  inFlight(): number;
};

/** A wake-up serves every node that is due in it: a shorter tick doubles the cost, a longer one bunches the answers. */
const tickMs = 25;
const backOffCeilingMs = 30_000;
/** A tick that comes later than this was not busy, it was stopped or asleep. */
const gapMs = 5_000;

type Slot = {
  readonly node: FleetNode;
  /** Where in its interval this node is polled, 0 to 1: nodes are spread evenly. */
  readonly phase: number;
  dueMs: number;
  polling: boolean;
  again: boolean;
  failures: number;
};

/** Makes a poller that stands still until `start`. Never two polls of one node at once; a dead node delays no other. */
export function createPoller(options: PollerOptions): Poller {
  const { clock, nodes, store } = options;
  const gate = createGate(clock, options.parallel);
  const slots: readonly Slot[] = nodes.map((node, index) => ({
    node,
    phase: index / nodes.length,
    dueMs: 0,
    polling: false,
    again: false,
    failures: 0,
  }));
  const byName = new Map(slots.map((slot) => [slot.node.name, slot]));
  let override: number | undefined;
  let cancelTick: (() => void) | undefined;
  let isWaiting = false;
  let inFlight = 0;
  let originMs = 0;
  let lastNow = 0;
  let lastWall = 0;
  let lastGapMs = Number.NEGATIVE_INFINITY;

  const intervalOf = (slot: Slot) => override ?? slot.node.poll.intervalMs;

  /** A machine that slept or a process that was stopped: one gap for all, and everybody is asked anew. */
  function noticeGap(): void {
    const now = clock.now();
    const wall = clock.wall();
    const isGap = Math.max(now - lastNow, wall - lastWall) > gapMs;
    lastNow = now;
    lastWall = wall;
    if (!isGap) return;
    lastGapMs = now;
    for (const slot of slots) {
      store.dispatch(slot.node.name, { type: "gap", atMs: now });
      slot.failures = 0;
      slot.dueMs = now + slot.phase * Math.min(intervalOf(slot), 1_000);
    }
  }

  async function poll(slot: Slot, release: () => void): Promise<void> {
    const startedMs = clock.now();
    slot.polling = true;
    slot.again = false;
    inFlight += 1;
    const isCurrent = () => {
      if (cancelTick !== undefined) noticeGap();
      return startedMs > lastGapMs;
    };
    let good = false;
    try {
      good = (await pollNode(slot.node, options, isCurrent)) !== undefined;
    } finally {
      release();
      inFlight -= 1;
      slot.polling = false;
      reschedule(slot, startedMs, good, isCurrent());
    }
  }

  function reschedule(slot: Slot, startedMs: number, good: boolean, isCurrent: boolean): void {
    const now = clock.now();
    if (!isCurrent) return;
    slot.failures = good ? 0 : slot.failures + 1;
    if (slot.again) {
      slot.dueMs = now;
      return;
    }
    const intervalMs = intervalOf(slot);
    const backOffMs = slot.failures === 0 ? 0 : Math.min(intervalMs * 2 ** (slot.failures - 1), backOffCeilingMs);
    slot.dueMs = nextDue(slot, Math.max(now, startedMs + Math.max(backOffMs, intervalMs / 2)));
  }

  /** The node's own place in the interval, the first one after `afterMs`: so the spread holds whatever happened. */
  function nextDue(slot: Slot, afterMs: number): number {
    const intervalMs = intervalOf(slot);
    const placeMs = originMs + slot.phase * intervalMs;
    return placeMs + (Math.floor((afterMs - placeMs) / intervalMs) + 1) * intervalMs;
  }

  /** Begins what is due; what finds no place begins as soon as one is free, and not with the next tick. */
  function beginDue(): void {
    const now = clock.now();
    for (const slot of slots) {
      if (slot.polling || slot.dueMs > now) continue;
      const release = gate.enter();
      if (release !== undefined) {
        void poll(slot, release);
        continue;
      }
      if (!isWaiting) gate.onFree(goOn);
      isWaiting = true;
      return;
    }
  }

  function goOn(): void {
    isWaiting = false;
    if (cancelTick !== undefined) beginDue();
  }

  function tick(): void {
    noticeGap();
    beginDue();
    cancelTick = clock.after(tickMs, tick);
  }

  return {
    start() {
      if (cancelTick !== undefined) return;
      originMs = clock.now();
      lastNow = originMs;
      lastWall = clock.wall();
      // The first round is quicker than the interval: somebody waits for it.
      for (const slot of slots) slot.dueMs = originMs + slot.phase * Math.min(intervalOf(slot), 500);
      tick();
    },
    stop() {
      cancelTick?.();
      cancelTick = undefined;
    },
    pollNow(names) {
      const now = clock.now();
      const wanted = names === undefined ? slots : names.flatMap((name) => byName.get(name) ?? []);
      for (const slot of wanted) {
        slot.again = slot.polling;
        slot.dueMs = Math.min(slot.dueMs, now);
      }
    },
    setIntervalMs(intervalMs) {
      override = intervalMs;
      const now = clock.now();
      for (const slot of slots) {
        if (slot.failures === 0) slot.dueMs = nextDue(slot, now);
      }
    },
    intervalMs: () => override ?? Math.max(...nodes.map((node) => node.poll.intervalMs)),
    inFlight: () => inFlight,
  };
}
