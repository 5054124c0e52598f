import type { HistoryReader, Operation } from "./history.ts";
import type { LedgerEntry } from "./ledger.ts";
import { mostLines, mostOperations } from "./recording-operations.ts";

/** So many orders and steps of operations are kept: in the largest fleet a few operations, in a usual one all that are shown. */
const mostEntries = 10_000;

/** The last operations of a ledger that goes on. */
export type RecentOperations = {
  /** What was written behind all that is known. */
  add(entry: LedgerEntry): void;
  /** The newest first; an operation of which nothing was added is the same object as before. */
  operations(): readonly Operation[];
};

/** Follows a ledger from what a look back at it found, `known` with the newest first. */
export function followOperations(known: readonly Operation[]): RecentOperations {
  let operations = keepNewest(known);
  const grown = new Map<string, { readonly steps: Operation["steps"][number][]; ended: Operation["ended"] }>();

  return {
    add(entry) {
      if (entry.kind === "begun") {
        operations = [{ begun: entry, steps: [], ended: undefined }, ...operations];
        return;
      }
      const known = operations.find(({ begun }) => begun.id === entry.id);
      if (known === undefined) return;
      // Steps come by the thousand, so they are gathered in an array of their own before they become an operation's.
      const own = grown.get(entry.id) ?? { steps: [...known.steps], ended: known.ended };
      if (entry.kind === "ended") own.ended = entry;
      else own.steps.push(entry);
      grown.set(entry.id, own);
    },
    operations() {
      operations = operations.map((operation) => {
        const own = grown.get(operation.begun.id);
        return own === undefined ? operation : { ...operation, ...own };
      });
      grown.clear();
      operations = keepNewest(operations);
      return operations;
    },
  };
}

/** Ends a look back at a ledger when as much was seen as is kept. */
export function untilEnough(history: HistoryReader): HistoryReader {
  let left = mostEntries;
  return {
    add(entry) {
      left -= entry.kind === "begun" ? entry.orders.length : 1;
      return history.add(entry) && left > 0;
    },
    operations: history.operations,
  };
}

/** Puts what became known later into what was known, both with the newest first: each in its place, what is new before them. */
export function addOperations(known: readonly Operation[], later: readonly Operation[]): readonly Operation[] {
  const byId = new Map(later.map((operation) => [operation.begun.id, operation]));
  const ids = new Set(known.map(({ begun }) => begun.id));
  const fresh = later.filter(({ begun }) => !ids.has(begun.id));
  const all = [...fresh, ...known.map((operation) => byId.get(operation.begun.id) ?? operation)];
  return keepNewest(all, ({ begun }) => begun.orders.length, mostLines);
}

function entriesOf({ begun, steps }: Operation): number {
  return begun.orders.length + steps.length;
}

/** As many as may be kept, the newest one however large it is. */
function keepNewest(
  operations: readonly Operation[],
  sizeOf: (operation: Operation) => number = entriesOf,
  most: number = mostEntries,
): readonly Operation[] {
  let left = most;
  const kept = operations.findIndex((operation, index) => {
    left -= sizeOf(operation);
    return index > 0 && left < 0;
  });
  const last = kept === -1 ? operations.length : kept;
  return operations.slice(0, Math.min(last, mostOperations));
}
