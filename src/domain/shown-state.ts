import type { AdminAction, AdminState } from "./action.ts";
import type { ServerStatus } from "./status.ts";

/** What a status column tells of a wanted admin state. `hidden`: it reads the same with and without it. */
export type Shown = "wanted" | "other" | "hidden";

/** Whether an action takes a server out of service, which is what the guard is about. */
export function takesOut(action: AdminAction): boolean {
  return action === "drain" || action === "maint";
}

/**
 * Compares a status column with the state that is asked for.
 * Shape: DOWN and NOLB hide ready and drain alike. `MAINT (via …)` and `MAINT (resolution)` stand above the server's own
 * state and hide it, except that the server surely is not ready. `DRAIN (agent)` is written with any agent check, forced
 * drain or not, so it hides whether the drain would stay.
 * Source: haproxy-facts §1 (2), §3 "Order of decision"; HAProxy src/stats-proxy.c.
 */
export function shownState({ admin, cause }: ServerStatus, wanted: AdminState): Shown {
  if (admin === "unknown") return "hidden";
  if (cause === "via" || cause === "resolution") return wanted === "ready" ? "other" : "hidden";
  if (admin !== wanted) return "other";
  return admin === "drain" && cause === "agent" ? "hidden" : "wanted";
}
