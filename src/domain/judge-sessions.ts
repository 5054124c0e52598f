import type { Judgement, ReadBack } from "./judge.ts";
import type { RouteReply } from "./outcome.ts";
import type { PlanStep } from "./plan.ts";

type Verdict = Omit<Judgement, "st" | "after">;

const lookAgain = "look at the sessions there before anything is sent again";

/**
 * Judges an order to close sessions by how many are left. HAProxy closes them within a millisecond, but a server that
 * still takes connections gets new ones at once, so fewer than before is as much as can be asked of it.
 * Source: haproxy-facts §4, `shutdown`.
 */
export function judgeSessions(step: PlanStep, reply: RouteReply, readBack: ReadBack): Verdict {
  const before = step.before?.sessions;
  const left = readBack.kind === "row" ? readBack.row.sessions : undefined;
  if (left === 0) {
    return { outcome: "verified", detail: before ? `closed ${count(before)}` : "no session is left", next: undefined };
  }
  if (reply.kind === "no-answer") {
    const sight = left === undefined ? "they cannot be counted either" : `${count(left)} there now`;
    return {
      outcome: "unknown",
      detail: `sent, but nobody answered (${reply.failure.detail}); ${sight}`,
      next: lookAgain,
    };
  }
  if (left !== undefined && before !== undefined && left < before) {
    return {
      outcome: "verified",
      detail: `${count(before)} before, ${left} now, which came after`,
      next: undefined,
    };
  }
  if (left === undefined) {
    const why = readBack.kind === "none" ? readBack.failure?.detail : undefined;
    return {
      outcome: "accepted",
      detail: `HAProxy said done, but the sessions could not be counted${why === undefined ? "" : ` (${why})`}`,
      next: "look at the node once it answers",
    };
  }
  return {
    outcome: "accepted",
    detail: `HAProxy said done, but there are ${count(left)} now: clients came back at once`,
    next: "drain it first, so that they go elsewhere",
  };
}

function count(sessions: number): string {
  return sessions === 1 ? "1 session" : `${sessions} sessions`;
}
