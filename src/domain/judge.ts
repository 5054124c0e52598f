import type { PollFailure } from "./failure.ts";
import { judgeSessions } from "./judge-sessions.ts";
import { judgeState } from "./judge-state.ts";
import type { RouteReply, StepResult } from "./outcome.ts";
import type { PlanStep } from "./plan.ts";
import type { StatsRow } from "./stats.ts";

/**
 * What was read of the server line after the answer to its order. `gone`: a page came and had no such line. `none`: no
 * page came. `hasRestarted`: the process was replaced, or its counters were cleared, since the node was last seen.
 */
export type ReadBack =
  | { readonly kind: "row"; readonly row: StatsRow; readonly hasRestarted: boolean }
  | { readonly kind: "gone" }
  | { readonly kind: "none"; readonly failure: PollFailure | undefined };

/** What became of an order, in words. */
export type Judgement = Pick<StepResult, "outcome" | "st" | "after" | "detail" | "next">;

/**
 * Whether only reading back can tell what became of the order: HAProxy said done, or nobody said anything. A code that
 * this program does not know may mean either.
 */
export function needsReadBack(reply: RouteReply): boolean {
  switch (reply.kind) {
    case "answered":
      return reply.st === "DONE" || reply.st === "PART" || reply.st === "UNKN";
    case "said":
      return reply.means === "ok";
    case "no-answer":
      return true;
    case "rejected":
    case "not-sent":
      return false;
  }
}

/**
 * Judges one order by what came back and by what was read afterwards. `step.before` is what the server line showed
 * right before the order went out.
 * Shape: DONE alone is never `verified`; a refusal needs no reading back.
 * Source: the table in README "Outcomes"; haproxy-facts §1 (5), §4, §8.
 */
export function judge(step: PlanStep, reply: RouteReply, readBack: ReadBack): Judgement {
  const st = reply.kind === "answered" ? reply.st : undefined;
  if (!needsReadBack(reply)) return { st, after: undefined, ...judgeReply(step, reply) };
  const after = readBack.kind === "row" ? readBack.row.status.text : undefined;
  const isUnread = reply.kind === "answered" && reply.st === "UNKN";
  const seen =
    step.action === "shutdown" ? judgeSessions(step, reply, readBack) : judgeState(step, step.action, reply, readBack);
  if (isUnread && seen.outcome !== "verified")
    return { st, after, ...refusedWith(step, "a code that is not known here") };
  return { st, after, ...seen };
}

type Verdict = Omit<Judgement, "st" | "after">;

/** An answer that says that nothing was done. */
function judgeReply(step: PlanStep, reply: RouteReply): Verdict {
  switch (reply.kind) {
    case "not-sent":
      return {
        outcome: "unreached",
        detail: `nothing was sent: ${reply.failure.detail}`,
        next: "safe to run again once the node answers",
      };
    case "rejected":
      return judgeStatus(reply.statusCode);
    case "said":
      if (reply.means === "permission") {
        return {
          outcome: "denied",
          detail: `the socket does not let orders pass: ${reply.text}`,
          next: "give the stats socket `level admin`, or use the master socket",
        };
      }
      return refusedWith(step, reply.text);
    case "answered":
      if (reply.st === "DENY") {
        return {
          outcome: "denied",
          detail: "HAProxy does not take orders from this address (DENY)",
          next: "go over ssh (--via ssh) or act on the node itself: `stats admin if LOCALHOST` lets only that pass",
        };
      }
      return refusedWith(step, codeWords[reply.st] ?? reply.st);
    case "no-answer":
      throw new Error("no answer says nothing by itself");
  }
}

const codeWords: Readonly<Partial<Record<string, string>>> = {
  ERRP: "ERRP: no such backend, server or action there",
  NONE: "NONE: it found nothing to do in the order",
  EXCD: "EXCD: the order was too long",
  IVAL: "IVAL: it could not read the order",
};

function judgeStatus(statusCode: number): Verdict {
  if (statusCode === 401) {
    return {
      outcome: "denied",
      detail: "the user or the password is refused (401)",
      next: "compare `stats.username` and `stats.password` with that node's `stats auth` line",
    };
  }
  if (statusCode === 403) {
    return {
      outcome: "denied",
      detail: "orders from this address are forbidden (403)",
      next: "go over ssh (--via ssh), or look for a `http-request deny` in that node's stats section",
    };
  }
  return {
    outcome: "refused",
    detail: `the answer was HTTP ${statusCode} and not HAProxy's`,
    next: "check `stats.port` and `stats.path`: is something in front of HAProxy?",
  };
}

function refusedWith(step: PlanStep, what: string): Verdict {
  return {
    outcome: "refused",
    detail: `HAProxy refused the order for ${step.backend}/${step.server} (${what})`,
    next: "compare the names with that node's haproxy.cfg",
  };
}
