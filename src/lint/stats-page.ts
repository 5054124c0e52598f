import type { CfgLine } from "../domain/cfg-file.ts";
import { type CfgProxy, heldLines } from "../domain/cfg-proxy.ts";
import { fetchOf, readCondition } from "./condition.ts";

/** The rules that a page of statistics goes through, in the order in which HAProxy does: those of defaults first. */
export function requestRules({ section, defaults }: CfgProxy): readonly CfgLine[] {
  return [...defaults.toReversed(), section].flatMap(({ lines }) =>
    lines.filter(({ modifier, words }) => modifier === undefined && words[0] === "http-request"),
  );
}

/** Whether the page asks for a password, in whatever way. */
export function asksForPassword(page: CfgProxy): boolean {
  const stats = statsLines(page);
  if (stats.some(({ words }) => words[1] === "auth")) return true;
  if (stats.some(({ words }) => words[1] === "http-request" && words[2] === "auth")) return true;
  return requestRules(page).some((rule) => rule.words[1] === "auth" || (refuses(rule) && asks(rule, page, USER)));
}

/** Whether nobody comes in who has no certificate, or no right to a socket of the file system. */
export function hasClosedDoors({ binds }: CfgProxy): boolean {
  return (
    binds.length > 0 &&
    binds.every(({ params, address }) => params.get("verify") === "required" || address.kind === "local")
  );
}

/** The `stats` lines in force: one of its own makes a proxy forget all that it inherits. */
export function statsLines(page: CfgProxy): readonly CfgLine[] {
  return heldLines(page, "stats");
}

/** Whether this rule keeps strangers from what comes after it. */
export function guards(rule: CfgLine, page: CfgProxy): boolean {
  if (rule.words[1] !== "auth" && !refuses(rule)) return false;
  return readCondition(rule, page) === undefined || asksWho(rule, page);
}

/** Whether a rule's condition asks for who or where a client is. */
export function asksWho(rule: CfgLine, page: CfgProxy): boolean {
  return asks(rule, page, CLIENT);
}

/** Samples that tell one person from another, and those that at least tell one place from another. */
const USER = /^(?:http_auth|http_auth_group|ssl_c_used|ssl_c_verify)$/;
const CLIENT = /^(?:http_auth|http_auth_group|ssl_c_used|ssl_c_verify|src)$/;

function asks(rule: CfgLine, page: CfgProxy, fetches: RegExp): boolean {
  const terms = (readCondition(rule, page) ?? []).flat();
  return terms.some(({ criteria }) => criteria.some((criterion) => fetches.test(fetchOf(criterion))));
}

function refuses({ words }: CfgLine): boolean {
  return /^(?:deny|reject|tarpit|silent-drop)$/.test(words[1] ?? "");
}
