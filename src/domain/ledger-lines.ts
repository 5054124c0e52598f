import type { AdminAction } from "./action.ts";
import type { Actor, LedgerEntry } from "./ledger.ts";
import type { OutcomeWord, RouteName } from "./outcome.ts";
import { cleanText } from "./text.ts";

/** The version of the line format that is written. A later one may mean other things by the same words. */
const version = 1;

/**
 * A line of the ledger, read. `foreign` was written by a later version or is of a kind that this one does not know:
 * it is passed over and stays. `damaged` is none of ours, or half a line that a crash left.
 */
export type LedgerLine =
  | { readonly kind: "entry"; readonly entry: LedgerEntry }
  | { readonly kind: "foreign" }
  | { readonly kind: "damaged" };

/** One entry as one line of JSON, without the line end; JSON has none inside. `undefined` leaves its key out. */
export function encodeEntry(entry: LedgerEntry): string {
  return JSON.stringify({ v: version, ...entry });
}

/**
 * Reads one line. Strict about the types of the keys that it knows, and lets others be; never throws.
 * Free text is cleaned: a reason is typed by people, and a status comes from the network.
 */
export function decodeLine(line: string): LedgerLine {
  const value = parseJson(line);
  if (!isRecord(value) || typeof value["v"] !== "number" || typeof value["kind"] !== "string") return damaged;
  if (value["v"] !== version || !Object.hasOwn(decoders, value["kind"])) return { kind: "foreign" };
  const entry = decoders[value["kind"] as LedgerEntry["kind"]](value);
  return entry === undefined ? damaged : { kind: "entry", entry };
}

const damaged: LedgerLine = { kind: "damaged" };

type Fields = Readonly<Record<string, unknown>>;
type EntryOf<Kind extends LedgerEntry["kind"]> = Extract<LedgerEntry, { kind: Kind }>;

const decoders: {
  readonly [Kind in LedgerEntry["kind"]]: (fields: Fields) => EntryOf<Kind> | undefined;
} = { begun: readBegun, step: readStep, ended: readEnded };

function readBegun(fields: Fields): EntryOf<"begun"> | undefined {
  const { id, at, action, masters, orders } = fields;
  const who = readActor(fields["who"]);
  if (!isName(id) || !isTime(at) || !isAction(action) || who === undefined) return undefined;
  if (!isOptional(fields, "reason") || !isOptional(fields, "until")) return undefined;
  const { until } = fields;
  if (until !== undefined && !isTime(until)) return undefined;
  if (!Array.isArray(masters) || !masters.every(isName) || !Array.isArray(orders)) return undefined;
  const read = orders.map(readOrder);
  if (!read.every((order) => order !== undefined)) return undefined;
  return { kind: "begun", id, at, who, action, masters, reason: text(fields, "reason"), until, orders: read };
}

function readOrder(value: unknown): EntryOf<"begun">["orders"][number] | undefined {
  if (!isRecord(value) || !isOptional(value, "before")) return undefined;
  const { node, backend, server } = value;
  if (!isName(node) || !isName(backend) || !isName(server)) return undefined;
  return { node, backend, server, before: text(value, "before") };
}

function readStep(fields: Fields): EntryOf<"step"> | undefined {
  const order = readOrder(fields);
  const { id, at, route, outcome, detail, ms } = fields;
  if (order === undefined || !isName(id) || !isTime(at) || !isOutcome(outcome)) return undefined;
  if (route !== undefined && !isRoute(route)) return undefined;
  if (!isOptional(fields, "after") || !isOptional(fields, "st")) return undefined;
  if (typeof detail !== "string" || typeof ms !== "number") return undefined;
  const said = { after: text(fields, "after"), st: text(fields, "st") };
  return { kind: "step", id, at, ...order, ...said, route, outcome, detail: cleanText(detail), ms };
}

function readEnded(fields: Fields): EntryOf<"ended"> | undefined {
  const { id, at, outcome, counts } = fields;
  if (!isName(id) || !isTime(at) || typeof outcome !== "string" || !isRecord(counts)) return undefined;
  const known = Object.entries(counts).filter(([word]) => isOutcome(word));
  if (!known.every(([, count]) => typeof count === "number")) return undefined;
  return { kind: "ended", id, at, outcome: cleanText(outcome), counts: Object.fromEntries(known) };
}

function readActor(value: unknown): Actor | undefined {
  if (!isRecord(value) || typeof value["user"] !== "string" || typeof value["host"] !== "string") return undefined;
  if (!isOptional(value, "sshClient")) return undefined;
  return { user: cleanText(value["user"]), host: cleanText(value["host"]), sshClient: text(value, "sshClient") };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Names are compared with those of the fleet file, so they are taken as they stand. */
function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

export function isTime(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

function isOptional(fields: Fields, key: string): boolean {
  return fields[key] === undefined || typeof fields[key] === "string";
}

function text(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return typeof value === "string" ? cleanText(value) : undefined;
}

const actions: Readonly<Record<AdminAction, true>> = { ready: true, drain: true, maint: true, shutdown: true };
const routes: Readonly<Record<RouteName, true>> = { http: true, ssh: true, socket: true };
const outcomes: Readonly<Record<OutcomeWord, true>> = {
  verified: true,
  unchanged: true,
  accepted: true,
  contradicted: true,
  denied: true,
  refused: true,
  guarded: true,
  unreached: true,
  unknown: true,
};

export function isAction(value: unknown): value is AdminAction {
  return typeof value === "string" && Object.hasOwn(actions, value);
}

function isRoute(value: unknown): value is RouteName {
  return typeof value === "string" && Object.hasOwn(routes, value);
}

export function isOutcome(value: unknown): value is OutcomeWord {
  return typeof value === "string" && Object.hasOwn(outcomes, value);
}
