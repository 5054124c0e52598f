import { type CfgLine, linesOf } from "../domain/cfg-file.ts";
import { type CfgProxy, heldLines } from "../domain/cfg-proxy.ts";
import { reachOf } from "./addresses.ts";
import { type Condition, fetchOf, namedCriteria, readCondition } from "./condition.ts";

/**
 * A page of statistics as a request meets it.
 * Shape: `rules` are the `http-request` rules in their order, those of defaults first; `stats` are the `stats` lines in
 * force: one of its own makes a proxy forget all that it inherits.
 */
export type StatsPage = {
  readonly proxy: CfgProxy;
  readonly stats: readonly StatsLine[];
  readonly rules: readonly StatsLine[];
};

/** A line with the condition at its end, `undefined` where it has none. */
export type StatsLine = { readonly line: CfgLine; readonly condition: Condition | undefined };

/** Reads what a page of statistics has for its visitors. */
export function statsPage(proxy: CfgProxy): StatsPage {
  const named = namedCriteria(proxy);
  const read = (line: CfgLine): StatsLine => ({ line, condition: readCondition(line, named) });
  const sections = [...proxy.defaults.toReversed(), proxy.section];
  return {
    proxy,
    stats: heldLines(proxy, "stats").map(read),
    rules: sections.flatMap((section) => linesOf(section, "http-request")).map(read),
  };
}

/** Whether the page asks for a password, in whatever way. */
export function asksForPassword({ stats, rules }: StatsPage): boolean {
  if (stats.some(({ line: { words } }) => words[1] === "auth")) return true;
  if (stats.some(({ line: { words } }) => words[1] === "http-request" && words[2] === "auth")) return true;
  return rules.some((rule) => rule.line.words[1] === "auth" || (refuses(rule) && asks(rule, USER)));
}

/** Whether nobody comes in who has no certificate, or no right to a socket of the file system. */
export function hasClosedDoors({ proxy: { binds } }: StatsPage): boolean {
  return (
    binds.length > 0 &&
    binds.every(({ params, address }) => params.get("verify") === "required" || address.kind === "local")
  );
}

/** Whether only the machine itself comes in: by loopback addresses and sockets of its file system. */
export function isOfMachine({ proxy: { binds } }: StatsPage): boolean {
  return (
    binds.length > 0 &&
    binds.every(({ address }) => {
      return address.kind === "local" || address.host === "localhost" || reachOf(address.host) === "loopback";
    })
  );
}

/** Whether this rule keeps strangers from what comes after it. */
export function guards(rule: StatsLine): boolean {
  if (rule.line.words[1] !== "auth" && !refuses(rule)) return false;
  return rule.condition === undefined || asksWho(rule);
}

/** Whether a rule's condition asks for who or where a client is. */
export function asksWho(rule: StatsLine): boolean {
  return asks(rule, CLIENT);
}

/** Samples that tell one person from another, and those that at least tell one place from another. */
const USER = /^(?:http_auth|http_auth_group|ssl_c_used|ssl_c_verify)$/;
const CLIENT = /^(?:http_auth|http_auth_group|ssl_c_used|ssl_c_verify|src)$/;

function asks({ condition = [] }: StatsLine, fetches: RegExp): boolean {
  const terms = condition.flat();
  return terms.some(({ criteria }) => criteria.some((criterion) => fetches.test(fetchOf(criterion))));
}

function refuses({ line: { words } }: StatsLine): boolean {
  return /^(?:deny|reject|tarpit|silent-drop)$/.test(words[1] ?? "");
}
