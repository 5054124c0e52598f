import type { FleetNode } from "../domain/inventory.ts";
import type { ReadBack } from "../domain/judge.ts";
import type { PlanStep } from "../domain/plan.ts";
import { isNeededOn } from "../domain/plan-admin.ts";
import { readServer } from "../domain/server-cell.ts";
import { shownState } from "../domain/shown-state.ts";
import type { StatsRow } from "../domain/stats.ts";
import type { AdminRoutes, Sent } from "./admin-route.ts";
import { type PollDeps, pollNode } from "./poll-node.ts";

export type ReadBackDeps = PollDeps & { readonly routes: AdminRoutes };

/** Sessions that HAProxy was told to close may be counted for so long: each ends when its own turn comes. */
const closingMs = 1_000;

/** Waiting between two tries to read: short first, as most failures are a connection that has to be opened again. */
const firstPauseMs = 100;
const longestPauseMs = 1_000;

/**
 * Reads a server line after the answer to its order: at once by the direct way, so that the screen sees it too, and
 * where that fails by the route that acted. Every reading is begun after the answer, so none can show what was before.
 * A page that came ends it: HAProxy's answer is current on the very next GET (haproxy-facts §1 (5)), but for sessions to
 * be closed where no new ones come: a busy HAProxy counts them a moment longer, so they are looked at for a second. And
 * where nobody answered the order it goes on until the wanted state shows, for it may still arrive. Nothing is ever sent.
 * Shape: ends after one try where `isStopped`, and else by `deadlineMs` or one time limit of the node later.
 */
export async function readBackStep(
  node: FleetNode,
  step: PlanStep,
  sent: Sent,
  deps: ReadBackDeps,
  { deadlineMs, isStopped }: { readonly deadlineMs: number; readonly isStopped: () => boolean },
): Promise<ReadBack> {
  const { clock, store } = deps;
  const { restartedAtMs } = store.get(node.name);
  const isAnswered = sent.reply.kind !== "no-answer";
  const closingUntilMs = clock.now() + closingMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const rows = await readRows(node, step, sent, deps, deadlineMs);
    const row = rows === undefined ? undefined : findServer(rows, step);
    const isClosing = row !== undefined && isStillClosing(row, step) && clock.now() < closingUntilMs;
    const isOver =
      row === undefined
        ? rows !== undefined && isAnswered
        : (isAnswered && !isClosing) || !isNeededOn(row, step.action);
    if (isOver || isStopped() || clock.now() + pauseMs >= deadlineMs) {
      if (row !== undefined) {
        return { kind: "row", row, hasRestarted: store.get(node.name).restartedAtMs !== restartedAtMs };
      }
      const failure = store.get(node.name).failure?.failure;
      return rows === undefined ? { kind: "none", failure } : { kind: "gone" };
    }
    await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
  }
}

function isStillClosing(row: StatsRow, { action }: PlanStep): boolean {
  return action === "shutdown" && (row.sessions ?? 0) > 0 && !readServer(row).usable;
}

/** The server line of a step on a page. */
export function findServer(rows: readonly StatsRow[], step: PlanStep): StatsRow | undefined {
  return rows.find((row) => row.type === "server" && row.name === step.server && row.proxy === step.backend);
}

async function readRows(
  node: FleetNode,
  step: PlanStep,
  sent: Sent,
  deps: ReadBackDeps,
  deadlineMs: number,
): Promise<readonly StatsRow[] | undefined> {
  const direct = (await pollNode(node, deps, () => true))?.rows;
  if (direct !== undefined && !(sent.route === "socket" && isHidden(direct, step))) return direct;
  const result = await deps.routes.read(node, sent.route, deadlineMs);
  return result.ok ? result.page.rows : direct;
}

/** What the status column hides, the socket can tell: a drain under DOWN. */
function isHidden(rows: readonly StatsRow[], step: PlanStep): boolean {
  const row = findServer(rows, step);
  return row !== undefined && step.action !== "shutdown" && shownState(row.status, step.action) === "hidden";
}
