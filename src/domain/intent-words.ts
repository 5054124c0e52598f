import { formatAge } from "./ages.ts";
import type { MasterLedger } from "./master-ledger.ts";
import type { MasterIntent, ServerLedger } from "./view.ts";

const dayMs = 24 * 3_600_000;

/**
 * A time of day in UTC, with its day where it is another one than today: "14:00 UTC", "23 Nov 14:00 UTC".
 * Units: Unix time, both.
 */
export function formatMoment(atMs: number, wallMs: number): string {
  const at = new Date(atMs);
  const time = `${at.toISOString().slice(11, 16)} UTC`;
  if (Math.floor(atMs / dayMs) === Math.floor(wallMs / dayMs)) return time;
  const month = at.toLocaleString("en", { month: "short", timeZone: "UTC" });
  const year = at.getUTCFullYear() === new Date(wallMs).getUTCFullYear() ? "" : ` ${at.getUTCFullYear()}`;
  return `${at.getUTCDate()} ${month}${year} ${time}`;
}

/** Who took a master out, as a clause behind "drained on …": " by ops 3h ago: kernel, until 14:00 UTC"; may be empty. */
export function byWords({ intent, hasOthers, held, pending, drift }: MasterLedger): string {
  if (intent === undefined) return "";
  const known = [...held, ...pending, ...drift].find(({ ledger }) => ledger.intent?.id === intent.id);
  const agoMs = known === undefined ? 0 : known.ledger.agoMs;
  const wallMs = (known?.ledger.intent?.sinceMs ?? intent.sinceMs) + agoMs;
  const others = hasOthers ? " and others" : "";
  const until =
    intent.untilMs === undefined || intent.isExpired ? "" : `, until ${formatMoment(intent.untilMs, wallMs)}`;
  return ` by ${intent.who.user}${others} ${formatAge(wallMs - intent.sinceMs)} ago${whyWords(intent)}${until}`;
}

/** ": kernel", or nothing. */
export function whyWords({ reason }: Pick<MasterIntent, "reason">): string {
  return reason === undefined || reason === "" ? "" : `: ${reason}`;
}

/** "; HAProxy restarted there 40s ago", where a restart after the order is known; the latest one speaks. */
export function restartWords(ledgers: readonly ServerLedger[]): string {
  const agesMs = ledgers.flatMap(({ restartedAgoMs }) => restartedAgoMs ?? []);
  return agesMs.length === 0 ? "" : `; HAProxy restarted there ${formatAge(Math.min(...agesMs))} ago`;
}
