import { emptyRecord, type NodeEvent, type NodeRecord, reduceNode } from "../domain/fleet.ts";

/**
 * Holds one record per node. Records are values and are replaced whole; the map is the store's own and must only be
 * read, since copying two thousand entries for each answer would cost more than reading the answer.
 */
export type Store = {
  readonly records: ReadonlyMap<string, NodeRecord>;
  get(node: string): NodeRecord;
  dispatch(node: string, event: NodeEvent): void;
  /** Puts a record as it was kept elsewhere; `clear` forgets all of them. Both are for going back in a recording. */
  put(record: NodeRecord): void;
  clear(): void;
  /** Counts changes, so that a reader can see cheaply that nothing happened. */
  version(): number;
  /** Listeners are told that something changed, not what. Returns the unsubscribe. */
  subscribe(listener: () => void): () => void;
};

/** Makes an empty store; a node has an entry from its first event on. */
export function createStore(): Store {
  const records = new Map<string, NodeRecord>();
  const listeners = new Set<() => void>();
  let version = 0;
  const get = (node: string) => records.get(node) ?? emptyRecord(node);
  const changed = () => {
    version += 1;
    for (const listener of listeners) listener();
  };
  return {
    records,
    get,
    dispatch(node, event) {
      const before = get(node);
      const after = reduceNode(before, event);
      if (after === before) return;
      records.set(node, after);
      changed();
    },
    put(record) {
      records.set(record.name, record);
      changed();
    },
    clear() {
      records.clear();
      changed();
    },
    version: () => version,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
