/** `up` takes connections if its admin state lets it; `stopping` is NOLB; `unchecked` has no health check. */
export type Health = "up" | "stopping" | "down" | "unchecked" | "unknown";

/**
 * What an operator asked for, as far as HAProxy shows it. A DOWN or NOLB server hides a drain (but never a maint), so
 * it reads `unknown` there: HAProxy's answers cannot tell ready from drained.
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

/** What the first word says. A server in MAINT is not checked, so its health is not known. */
const words: Readonly<Record<string, { readonly health: Health; readonly admin: Admin }>> = {
  UP: { health: "up", admin: "ready" },
  DOWN: { health: "down", admin: "unknown" },
  NOLB: { health: "stopping", admin: "unknown" },
  DRAIN: { health: "up", admin: "drain" },
  MAINT: { health: "unknown", admin: "maint" },
};

const grammar = /^([A-Z]+)(?: (\d{1,6})\/(\d{1,6}))?(?: \((.*)\))?$/;

/**
 * Reads the status column of one server row.
 * Shape: a first word that is not in the grammar gives `health` and `admin` "unknown", never a throw; an unknown tail
 * behind a known word stays in `text` only, as newer versions add brackets ("UP (UNPUB)") without changing the word.
 * Units: `streak.count` of `streak.of` checks: for UP those left before DOWN, for DOWN the good ones so far.
 * Source: HAProxy src/stats-proxy.c (srv_hlt_st, stats_fill_sv_computestate); doc/management.txt 9.1, field 17.
 */
export function parseStatus(text: string): ServerStatus {
  if (text === "no check") return status(text, "unchecked", "ready");
  const [, word, count, of, bracket] = grammar.exec(text) ?? [];
  const firstWord = word ?? text.slice(0, Math.max(0, text.indexOf(" ")));
  const known = Object.hasOwn(words, firstWord) ? words[firstWord] : undefined;
  if (known === undefined) return status(text, "unknown", "unknown");
  const via = bracket?.startsWith("via ") ? bracket.slice(4) : undefined;
  return {
    ...status(text, known.health, known.admin),
    streak: streakOf(count, of),
    cause: via !== undefined ? "via" : bracket === "agent" || bracket === "resolution" ? bracket : undefined,
    via,
  };
}

/**
 * A HAProxy with several threads can be read in the middle of a change and then writes "DOWN 3/2" or "DRAIN -1/2" (seen
 * on 2.6.12): the word is true, the count is none.
 */
function streakOf(count: string | undefined, of: string | undefined): ServerStatus["streak"] {
  return count === undefined || Number(count) > Number(of) ? undefined : { count: Number(count), of: Number(of) };
}

/** The status column of a row that is not a server's ("OPEN", "UP (2/3)"): only its text says something. */
export function plainStatus(text: string): ServerStatus {
  return status(text, "unknown", "unknown");
}

function status(text: string, health: Health, admin: Admin): ServerStatus {
  return { text, health, admin, streak: undefined, cause: undefined, via: undefined };
}
