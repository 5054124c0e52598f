import type { Claim, IntentOperation, IntentState } from "./intents.ts";

/**
 * Checks a state of the fold that was kept in a file. `undefined` for anything that is none, or not wholly: it is
 * made again from the ledger then.
 */
export function checkIntentState(value: unknown): IntentState | undefined {
  if (!isRecord(value)) return undefined;
  const { position, lastAt, operations, claims } = value;
  if (typeof position !== "number" || !isTextOrNone(lastAt)) return undefined;
  if (!Array.isArray(operations) || !operations.every(isOperation)) return undefined;
  if (!Array.isArray(claims) || !claims.every(isClaim)) return undefined;
  return { position, lastAt, operations, claims };
}

function isOperation(value: unknown): value is IntentOperation {
  if (!isRecord(value) || !isRecord(value["who"])) return false;
  const { id, state, who, reason, until, steps } = value;
  const isState = state === "ready" || state === "drain" || state === "maint";
  const isWho = typeof who["user"] === "string" && typeof who["host"] === "string" && isTextOrNone(who["sshClient"]);
  return typeof id === "string" && isState && isWho && isTextOrNone(reason) && isTextOrNone(until) && isNumber(steps);
}

function isClaim(value: unknown): value is Claim {
  if (!isRecord(value)) return false;
  const { operation, node, backend, server, at, position, isSettled } = value;
  const texts = [operation, node, backend, server, at];
  return texts.every((text) => typeof text === "string") && isNumber(position) && typeof isSettled === "boolean";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isTextOrNone(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}
