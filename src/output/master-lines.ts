import { formatDuration } from "../domain/ages.ts";
import type { CellState, MasterView } from "../domain/view.ts";
import type { Style } from "./style.ts";
import { type Column, tableLines } from "./table.ts";
import { verdictTone } from "./tone.ts";

/** One row per master over all nodes: verdict, votes, sessions, evidence, reason. */
export function masterLines(masters: readonly MasterView[], style: Style): readonly string[] {
  const pinned = masters.some((master) => master.pinnedSessions > 0);
  const columns: readonly Column[] = [
    { head: "MASTER", shrinkTo: 12 },
    { head: "VERDICT" },
    { head: "UP", align: "right" },
    { head: "NOT UP", shrinkTo: 8 },
    { head: "SESSIONS", align: "right" },
    ...(pinned ? [{ head: "PINNED", align: "right" } as const] : []),
    { head: "CHECK" },
    { head: "TIME", align: "right" },
    { head: "REASON", shrinkTo: 0 },
  ];
  const rows = masters.map((master) => [
    master.name,
    { text: master.verdict, tone: verdictTone(master.verdict) },
    `${master.nodes.up}/${Object.values(master.nodes).reduce((sum, count) => sum + count, 0)}`,
    notUpWords(master.nodes),
    String(master.sessions),
    ...(pinned ? [String(master.pinnedSessions)] : []),
    master.check,
    formatDuration(master.checkMs),
    master.reason,
  ]);
  return tableLines(columns, rows, style);
}

const NOT_UP: readonly Exclude<CellState, "up">[] = ["down", "drain", "maint", "absent", "unknown"];

/** The votes that are not "up": "3 down, 1 unknown", or "-". */
function notUpWords(nodes: Readonly<Record<CellState, number>>): string {
  const parts = NOT_UP.filter((state) => nodes[state] > 0).map((state) => `${nodes[state]} ${state}`);
  return parts.length === 0 ? "-" : parts.join(", ");
}
