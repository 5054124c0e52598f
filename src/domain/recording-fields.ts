import type { StatsRow } from "./stats.ts";

/** What makes a row the same row in the next page; written in whole pages only. */
export const identityKeys: readonly ["proxy", "name", "type"] = ["proxy", "name", "type"];

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

export const fieldOfLetter: ReadonlyMap<string, Field> = new Map(fields.map((field) => [field.letter, field]));

/** A row's values in the order of the table. Spelled out, as asking for them by computed names takes five times as long. */
export function valuesOf(row: StatsRow): readonly unknown[] {
  return [
    row.status,
    row.weight,
    row.userWeight,
    row.active,
    row.backup,
    row.queue,
    row.sessions,
    row.sessionsMax,
    row.sessionsTotal,
    row.sessionsPerSecond,
    row.bytesIn,
    row.bytesOut,
    row.connectErrors,
    row.connectRetries,
    row.redispatches,
    row.clientAborts,
    row.serverAborts,
    row.checkFailures,
    row.downTransitions,
    row.sinceChangeSeconds,
    row.downtimeSeconds,
    row.chosenTotal,
    row.requestsTotal,
    row.lastSessionSeconds,
    row.connectTimeMs,
    row.tracked,
    row.checkStatus,
    row.checkRunning,
    row.checkCode,
    row.checkDurationMs,
    row.checkRise,
    row.checkFall,
    row.checkHealth,
    row.lastCheckText,
    row.checkDescription,
    row.agentStatus,
    row.lastAgentText,
    row.address,
    row.mode,
  ];
}
