import type { PollFailure } from "./failure.ts";
import type { PlanStep } from "./plan.ts";

/** What became of a step. Source: the table in README "Outcomes". */
export type OutcomeWord =
  | "verified"
  | "unchanged"
  | "accepted"
  | "contradicted"
  | "denied"
  | "refused"
  | "guarded"
  | "unreached"
  | "unknown";

/** The codes of HAProxy's `;st=` after a POST. Source: haproxy-facts §4. */
export type StCode = "DONE" | "PART" | "ERRP" | "NONE" | "EXCD" | "DENY" | "IVAL" | "UNKN";

export type RouteName = "http" | "ssh" | "socket";

/**
 * What came back for one order.
 * `answered`: the form's code; `text` is the word itself where HAProxy sent one that is not known here (UNKN). `said`: the socket's own words, read (`ok` is silence, which is success there).
 * `rejected`: an HTTP status that means it was not carried out. `not-sent`: surely nothing went out.
 * `no-answer`: it went out, or may have, and nobody answered.
 */
export type RouteReply =
  | { readonly kind: "answered"; readonly st: StCode; readonly text?: string }
  | { readonly kind: "said"; readonly means: "ok" | "permission" | "no-such-target" | "other"; readonly text: string }
  | { readonly kind: "rejected"; readonly statusCode: number }
  | { readonly kind: "not-sent"; readonly failure: PollFailure }
  | { readonly kind: "no-answer"; readonly failure: PollFailure };

/**
 * A step when it is over. `after` is the status column read back; `detail` is one sentence on what happened, `next` what
 * to do about it, only where something is left to do.
 * Units: `ms` from the first byte tried to the judgement, 0 where nothing was tried.
 */
export type StepResult = {
  readonly step: PlanStep;
  readonly outcome: OutcomeWord;
  readonly st: string | undefined;
  readonly route: RouteName | undefined;
  readonly after: string | undefined;
  readonly detail: string;
  readonly next: string | undefined;
  readonly ms: number;
};
