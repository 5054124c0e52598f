import type { Operation } from "./history.ts";
import { isAction, isOutcome, isTime } from "./ledger-lines.ts";
import type { OutcomeWord } from "./outcome.ts";
import { readActor } from "./recording-ledger.ts";
import { isObject, isText, isTextOrNone, readAll } from "./recording-values.ts";
import { cleanText } from "./text.ts";

/**
 * An operation as the screen tells it: who did what and why, and what became of which server lines.
 * Shape: `lines` are [outcome, backend, server, nodes], `null` for orders of which nothing was told; a node is its place in
 * the recording, [from, to] are all between, and one that is not in the recording stands by its name.
 */
export type WrittenOperation = Pick<
  Operation["begun"],
  "id" | "at" | "who" | "action" | "masters" | "reason" | "until"
> & {
  readonly ended: readonly [at: string, outcome: string] | undefined;
  readonly lines: readonly WrittenLine[];
};
type WrittenLine = readonly [
  outcome: OutcomeWord | null,
  backend: string,
  server: string,
  nodes: readonly WrittenNode[],
];
type WrittenNode = number | readonly [from: number, to: number] | string;
type Line = { readonly node: string; readonly backend: string; readonly server: string };

/** So many operations a recording knows at any moment: as many as the dashboard shows. */
export const mostOperations = 200;
/** Units: characters of all operations of a part together: the oldest are left out rather than that parts grow with a ledger. */
const longestText = 65_536;
/** More lines than this in one part are none of ours: a run over all nodes is a few characters, and as many lines. */
export const mostLines = 200_000;

/** The newest operations that a part has room for, the newest first. `placeOf` has the nodes of the recording. */
export function writeOperations(
  operations: readonly Operation[],
  placeOf: ReadonlyMap<string, number>,
): readonly WrittenOperation[] {
  const written: WrittenOperation[] = [];
  let left = longestText;
  for (const operation of operations.slice(0, mostOperations)) {
    const one = writeOperation(operation, placeOf);
    left -= JSON.stringify(one).length;
    if (left < 0) break;
    written.push(one);
  }
  return written;
}

function writeOperation(operation: Operation, placeOf: ReadonlyMap<string, number>): WrittenOperation {
  const { action, at, id, masters, orders, reason, until, who } = operation.begun;
  const groups = new Map<string, { readonly line: WrittenLine; readonly nodes: string[] }>();
  const told = new Set<string>();
  const put = (outcome: OutcomeWord | null, { backend, node, server }: Line) => {
    const key = JSON.stringify([outcome, backend, server]);
    const group = groups.get(key) ?? { line: [outcome, backend, server, []], nodes: [] };
    group.nodes.push(node);
    groups.set(key, group);
  };
  for (const step of operation.steps) {
    told.add(keyOf(step));
    put(step.outcome, step);
  }
  for (const order of orders) if (!told.has(keyOf(order))) put(null, order);
  const { ended } = operation;
  return {
    ...{ id, at, who, action, masters, reason, until },
    ended: ended && [ended.at, ended.outcome],
    lines: [...groups.values()].map(({ line: [outcome, backend, server], nodes }) => [
      ...([outcome, backend, server] as const),
      writeNodes(nodes, placeOf),
    ]),
  };
}

function keyOf({ backend, node, server }: Line): string {
  return `${node}\n${backend}\n${server}`;
}

function writeNodes(nodes: readonly string[], placeOf: ReadonlyMap<string, number>): readonly WrittenNode[] {
  const places = nodes.flatMap((node) => placeOf.get(node) ?? []).sort((a, b) => a - b);
  const runs: [from: number, to: number][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last !== undefined && place === last[1] + 1) last[1] = place;
    else runs.push([place, place]);
  }
  return [
    ...runs.map(([from, to]): WrittenNode => (from === to ? from : [from, to])),
    ...nodes.filter((node) => !placeOf.has(node)),
  ];
}

/**
 * Reads them back, texts cleaned. `undefined` for what is none.
 * Shape: steps have what the screen shows of them; what a status was before and after, the route and the time are not
 * recorded, and they stand by their nodes in place of the order in which they ended.
 */
export function readOperations(value: unknown, names: readonly string[]): readonly Operation[] | undefined {
  if (!Array.isArray(value) || value.length > mostOperations) return undefined;
  let left = mostLines;
  return readAll(value, (one) => {
    const read = readOperation(one, names, left);
    left -= read?.begun.orders.length ?? 0;
    return read;
  });
}

function readOperation(value: unknown, names: readonly string[], most: number): Operation | undefined {
  if (!isObject(value)) return undefined;
  const { action, at, ended, id, masters, reason, until } = value;
  const who = readActor(value["who"]);
  if (!isText(id) || id === "" || !isTime(at) || !isAction(action) || who === undefined) return undefined;
  if (!isTextOrNone(reason) || !(until === undefined || isTime(until))) return undefined;
  const named = readAll(masters, (name) => (isText(name) ? cleanText(name) : undefined));
  const lines = readLines(value["lines"], names, most);
  if (named === undefined || lines === undefined) return undefined;
  const own = { id: cleanText(id), at: isoOf(at) };
  const unsaid = { before: undefined, after: undefined, st: undefined, route: undefined, detail: "", ms: 0 };
  return {
    begun: {
      ...{ kind: "begun", ...own, who, action, masters: named },
      reason: reason === undefined ? undefined : cleanText(reason),
      until: until === undefined ? undefined : isoOf(until),
      orders: lines.map(({ backend, node, server }) => ({ node, backend, server, before: undefined })),
    },
    steps: lines.flatMap(({ outcome, ...line }) =>
      outcome === null ? [] : [{ ...unsaid, kind: "step" as const, ...own, ...line, outcome }],
    ),
    ended: readEnd(ended, own.id),
  };
}

function readEnd(value: unknown, id: string): Operation["ended"] {
  if (!Array.isArray(value)) return undefined;
  const [at, outcome] = value;
  return isTime(at) && isText(outcome)
    ? { kind: "ended", id, at: isoOf(at), outcome: cleanText(outcome), counts: {} }
    : undefined;
}

function readLines(value: unknown, names: readonly string[], most: number) {
  if (!Array.isArray(value)) return undefined;
  const read: (Line & { readonly outcome: OutcomeWord | null })[] = [];
  for (const line of value) {
    if (!Array.isArray(line)) return undefined;
    const [outcome, backend, server, nodes] = line;
    if (!(outcome === null || isOutcome(outcome)) || !isText(backend) || !isText(server)) return undefined;
    const own = readNodes(nodes, names, most - read.length);
    if (own === undefined) return undefined;
    const common = { backend: cleanText(backend), server: cleanText(server), outcome };
    for (const node of own) read.push({ node, ...common });
  }
  return read;
}

function readNodes(value: unknown, names: readonly string[], most: number): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const read: string[] = [];
  for (const one of value) {
    const [from, to] = Array.isArray(one) ? one : [one, one];
    const run = isText(one) ? [cleanText(one)] : namesFrom(from, to, names);
    if (run === undefined || read.length + run.length > most) return undefined;
    for (const name of run) read.push(name);
  }
  return read;
}

function namesFrom(from: unknown, to: unknown, names: readonly string[]): readonly string[] | undefined {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return undefined;
  const [first, last] = [Number(from), Number(to)];
  return first >= 0 && first <= last && last < names.length ? names.slice(first, last + 1) : undefined;
}

/** In one form, whatever was written: it is drawn as it stands. */
function isoOf(at: string): string {
  return new Date(at).toISOString();
}
