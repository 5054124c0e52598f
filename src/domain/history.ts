import type { LedgerEntry } from "./ledger.ts";

type Begun = Extract<LedgerEntry, { kind: "begun" }>;
type Step = Extract<LedgerEntry, { kind: "step" }>;
type Ended = Extract<LedgerEntry, { kind: "ended" }>;

/** All that the ledger has of one operation; without `ended` its console is at work, or died. */
export type Operation = {
  readonly begun: Begun;
  /** In the order in which they ended. */
  readonly steps: readonly Step[];
  readonly ended: Ended | undefined;
};

/** Gathers operations out of entries that come newest first. */
export type HistoryReader = {
  /** False once there is no need of older entries. */
  add(entry: LedgerEntry): boolean;
  /** Newest first. */
  operations(): readonly Operation[];
};

/** The last `limit` operations that fit. */
export function readHistory(limit: number, fits: (begun: Begun) => boolean): HistoryReader {
  const steps = new Map<string, Step[]>();
  const ends = new Map<string, Ended>();
  const found: Operation[] = [];
  return {
    add(entry) {
      if (found.length >= limit) return false;
      if (entry.kind === "ended") ends.set(entry.id, entry);
      else if (entry.kind === "step") {
        const own = steps.get(entry.id);
        if (own === undefined) steps.set(entry.id, [entry]);
        else own.push(entry);
      } else {
        if (fits(entry)) {
          const own = (steps.get(entry.id) ?? []).reverse();
          found.push({ begun: entry, steps: own, ended: ends.get(entry.id) });
        }
        steps.delete(entry.id);
        ends.delete(entry.id);
      }
      return found.length < limit;
    },
    operations: () => found,
  };
}

/**
 * Chooses the newest operation whose id begins so, with its batches and its second stage (`<id>-kill-2`), which are one
 * to whoever gave it; a whole id with such an ending chooses that part alone.
 * Shape: asked from the newest to the oldest; `isWhole` once there is no older part.
 */
export function chooseOperation(start: string): { fits(begun: Begun): boolean; isWhole(): boolean } {
  let chosen: string | undefined;
  let isWhole = false;
  return {
    fits({ id }) {
      if (isWhole || !id.startsWith(start)) return false;
      const [, own = id, stage, number] = /^(.*)-(batch|kill)-(\d+)$/.exec(id) ?? [];
      chosen ??= own;
      if (own !== chosen) return false;
      isWhole = id === start || stage === undefined || (stage === "batch" && number === "1");
      return true;
    },
    isWhole: () => isWhole,
  };
}

/** The orders of which no step line is written. */
export function untoldOrders({ begun, steps }: Operation): Begun["orders"] {
  const told = new Set(steps.map(lineOf));
  return begun.orders.filter((order) => !told.has(lineOf(order)));
}

function lineOf({
  node,
  backend,
  server,
}: {
  readonly node: string;
  readonly backend: string;
  readonly server: string;
}) {
  return `${node}\n${backend}\n${server}`;
}
