import type { Actor, Intent, LedgerFacts } from "./ledger.ts";
import { isObject, isTextOrNone, isUnixMs, readAll } from "./recording-values.ts";
import { cleanText } from "./text.ts";

/**
 * What the ledger wanted, by operation, so that who and why are written once.
 * Shape: `lines` are [node, backend, server, since, is it settled]. Units: Unix milliseconds.
 */
export type WrittenLedger = { readonly lastAtMs: number; readonly operations: readonly WrittenOperation[] };

type WrittenOperation = Pick<Intent, "id" | "state" | "who" | "reason" | "untilMs"> & {
  readonly lines: readonly WrittenLine[];
};
type WrittenLine = readonly [node: string, backend: string, server: string, sinceMs: number, isSettled: boolean];

const states: ReadonlySet<unknown> = new Set<Intent["state"]>(["ready", "drain", "maint"]);

/** The facts about these nodes; what the ledger wants of others is not seen in a recording. */
export function writeLedger({ intents, lastAtMs }: LedgerFacts, nodes: ReadonlySet<string>): WrittenLedger {
  const operations = new Map<string, WrittenOperation & { readonly lines: WrittenLine[] }>();
  for (const { backend, id, isSettled, node, reason, server, sinceMs, state, untilMs, who } of intents) {
    if (!nodes.has(node)) continue;
    const operation = operations.get(id) ?? { id, state, who, reason, untilMs, lines: [] };
    operation.lines.push([node, backend, server, sinceMs, isSettled]);
    operations.set(id, operation);
  }
  return { lastAtMs, operations: [...operations.values()] };
}

/** Reads them back, texts cleaned. `undefined` for what is none. */
export function readLedger(value: unknown): LedgerFacts | undefined {
  if (!isObject(value) || !isUnixMs(value["lastAtMs"])) return undefined;
  const intents = readAll(value["operations"], readOperation);
  return intents === undefined ? undefined : { intents: intents.flat(), lastAtMs: value["lastAtMs"] };
}

function readOperation(value: unknown): readonly Intent[] | undefined {
  if (!isObject(value) || typeof value["id"] !== "string") return undefined;
  const { id, reason, state, untilMs } = value;
  const who = readActor(value["who"]);
  if (who === undefined || !isState(state) || !(untilMs === undefined || isUnixMs(untilMs)) || !isTextOrNone(reason))
    return undefined;
  const words = {
    id: cleanText(id),
    state,
    who,
    reason: reason === undefined ? undefined : cleanText(reason),
    untilMs,
  };
  return readAll(value["lines"], readLine)?.map((line) => ({ ...words, ...line }));
}

function readLine(value: unknown): Pick<Intent, "node" | "backend" | "server" | "sinceMs" | "isSettled"> | undefined {
  if (!Array.isArray(value)) return undefined;
  const [node, backend, server, sinceMs, isSettled] = value;
  if (typeof node !== "string" || typeof backend !== "string" || typeof server !== "string") return undefined;
  if (!isUnixMs(sinceMs) || typeof isSettled !== "boolean") return undefined;
  return { node: cleanText(node), backend: cleanText(backend), server: cleanText(server), sinceMs, isSettled };
}

export function readActor(value: unknown): Actor | undefined {
  if (!isObject(value) || typeof value["user"] !== "string" || typeof value["host"] !== "string") return undefined;
  const { sshClient } = value;
  if (!isTextOrNone(sshClient)) return undefined;
  const from = sshClient === undefined ? undefined : cleanText(sshClient);
  return { user: cleanText(value["user"]), host: cleanText(value["host"]), sshClient: from };
}

function isState(value: unknown): value is Intent["state"] {
  return states.has(value);
}
