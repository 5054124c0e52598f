import type { Actor, Intent, LedgerEntry } from "./ledger.ts";
import type { OutcomeWord } from "./outcome.ts";

/** What an operation wants; `steps` counts those of its orders of which the outcome is written. */
export type IntentOperation = {
  readonly id: string;
  readonly state: Intent["state"];
  readonly who: Actor;
  readonly reason: string | undefined;
  readonly until: string | undefined;
  steps: number;
};

/**
 * One operation's say on one server line. `position` is its place in the ledger: the later one wins.
 * `isSettled`: a step line says that it may have taken effect. `at` is ISO 8601.
 */
export type Claim = {
  readonly operation: string;
  readonly node: string;
  readonly backend: string;
  readonly server: string;
  readonly at: string;
  readonly position: number;
  readonly isSettled: boolean;
};

/** All that the entries so far mean for those to come; plain data, so that it can be kept in a file. */
export type IntentState = {
  readonly position: number;
  readonly lastAt: string | undefined;
  readonly operations: readonly IntentOperation[];
  readonly claims: readonly Claim[];
};

/** Reads a ledger entry by entry, in the order of the file. */
export type IntentFold = {
  add(entry: LedgerEntry): void;
  intents(): readonly Intent[];
  state(): IntentState;
};

/** Outcomes after which the asked state may stand; the others left the server line as it was. */
const mayStand: ReadonlySet<OutcomeWord> = new Set<OutcomeWord>(["verified", "accepted", "unchanged", "unknown"]);

/** What the whole ledger wants of every server line that it ever touched, enabling included. */
export function intentsOf(entries: Iterable<LedgerEntry>): readonly Intent[] {
  const fold = foldIntents();
  for (const entry of entries) fold.add(entry);
  return fold.intents();
}

/**
 * The same in steps. The last operation that may have taken effect on a server line is what it should be. An order
 * without a step line counts too (its console died after sending, perhaps), until the operation's own end shows that
 * nothing was sent. Closing sessions wants no state.
 */
export function foldIntents(from?: IntentState): IntentFold {
  const operations = new Map(from?.operations.map((operation) => [operation.id, { ...operation }]));
  const settled = new Map<string, Claim>();
  /** Those of which nothing is said yet, by operation, then by server line. */
  const open = new Map<string, Map<string, Claim>>();
  let position = from?.position ?? 0;
  let lastAt = from?.lastAt;
  for (const claim of from?.claims ?? []) put(claim);

  function put(claim: Claim): void {
    const line = keyOf(claim);
    if (claim.isSettled) {
      settled.set(line, claim);
      return;
    }
    const ofOperation = open.get(claim.operation) ?? new Map<string, Claim>();
    open.set(claim.operation, ofOperation.set(line, claim));
  }

  function add(entry: LedgerEntry): void {
    position += 1;
    lastAt = entry.at;
    if (entry.kind === "begun") {
      begin(entry);
      return;
    }
    const operation = operations.get(entry.id);
    if (operation === undefined) return;
    if (entry.kind === "ended") {
      const told = Object.values(entry.counts).reduce((sum, count) => sum + count, 0);
      // With a step line lost (a full disk), one of the open orders may be the one that was sent.
      if (told <= operation.steps) open.delete(entry.id);
      return;
    }
    operation.steps += 1;
    open.get(entry.id)?.delete(keyOf(entry));
    if (mayStand.has(entry.outcome) && !isRepeated(operation, keyOf(entry))) {
      put(claimOf(entry, entry.id, entry.at, true));
    }
  }

  /** The same asked again without a word (after a restart, say) keeps who asked first, why and until when. */
  function isRepeated({ state, reason, until }: IntentOperation, line: string): boolean {
    if (reason !== undefined || until !== undefined) return false;
    const before = settled.get(line);
    return before !== undefined && operations.get(before.operation)?.state === state;
  }

  function begin(entry: Extract<LedgerEntry, { kind: "begun" }>): void {
    const { id, action, at, who, reason, until } = entry;
    if (action === "shutdown" || operations.has(id)) return;
    operations.set(id, { id, state: action, who, reason, until, steps: 0 });
    for (const order of entry.orders) put(claimOf(order, id, at, false));
  }

  function claimOf(order: Order, operation: string, at: string, isSettled: boolean): Claim {
    const { node, backend, server } = order;
    return { operation, node, backend, server, at, position, isSettled };
  }

  function standing(): Iterable<Claim> {
    const last = new Map(settled);
    for (const claims of open.values()) {
      for (const [line, claim] of claims) if (claim.position > (last.get(line)?.position ?? 0)) last.set(line, claim);
    }
    return last.values();
  }

  return {
    add,
    intents: () => [...standing()].flatMap((claim) => intentOf(claim, operations.get(claim.operation)) ?? []),
    state() {
      const claims = [...settled.values(), ...[...open.values()].flatMap((ofOperation) => [...ofOperation.values()])];
      const used = new Set(claims.map((claim) => claim.operation));
      const kept = [...operations.values()].filter(({ id }) => used.has(id));
      return { position, lastAt, operations: kept.map((operation) => ({ ...operation })), claims };
    },
  };
}

type Order = { readonly node: string; readonly backend: string; readonly server: string };

function keyOf({ node, backend, server }: Order): string {
  return `${node}\n${backend}\n${server}`;
}

function intentOf(claim: Claim, operation: IntentOperation | undefined): Intent | undefined {
  if (operation === undefined) return undefined;
  const { id, state, who, reason, until } = operation;
  const { node, backend, server, at, isSettled } = claim;
  const untilMs = until === undefined ? undefined : Date.parse(until);
  return { id, node, backend, server, state, who, reason, sinceMs: Date.parse(at), untilMs, isSettled };
}
