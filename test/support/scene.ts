import type { FailureKind } from "../../src/domain/failure.ts";
import type { NodeRecord } from "../../src/domain/fleet.ts";
import { emptyRecord } from "../../src/domain/fleet.ts";
import type { Fleet } from "../../src/domain/inventory.ts";
import type { ProcessInfo, StatsRow } from "../../src/domain/stats.ts";
import { aRow, aStatus } from "./fleet-view.ts";

/** The moment at which scenes are looked at; their answers are 100 ms old. */
export const nowMs = 100_000;

/** What a node says of a master: a status column, parts of a row, or nothing for "no server line". */
export type Said = string | (Partial<StatsRow> & { readonly column?: string }) | undefined;

/** What a node does: answer, with something to say of each master by its number, fail, or stay silent. */
export type NodeSays =
  | ((master: number) => Said)
  | { readonly fails: FailureKind; readonly detail?: string; readonly lastGoodAgoMs?: number }
  | "silent";

/**
 * Records of a fleet in one situation. `says` gives each node (by its number from 1) its part;
 * `more` may add to the record that comes out (process, restart, extra rows).
 */
export function scene(
  fleet: Fleet,
  says: (node: number) => NodeSays,
  more: (node: number, rows: readonly StatsRow[]) => Partial<NodeRecord> = () => ({}),
): ReadonlyMap<string, NodeRecord> {
  return new Map(
    fleet.nodes.flatMap((node, i): [string, NodeRecord][] => {
      const part = says(i + 1);
      if (part === "silent") return [];
      if (typeof part === "object") return [[node.name, failedRecord(node.name, part, fleet)]];
      const rows = rowsOf(fleet, part);
      const good = { source: "stats", rows, atMs: nowMs - 100, durationMs: 5 } as const;
      return [[node.name, { ...emptyRecord(node.name), good, ...more(i + 1, rows) }]];
    }),
  );
}

/** The process part of a record. */
export function processOf(version: string): ProcessInfo {
  return { version, nodeName: undefined, startedAtSeconds: 1 };
}

/** The server rows of a page of the fleet's own backend, or of another. */
export function rowsOf(
  fleet: Fleet,
  say: (master: number) => Said,
  backend: string = fleet.backend,
): readonly StatsRow[] {
  return fleet.masters.flatMap((master, i) => {
    const said = say(i + 1);
    if (said === undefined) return [];
    const { column = "UP", ...part } = typeof said === "string" ? { column: said } : said;
    const down = column.startsWith("DOWN")
      ? { checkStatus: "L4CON", checkCode: undefined, lastCheckText: "Connection refused", sessions: 0 }
      : {};
    const out = /^(DRAIN|MAINT)/.test(column) ? { sessions: 0 } : {};
    return [aRow({ proxy: backend, name: master.name, status: aStatus(column), ...down, ...out, ...part })];
  });
}

function failedRecord(
  name: string,
  { fails, detail = "connect", lastGoodAgoMs }: Extract<NodeSays, { fails: FailureKind }>,
  fleet: Fleet,
): NodeRecord {
  const failure = { kind: fails, detail, statusCode: undefined };
  const record = { ...emptyRecord(name), failure: { failure, atMs: nowMs - 50, sinceMs: nowMs - 12_000, count: 4 } };
  if (lastGoodAgoMs === undefined) return record;
  const rows = rowsOf(fleet, () => "UP");
  return { ...record, good: { source: "stats", rows, atMs: nowMs - lastGoodAgoMs, durationMs: 5 } };
}
