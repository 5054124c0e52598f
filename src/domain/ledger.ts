import type { AdminAction } from "./action.ts";
import type { OutcomeWord, RouteName } from "./outcome.ts";

/** Who acted: the login name, the machine, and where an ssh session came from. */
export type Actor = { readonly user: string; readonly host: string; readonly sshClient: string | undefined };

/**
 * One line of the ledger. An operation is `begun` (before anything is sent), then one `step` per step that is over,
 * then `ended`; a console that dies in between leaves the last one out.
 * Units: `at` and `until` are ISO 8601 in UTC. Every entry has the operation's `id`.
 */
export type LedgerEntry =
  | {
      readonly kind: "begun";
      readonly id: string;
      readonly at: string;
      readonly who: Actor;
      readonly action: AdminAction;
      readonly masters: readonly string[];
      readonly reason: string | undefined;
      readonly until: string | undefined;
      readonly orders: readonly {
        readonly node: string;
        readonly backend: string;
        readonly server: string;
        readonly before: string | undefined;
      }[];
    }
  | {
      readonly kind: "step";
      readonly id: string;
      readonly at: string;
      readonly node: string;
      readonly backend: string;
      readonly server: string;
      readonly before: string | undefined;
      readonly after: string | undefined;
      readonly st: string | undefined;
      readonly route: RouteName | undefined;
      readonly outcome: OutcomeWord;
      readonly detail: string;
      readonly ms: number;
    }
  | {
      readonly kind: "ended";
      readonly id: string;
      readonly at: string;
      readonly outcome: string;
      readonly counts: Readonly<Partial<Record<OutcomeWord, number>>>;
    };

/**
 * What the ledger says a server line on a node should be, from the last operation that touched it.
 * Only operations that may have taken effect count (not denied, refused, guarded or unreached).
 * Units: `sinceMs` and `untilMs` Unix time.
 */
export type Intent = {
  readonly id: string;
  readonly node: string;
  readonly backend: string;
  readonly server: string;
  readonly state: "ready" | "drain" | "maint";
  readonly who: Actor;
  readonly reason: string | undefined;
  readonly sinceMs: number;
  readonly untilMs: number | undefined;
  /** A step line says what became of it. Else the order was given, and its console has not said more (yet, or ever). */
  readonly isSettled: boolean;
};

/**
 * What the whole ledger says: an intent for each server line that it ever touched, enabling included.
 * Units: `lastAtMs` Unix time of its last entry.
 */
export type LedgerFacts = { readonly intents: readonly Intent[]; readonly lastAtMs: number };
