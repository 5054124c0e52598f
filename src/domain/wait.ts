import type { AdminState } from "./action.ts";
import { formatAge } from "./ages.ts";
import { nameNodes } from "./node-words.ts";
import { shownState } from "./shown-state.ts";
import type { StatsRow } from "./stats.ts";
import type { NodeView, ServerCell } from "./view.ts";

/**
 * How far one node is from what is waited for. `contradicted`: somebody else's change makes waiting there pointless.
 * `sessions` are those of the masters waited for, by its last answer; `undefined` where nobody counts. `hasRestarted`:
 * this console saw the node's HAProxy being replaced, so that an old worker may hold sessions that nobody can see.
 * `detail` is a clause, such as "3 sessions" or "UP for 4s of 10s".
 */
export type WaitNode = {
  readonly node: string;
  readonly state: "waiting" | "done" | "contradicted";
  readonly sessions: number | undefined;
  readonly hasRestarted: boolean;
  readonly detail: string;
};

/** Judges a node for a wait, by its newest view. */
export type WaitJudge = (view: NodeView) => WaitNode;

/**
 * Waits for the sessions of these masters to end. `wanted` is the state that they were put into: another one that shows
 * is somebody else's change. `undefined`: whatever their state.
 */
export function createSessionsJudge(masters: readonly string[], wanted: AdminState | undefined): WaitJudge {
  return (view) => {
    const servers = serversOf(view, masters);
    const sessions = sumSessions(servers);
    const base = { node: view.name, sessions, hasRestarted: view.restartedAgoMs !== undefined };
    if (view.state !== "fresh") return { ...base, state: "waiting", detail: unseenText(view) };
    if (servers.length === 0) return { ...base, state: "contradicted", detail: "its server line is gone" };
    const other = wanted && servers.find(({ row }) => shownState(row.status, wanted) === "other");
    if (other) {
      return { ...base, state: "contradicted", detail: `shows ${other.row.status.text}: somebody changed it` };
    }
    if (sessions === 0) return { ...base, state: "done", detail: "no session left" };
    const detail =
      sessions === undefined ? "sessions not counted" : sessions === 1 ? "1 session" : `${sessions} sessions`;
    return { ...base, state: "waiting", detail };
  };
}

/**
 * Waits until these masters are UP with a finished, passed check for `stableMs` without interruption, by answers of the
 * node alone: a gap of more than two of its intervals begins anew. A server without check counts by its word.
 * Shape: keeps what it has seen, so one judge serves one wait.
 * Units: milliseconds.
 */
export function createUpJudge(masters: readonly string[], stableMs: number): WaitJudge {
  const seen = new Map<string, { readonly sinceMs: number; readonly lastMs: number }>();
  return (view) => {
    const servers = serversOf(view, masters);
    const base = { node: view.name, sessions: sumSessions(servers), hasRestarted: view.restartedAgoMs !== undefined };
    const atMs = view.record?.good?.atMs;
    const isFresh = view.state === "fresh" && atMs !== undefined;
    const open = servers.find(({ row }) => whyNotUp(row) !== undefined);
    if (!isFresh || servers.length === 0 || open !== undefined) {
      seen.delete(view.name);
      const known = servers.length === 0 ? "has no server line" : (open && whyNotUp(open.row)) || "";
      return { ...base, state: "waiting", detail: isFresh ? known : unseenText(view) };
    }
    const before = seen.get(view.name);
    const goesOn = before !== undefined && atMs - before.lastMs <= 2 * view.config.poll.intervalMs;
    const sinceMs = goesOn ? before.sinceMs : atMs;
    seen.set(view.name, { sinceMs, lastMs: atMs });
    const isStable = atMs - sinceMs >= stableMs;
    const detail = `UP for ${formatAge(atMs - sinceMs)}${isStable ? "" : ` of ${formatAge(stableMs)}`}`;
    return { ...base, state: isStable ? "done" : "waiting", detail };
  };
}

/** What a wait cannot see: facts §1 (17). One sentence, or `undefined` where no restart was noticed. */
export function describeOldWorkers(nodes: readonly WaitNode[]): string | undefined {
  const restarted = nodes.filter((node) => node.hasRestarted).map((node) => node.node);
  if (restarted.length === 0) return undefined;
  return `HAProxy was replaced on ${nameNodes(restarted)}: sessions that an old worker still holds there cannot be seen or killed from here, and are not counted.`;
}

const passed: ReadonlySet<string> = new Set(["L4OK", "L6OK", "L7OK", "L7OKC", "PROCOK"]);

/**
 * A streak ("UP 1/2") is a server that just left MAINT or began to fail: its last check is not a passed one.
 * Source: haproxy-facts §1 (3), §3.
 */
function whyNotUp({ status, checkStatus }: StatsRow): string | undefined {
  if (shownState(status, "ready") !== "wanted" || status.streak !== undefined) return `shows ${status.text}`;
  if (status.health === "unchecked") return undefined;
  return checkStatus !== undefined && passed.has(checkStatus)
    ? undefined
    : `shows ${status.text}, no check has passed yet`;
}

function serversOf(view: NodeView, masters: readonly string[]): readonly ServerCell[] {
  return view.cells.filter((cell) => masters.includes(cell.master)).flatMap((cell) => cell.servers);
}

function sumSessions(servers: readonly ServerCell[]): number | undefined {
  return servers.reduce<number | undefined>(
    (sum, { row }) => (sum === undefined || row.sessions === undefined ? undefined : sum + row.sessions),
    servers.length === 0 ? undefined : 0,
  );
}

function unseenText(view: NodeView): string {
  if (view.failure !== undefined) return `cannot be seen: ${view.failure.detail}`;
  return view.state === "stale" ? `last answer is ${formatAge(view.ageMs)} old` : "has not answered yet";
}
