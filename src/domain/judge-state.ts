import type { AdminState } from "./action.ts";
import type { Judgement, ReadBack } from "./judge.ts";
import type { RouteReply } from "./outcome.ts";
import type { PlanStep } from "./plan.ts";
import { type Shown, shownState } from "./shown-state.ts";
import { parseStatus } from "./status.ts";

type Verdict = Omit<Judgement, "st" | "after">;

const lookAgain = "it may still happen: look at the node before anything is sent again";

/** Judges an order for an admin state where HAProxy said done (or nothing) by what the server line shows now. */
export function judgeState(step: PlanStep, wanted: AdminState, reply: RouteReply, readBack: ReadBack): Verdict {
  return reply.kind === "no-answer"
    ? judgeSilence(step, wanted, reply.failure.detail, readBack)
    : judgeDone(step, wanted, readBack);
}

function judgeDone(step: PlanStep, wanted: AdminState, readBack: ReadBack): Verdict {
  switch (readBack.kind) {
    case "none":
      return {
        outcome: "accepted",
        detail: `HAProxy said done, but it could not be read back${because(readBack.failure?.detail)}`,
        next: "look at the node once it answers",
      };
    case "gone":
      return {
        outcome: "contradicted",
        detail: "HAProxy said done, but its page no longer has that server line",
        next: "was the configuration changed there? Look at that node's haproxy.cfg",
      };
    case "row":
      return judgeRow(step, wanted, readBack);
  }
}

function judgeRow(step: PlanStep, wanted: AdminState, readBack: Extract<ReadBack, { readonly kind: "row" }>): Verdict {
  const { row, hasRestarted } = readBack;
  const { text } = row.status;
  switch (shown(step, wanted, readBack)) {
    case "wanted":
      return { outcome: "verified", detail: `shows ${text}`, next: undefined };
    case "hidden":
      return hasRestarted
        ? {
            outcome: "accepted",
            detail: `HAProxy said done and was replaced around that time, which loses it; ${text} cannot tell`,
            next: "run it again: an order that is already in force changes nothing",
          }
        : { outcome: "accepted", detail: `HAProxy said done; ${text} hides it`, next: whenVisible(row.status.cause) };
    case "other":
      return { outcome: "contradicted", ...whyOther(wanted, readBack) };
  }
}

function whyOther(
  wanted: AdminState,
  { row, hasRestarted }: Extract<ReadBack, { readonly kind: "row" }>,
): Pick<Verdict, "detail" | "next"> {
  const { text, cause, via } = row.status;
  if (wanted === "ready" && cause === "via") {
    return { detail: `is ${text} still: it follows ${via}`, next: `enable ${via} on that node` };
  }
  if (wanted === "ready" && cause === "resolution") {
    return { detail: `is ${text} still: its name does not resolve there`, next: "look at that node's name server" };
  }
  if (wanted === "ready" && cause === "agent") {
    return { detail: `is ${text} still: its agent check keeps it so`, next: "look at the agent on the master" };
  }
  if (hasRestarted) {
    return {
      detail: `HAProxy said done and was replaced around that time, which loses it: it shows ${text}`,
      next: "run it again",
    };
  }
  return {
    detail: `HAProxy said done, but it shows ${text}`,
    next: "someone or something undid it: look at that node, then run it again",
  };
}

/** Without an answer only a change that can be seen is proof. */
function judgeSilence(step: PlanStep, wanted: AdminState, failure: string, readBack: ReadBack): Verdict {
  if (readBack.kind === "row") {
    const { text } = readBack.row.status;
    if (shown(step, wanted, readBack) === "wanted") {
      return { outcome: "verified", detail: `shows ${text}, although nobody answered the order`, next: undefined };
    }
    return { outcome: "unknown", detail: `sent, but nobody answered (${failure}); it shows ${text}`, next: lookAgain };
  }
  const sight = readBack.kind === "gone" ? "its page has no such server line" : "it cannot be read either";
  return { outcome: "unknown", detail: `sent, but nobody answered (${failure}); ${sight}`, next: lookAgain };
}

/**
 * `DRAIN (agent)` is written by every server with an agent check: where it appeared with the order it is the order's,
 * where it stood before nobody can tell.
 */
function shown(step: PlanStep, wanted: AdminState, { row }: Extract<ReadBack, { readonly kind: "row" }>): Shown {
  const now = shownState(row.status, wanted);
  const isAgents = now === "hidden" && row.status.admin === "drain" && wanted === "drain";
  if (!isAgents || step.before === undefined) return now;
  return parseStatus(step.before.status).admin === "ready" ? "wanted" : now;
}

function whenVisible(cause: string | undefined): string {
  if (cause === "via" || cause === "resolution") return "it shows once that reason is gone";
  if (cause === "agent") return "it shows once the agent lets it go";
  return "it shows once the server is up again; `show servers state` on the node's socket tells now";
}

function because(detail: string | undefined): string {
  return detail === undefined ? "" : ` (${detail})`;
}
