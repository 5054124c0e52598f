import { formatAge } from "./ages.ts";
import type { Intent } from "./ledger.ts";
import { nameNodes } from "./node-words.ts";
import type { PlanRequest } from "./plan.ts";

/** An operation of which nothing more is heard is told as under way for this long. */
const underWayMs = 10 * 60_000;

/** What the intents of one operation on one master have in common. */
type Claim = { readonly master: string; readonly intent: Intent; readonly nodes: readonly string[] };

/**
 * What the ledger knows that an operator should hear before a plan runs, one sentence each: an operation of another
 * console that may be under way, masters that are out of service already, and who took out what is to be enabled.
 * Units: `wallMs` Unix time.
 */
export function intentNotes(intents: readonly Intent[], request: PlanRequest, wallMs: number): readonly string[] {
  return claimsOf(intents).flatMap(({ master, intent, nodes }) => {
    const where = nameNodes(nodes);
    const age = formatAge(wallMs - intent.sinceMs);
    if (!intent.isSettled && wallMs - intent.sinceMs < underWayMs) {
      return [
        `Another operation may be under way: ${doing(intent)} ${master} on ${where}, begun ${age} ago by ${who(intent)}.`,
      ];
    }
    if (intent.state === "ready") return [];
    const isAsked = request.masters.includes(master);
    const since = `${master} has been in ${intent.state} for ${age} on ${where}, by ${who(intent)}${why(intent)}`;
    if (isAsked && request.action === "ready") return [`${since}${until(intent, wallMs)}.`];
    const takesOut = request.action === "drain" || request.action === "maint";
    return !isAsked && takesOut ? [`${since}.`] : [];
  });
}

function claimsOf(intents: readonly Intent[]): readonly Claim[] {
  const groups = Map.groupBy(intents, ({ id, server }) => JSON.stringify([id, server]));
  return [...groups.values()].flatMap((group) => {
    const [intent] = group;
    if (intent === undefined) return [];
    const loose = group.find(({ isSettled }) => !isSettled) ?? intent;
    return [{ master: intent.server, intent: loose, nodes: [...new Set(group.map(({ node }) => node))] }];
  });
}

function doing({ state }: Intent): string {
  return state === "ready" ? "enable" : state;
}

function who({ who: { user, host } }: Intent): string {
  return `${user}@${host}`;
}

function why({ reason }: Intent): string {
  return reason === undefined ? "" : ` (${reason})`;
}

function until({ untilMs }: Intent, wallMs: number): string {
  if (untilMs === undefined || untilMs <= wallMs) return "";
  return `, and is meant to stay so for ${formatAge(untilMs - wallMs)}`;
}
