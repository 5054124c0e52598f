import { type NodeFacts, noPage, readRows, whyNotAsked } from "./doctor-facts.ts";
import { type Finding, sayOf } from "./doctor-finding.ts";
import { findRow, hasSteppedBack } from "./restart.ts";
import type { StatsRow } from "./stats.ts";

const howToSee = "Let k3s-lb read that node's file: k3s-lb lint /etc/haproxy/haproxy.cfg.";
const addContstats =
  "Add `option contstats` to the frontend (k3s-lb generate haproxy writes it): bytes are then counted every 5 s.";

/**
 * What shows of `option contstats`, and that timeouts do not show.
 * Source: seen on 2.6.12 and 3.2: with it the bytes of an open session are counted every 5 s, without it at its end.
 */
export function trafficFindings(facts: NodeFacts, backend: string): readonly Finding[] {
  return [contstatsFinding(facts, backend), timeoutsFinding(facts)];
}

function timeoutsFinding(facts: NodeFacts): Finding {
  const say = sayOf("timeouts");
  if (readRows(facts) === undefined) return say.skipped(whyNotAsked(facts) ?? noPage);
  return say.skipped("no page of HAProxy shows its timeouts", howToSee);
}

/** Sessions that began so long ago were counted once at least, were they counted while they run. Units: seconds. */
const countedAfterSeconds = 7;
/** With so many sessions open, one is counted nearly every moment. */
const manySessions = 10;

function contstatsFinding(facts: NodeFacts, backend: string): Finding {
  const say = sayOf("contstats");
  const rows = readRows(facts);
  if (rows === undefined) return say.skipped(whyNotAsked(facts) ?? noPage);
  const servers = rows.filter(({ type, proxy }) => type === "server" && proxy === backend);
  const open = servers.reduce((sum, { sessions = 0 }) => sum + sessions, 0);
  if (open === 0) return say.skipped("not to be seen while no session is open", howToSee);
  if (servers.some(isNeverCounted)) {
    return say.note(
      "sessions are open for seconds and not a byte of them is counted: `option contstats` is missing, or nothing was sent",
      addContstats,
    );
  }
  const later = facts.later?.ok === true ? facts.later.rows : undefined;
  if (later === undefined || hasSteppedBack(rows, later)) {
    return say.skipped("not to be seen in one look at sessions that are open", howToSee);
  }
  const moved = servers.map((row, index) => ({ row, after: findRow(later, row, index) }));
  if (moved.some(({ row, after }) => after !== undefined && isCountedWhileOpen(row, after))) {
    return say.ok("bytes are counted while sessions run");
  }
  if (open >= manySessions && moved.every(({ row, after }) => after !== undefined && bytes(after) === bytes(row))) {
    return say.note(
      `${open} sessions are open and not a byte was counted in a second: \`option contstats\` is missing, or all are silent`,
      addContstats,
    );
  }
  return say.skipped("not to be seen in a second with so few sessions open", howToSee);
}

/** All its sessions are still open, the last one began long enough ago, and nothing is counted. */
function isNeverCounted(row: StatsRow): boolean {
  const { sessions = 0, sessionsTotal, lastSessionSeconds = 0 } = row;
  return sessions > 0 && sessionsTotal === sessions && lastSessionSeconds >= countedAfterSeconds && bytes(row) === 0;
}

/** More bytes though no session has ended meanwhile. */
function isCountedWhileOpen(before: StatsRow, after: StatsRow): boolean {
  return bytes(after) > bytes(before) && ended(after) === ended(before);
}

function ended({ sessions = 0, sessionsTotal = 0 }: StatsRow): number {
  return sessionsTotal - sessions;
}

function bytes({ bytesIn = 0, bytesOut = 0 }: StatsRow): number {
  return bytesIn + bytesOut;
}

/** Whether a second look may tell what the first one does not: something runs, or a check was under way. */
export function wantsSecondLook(rows: readonly StatsRow[], backend: string): boolean {
  return rows.some(
    ({ type, proxy, sessions = 0, checkRunning }) =>
      type === "server" && proxy === backend && (sessions > 0 || checkRunning),
  );
}
