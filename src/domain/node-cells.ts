import type { Fleet } from "./inventory.ts";
import { readServer } from "./server-cell.ts";
import type { StatsRow } from "./stats.ts";
import type { CellState, MasterCell, ServerCell } from "./view.ts";

/**
 * What one page says of every master.
 * `cells` is in the order of the fleet's masters. `usableMasters` is the smallest number over the backends that hold
 * masters, since a client of the worst one has no more. `backends` are those, the fleet's own first; `extra` are the
 * server lines of the fleet's own backend that the fleet file does not know.
 */
export type NodeCells = {
  readonly cells: readonly MasterCell[];
  readonly usableMasters: number;
  readonly backends: readonly string[];
  readonly extra: readonly string[];
};

/** With `alone`, every backend but the fleet's own is left out. */
export function readNodeCells(rows: readonly StatsRow[], fleet: Fleet, alone: boolean): NodeCells {
  const names = new Map(fleet.masters.map((master, index) => [master.name, index]));
  const servers: ServerCell[][] = fleet.masters.map(() => []);
  const usable = new Map<string, number>();
  const extra: string[] = [];
  for (const row of rows) {
    if (row.type !== "server" || (alone && row.proxy !== fleet.backend)) continue;
    const index = names.get(row.name);
    const ofMaster = index === undefined ? undefined : servers[index];
    if (ofMaster === undefined) {
      if (row.proxy === fleet.backend) extra.push(row.name);
      continue;
    }
    const cell = readServer(row);
    if (row.proxy === fleet.backend) ofMaster.unshift(cell);
    else ofMaster.push(cell);
    usable.set(row.proxy, (usable.get(row.proxy) ?? 0) + (cell.usable ? 1 : 0));
  }
  const cells = fleet.masters.map((master, index) => masterCell(master.name, servers[index] ?? [], fleet.backend));
  const backends = [...usable.keys()].sort((a, b) => Number(b === fleet.backend) - Number(a === fleet.backend));
  return { cells, usableMasters: usable.size === 0 ? 0 : Math.min(...usable.values()), backends, extra };
}

/** The worst of the backends speaks for the master; a master missing from the fleet's own backend is absent. */
function masterCell(master: string, servers: readonly ServerCell[], backend: string): MasterCell {
  const first = servers[0];
  if (first === undefined) return { master, state: "absent", servers, sessions: undefined };
  let sessions: number | undefined;
  let worst: CellState = first.state;
  for (const server of servers) {
    if (badness[server.state] > badness[worst]) worst = server.state;
    if (server.row.sessions !== undefined) sessions = (sessions ?? 0) + server.row.sessions;
  }
  const isAbsent = worst === "up" && servers.every((server) => server.backend !== backend);
  return { master, state: isAbsent ? "absent" : worst, servers, sessions };
}

const badness: Readonly<Record<CellState, number>> = { up: 0, drain: 1, maint: 2, unknown: 3, down: 4, absent: 5 };
