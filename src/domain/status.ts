/** `up` takes connections if its admin state lets it; `stopping` is NOLB; `unchecked` has no health check. */
export type Health = "up" | "stopping" | "down" | "unchecked" | "unknown";

/**
 * What an operator asked for, as far as HAProxy shows it. A DOWN server hides a drain (but never a maint), so it
 * reads `unknown` there: HAProxy's answers cannot tell ready from drained.
 */
export type Admin = "ready" | "drain" | "maint" | "unknown";

/**
 * A server row's status column, read.
 * Shape: `text` is the column as HAProxy wrote it (cleaned). `streak` is the "1/2" of "UP 1/2".
 * `cause` is the bracket: `agent`, `resolution`, or `via` with the tracked server in `via`.
 * Units: `streak` counts checks.
 */
export type ServerStatus = {
  readonly text: string;
  readonly health: Health;
  readonly admin: Admin;
  readonly streak: { readonly count: number; readonly of: number } | undefined;
  readonly cause: "agent" | "resolution" | "via" | undefined;
  readonly via: string | undefined;
};
