import type { StatsRow } from "./stats.ts";

/** What makes a row the same row in the next page; written in whole pages only. */
const identityKeys: readonly ["proxy", "name", "type"] = ["proxy", "name", "type"];

type FieldKey = Exclude<keyof StatsRow, (typeof identityKeys)[number]>;

/**
 * How the next value of a field is foreseen, so that only what nobody could foresee is written.
 * `age` grows with the clock; `counter` goes on as it went; a `level` stays; a `measure` stays too, but is written as it
 * is and not by how much it moved, as it jumps about. Of texts and of the status nothing is foreseen but that they stay.
 */
export type FieldKind = "age" | "counter" | "level" | "measure" | "text" | "flag" | "status";

export type Field = { readonly key: FieldKey; readonly letter: string; readonly kind: FieldKind };

/** Letters are the file format: none is ever given to another field. The type asks for every column of a row. */
const table: Readonly<Record<FieldKey, readonly [letter: string, kind: FieldKind]>> = {
  status: ["a", "status"],
  weight: ["b", "level"],
  userWeight: ["c", "level"],
  active: ["d", "level"],
  backup: ["e", "level"],
  queue: ["f", "level"],
  sessions: ["g", "level"],
  sessionsMax: ["h", "level"],
  sessionsTotal: ["i", "counter"],
  sessionsPerSecond: ["j", "measure"],
  bytesIn: ["k", "counter"],
  bytesOut: ["l", "counter"],
  connectErrors: ["m", "counter"],
  connectRetries: ["n", "counter"],
  redispatches: ["o", "counter"],
  clientAborts: ["p", "counter"],
  serverAborts: ["q", "counter"],
  checkFailures: ["r", "counter"],
  downTransitions: ["s", "counter"],
  sinceChangeSeconds: ["t", "age"],
  downtimeSeconds: ["u", "age"],
  chosenTotal: ["v", "counter"],
  requestsTotal: ["w", "counter"],
  lastSessionSeconds: ["x", "age"],
  connectTimeMs: ["y", "measure"],
  tracked: ["z", "text"],
  checkStatus: ["A", "text"],
  checkRunning: ["B", "flag"],
  checkCode: ["C", "measure"],
  checkDurationMs: ["D", "measure"],
  checkRise: ["E", "level"],
  checkFall: ["F", "level"],
  checkHealth: ["G", "level"],
  lastCheckText: ["H", "text"],
  checkDescription: ["I", "text"],
  agentStatus: ["J", "text"],
  lastAgentText: ["K", "text"],
  address: ["L", "text"],
  mode: ["M", "text"],
};

export const fields: readonly Field[] = (Object.keys(table) as FieldKey[]).map((key) => {
  const [letter, kind] = table[key];
  return { key, letter, kind };
});

/** Those that hold numbers, and the others. A field's place is its index in one of these lists. */
const others: ReadonlySet<FieldKind> = new Set<FieldKind>(["text", "flag", "status"]);
export const numberFields: readonly Field[] = fields.filter(({ kind }) => !others.has(kind));
export const otherFields: readonly Field[] = fields.filter(({ kind }) => others.has(kind));

export const fieldOfLetter: ReadonlyMap<string, Field> = new Map(fields.map((field) => [field.letter, field]));

/** What stands for a number that is not there. */
const none = Number.NaN;

/** A row's numbers in the order of `numberFields`, from `at` on. Spelled out, as computed names take five times as long. */
export function putNumbers(row: StatsRow, into: Float64Array, at: number): void {
  into[at] = row.weight ?? none;
  into[at + 1] = row.userWeight ?? none;
  into[at + 2] = row.active ?? none;
  into[at + 3] = row.backup ?? none;
  into[at + 4] = row.queue ?? none;
  into[at + 5] = row.sessions ?? none;
  into[at + 6] = row.sessionsMax ?? none;
  into[at + 7] = row.sessionsTotal ?? none;
  into[at + 8] = row.sessionsPerSecond ?? none;
  into[at + 9] = row.bytesIn ?? none;
  into[at + 10] = row.bytesOut ?? none;
  into[at + 11] = row.connectErrors ?? none;
  into[at + 12] = row.connectRetries ?? none;
  into[at + 13] = row.redispatches ?? none;
  into[at + 14] = row.clientAborts ?? none;
  into[at + 15] = row.serverAborts ?? none;
  into[at + 16] = row.checkFailures ?? none;
  into[at + 17] = row.downTransitions ?? none;
  into[at + 18] = row.sinceChangeSeconds ?? none;
  into[at + 19] = row.downtimeSeconds ?? none;
  into[at + 20] = row.chosenTotal ?? none;
  into[at + 21] = row.requestsTotal ?? none;
  into[at + 22] = row.lastSessionSeconds ?? none;
  into[at + 23] = row.connectTimeMs ?? none;
  into[at + 24] = row.checkCode ?? none;
  into[at + 25] = row.checkDurationMs ?? none;
  into[at + 26] = row.checkRise ?? none;
  into[at + 27] = row.checkFall ?? none;
  into[at + 28] = row.checkHealth ?? none;
}

/** Whether all that is no number is as it was, for which there is rarely more to do. */
export function hasSameOthers(a: StatsRow, b: StatsRow): boolean {
  return (
    a.status.text === b.status.text &&
    a.tracked === b.tracked &&
    a.checkStatus === b.checkStatus &&
    a.checkRunning === b.checkRunning &&
    a.lastCheckText === b.lastCheckText &&
    a.checkDescription === b.checkDescription &&
    a.agentStatus === b.agentStatus &&
    a.lastAgentText === b.lastAgentText &&
    a.address === b.address &&
    a.mode === b.mode
  );
}
