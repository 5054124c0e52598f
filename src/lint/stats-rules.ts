import { heldLines } from "../domain/cfg-proxy.ts";
import { isWide } from "./addresses.ts";
import { type Condition, fetchOf, type Term } from "./condition.ts";
import { type Hit, hitAt, hitOn, type LintRule } from "./rule.ts";
import {
  asksForPassword,
  asksWho,
  guards,
  hasClosedDoors,
  isOfMachine,
  type StatsPage,
  statsPage,
} from "./stats-page.ts";

export const openAdmin: LintRule = {
  id: "LB021",
  name: "open-admin",
  severity: "error",
  finds: "stats admin for more than the machine itself, named addresses or a group",
  reason: "whoever reaches the page can take every master out of service",
  fix: "stats admin if LOCALHOST",
  find: ({ pattern }) =>
    pattern.statsPages.map(statsPage).flatMap((page) => {
      const list = guardList(page);
      const open = page.stats.filter(({ line, condition }) => line.words[1] === "admin" && isOpen(condition, list));
      return open.map(({ line, condition = [] }) => hitAt(line, page.proxy, openWords(condition.flat())));
    }),
};

/** Every alternative has to be narrow: one that is not is enough to get in. */
function isOpen(condition: Condition | undefined, guard: string | undefined): boolean {
  return condition?.every((terms) => terms.some((term) => narrows(term, guard))) !== true;
}

/** The userlist that lets people see the page, also by an acl's name; asking for it again asks nothing more. */
function guardList({ rules, stats }: StatsPage): string | undefined {
  const asking = [
    ...rules.filter(({ line }) => line.words[1] === "auth"),
    ...stats.filter(({ line }) => line.words[1] === "http-request" && line.words[2] === "auth"),
  ];
  const criteria = asking.flatMap(({ condition = [] }) => condition.flat().flatMap((term) => term.criteria));
  return criteria.find((criterion) => fetchOf(criterion) === "http_auth")?.[0];
}

function narrows({ negated, criteria }: Term, guard: string | undefined): boolean {
  if (criteria.length === 0) return false;
  return criteria.every((criterion) => {
    const fetch = fetchOf(criterion);
    if (negated) return fetch === "always_true";
    if (fetch === "http_auth_group" || fetch === "always_false") return true;
    if (fetch === "http_auth") return criterion[0] !== guard;
    return fetch === "src" && criterion.length > 1 && !criterion.some(isWide);
  });
}

function openWords(terms: readonly Term[]): string {
  const wide = terms.flatMap(({ criteria }) => criteria.flat()).find(isWide);
  if (wide !== undefined) return `stats admin takes orders from ${wide}`;
  const isTrue = terms.some(({ criteria }) => criteria.some((criterion) => fetchOf(criterion) === "always_true"));
  return `stats admin under a condition that ${isTrue ? "is always true" : "asks neither for the address nor for a group"}`;
}

export const metricsPassword: LintRule = {
  id: "LB022",
  name: "metrics-password",
  severity: "warning",
  finds: "/metrics that answers before the password is asked for",
  reason: "anybody who reaches the port reads the names of all masters, HAProxy's version and the traffic",
  fix: "http-request auth realm k3s-lb unless { http_auth(<userlist>) }, above the rule of prometheus-exporter",
  find: ({ pattern }) =>
    pattern.statsPages
      .map(statsPage)
      .filter((page) => asksForPassword(page) && !hasClosedDoors(page))
      .flatMap(unguarded),
};

function unguarded({ proxy, rules }: StatsPage): readonly Hit[] {
  const guard = rules.findIndex(guards);
  const open = guard < 0 ? rules : rules.slice(0, guard);
  return open
    .filter((rule) => rule.line.words[1] === "use-service" && rule.line.words[2] === "prometheus-exporter")
    .filter((rule) => !asksWho(rule))
    .map(({ line }) => hitAt(line, proxy, "prometheus-exporter answers before the password of this page is asked for"));
}

export const noPassword: LintRule = {
  id: "LB024",
  name: "no-password",
  severity: "error",
  finds: "a page of statistics without any password",
  reason: "anybody who reaches the port reads all names and addresses, and may give orders where stats admin lets them",
  fix: "http-request auth realm k3s-lb unless { http_auth(<userlist>) }",
  find: ({ pattern }) =>
    pattern.statsPages
      .map(statsPage)
      .filter((page) => !asksForPassword(page) && !hasClosedDoors(page))
      .map((page) => hitOn(page.proxy, "the page of statistics asks for no password", milder(page))),
};

/** Where nobody comes in from outside, it is a matter between those who are on the machine. */
function milder(page: StatsPage): Partial<Hit> {
  if (!isOfMachine(page)) return {};
  return page.stats.some(({ line }) => line.words[1] === "admin")
    ? { severity: "warning", reason: "everybody on this machine reads all names and addresses, and may give orders" }
    : { severity: "note", reason: "everybody on this machine, though nobody else, reads all names and addresses" };
}

export const showLegends: LintRule = {
  id: "LB054",
  name: "show-legends",
  severity: "note",
  finds: "a page of statistics without stats show-legends",
  reason: "the page and its CSV do not tell the address behind a master's name",
  fix: "stats show-legends",
  find: ({ pattern }) =>
    // A page of another service shows no masters.
    (pattern.backends.length === 0 ? [] : pattern.statsPages)
      .filter((page) => heldLines(page, "stats").every(({ words }) => words[1] !== "show-legends"))
      .map((page) => hitOn(page, "no stats show-legends")),
};
