import { type Operation, untoldOrders } from "../domain/history.ts";
import type { OutcomeWord, RouteName } from "../domain/outcome.ts";
import { ACTION_COMMANDS } from "./admin-words.ts";

/** An operation of the ledger as scripts see it. Units: times are ISO 8601 in UTC, `ms` milliseconds; null is unknown. */
export type OperationJson = {
  readonly apiVersion: "k3s-lb/v1";
  readonly kind: "Operation";
  readonly cluster: string;
  readonly operation: string;
  readonly at: string;
  readonly user: string;
  readonly host: string;
  readonly sshClient: string | null;
  readonly action: string;
  readonly masters: readonly string[];
  readonly reason: string | null;
  readonly until: string | null;
  /** `null` while its console is at work, and for ever when it died. */
  readonly outcome: string | null;
  readonly endedAt: string | null;
  readonly nodes: readonly OperationNode[];
};

/** One server line; all but the names is `null` where nothing is written of it. */
export type OperationNode = {
  readonly node: string;
  readonly backend: string;
  readonly server: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly st: string | null;
  readonly route: RouteName | null;
  readonly outcome: OutcomeWord | null;
  readonly detail: string | null;
  readonly ms: number | null;
};

/** The object of `-o json`. */
export type HistoryJson = {
  readonly apiVersion: "k3s-lb/v1";
  readonly kind: "History";
  readonly cluster: string;
  /** Newest first. */
  readonly operations: readonly OperationJson[];
};

/** `-o jsonl`: one operation a line, the newest first. */
export function formatHistoryLines(cluster: string, operations: readonly Operation[]): string {
  return operations.map((operation) => `${JSON.stringify(toJson(cluster, operation))}\n`).join("");
}

/** `-o json`: one object with all of them. */
export function formatHistoryJson(cluster: string, operations: readonly Operation[]): string {
  const list = operations.map((operation) => toJson(cluster, operation));
  const history: HistoryJson = { apiVersion: "k3s-lb/v1", kind: "History", cluster, operations: list };
  return `${JSON.stringify(history, undefined, 2)}\n`;
}

function toJson(cluster: string, operation: Operation): OperationJson {
  const { begun, steps, ended } = operation;
  const nothing = { after: null, st: null, route: null, outcome: null, detail: null, ms: null };
  return {
    apiVersion: "k3s-lb/v1",
    kind: "Operation",
    cluster,
    operation: begun.id,
    at: begun.at,
    user: begun.who.user,
    host: begun.who.host,
    sshClient: begun.who.sshClient ?? null,
    action: ACTION_COMMANDS[begun.action],
    masters: begun.masters,
    reason: begun.reason ?? null,
    until: begun.until ?? null,
    outcome: ended?.outcome ?? null,
    endedAt: ended?.at ?? null,
    nodes: [
      ...steps.map(({ node, backend, server, before, after, st, route, outcome, detail, ms }) => ({
        node,
        backend,
        server,
        before: before ?? null,
        after: after ?? null,
        st: st ?? null,
        route: route ?? null,
        outcome,
        detail,
        ms,
      })),
      ...untoldOrders(operation).map(({ node, backend, server, before }) => ({
        node,
        backend,
        server,
        before: before ?? null,
        ...nothing,
      })),
    ],
  };
}
