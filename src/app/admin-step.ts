import { guardNode } from "../domain/guard.ts";
import { type Judgement, judge, needsReadBack } from "../domain/judge.ts";
import type { StepResult } from "../domain/outcome.ts";
import type { PlanRequest, PlanStep, Refusal } from "../domain/plan.ts";
import { isNeededOn } from "../domain/plan-admin.ts";
import type { NodeView } from "../domain/view.ts";
import { findServer, readBackStep } from "./admin-read-back.ts";
import type { Sent } from "./admin-route.ts";
import type { AdminDeps } from "./admin-run.ts";

/**
 * What a step asks its run for. `look` is the node's newest view, `refresh` makes it no older than its interval; `held`
 * is why nothing more is to be sent at all, as a result, or `undefined`.
 */
export type StepContext = {
  readonly deps: AdminDeps;
  readonly request: PlanRequest;
  readonly stepTimeoutMs: number;
  readonly isStopped: () => boolean;
  look(): NodeView;
  refresh(): Promise<void>;
  held(): StepResult | undefined;
};

/** A step that was not sent, and why. */
export function unsent(step: PlanStep, outcome: "guarded" | "unreached" | "refused", detail: string): StepResult {
  const next = {
    guarded: "enable another master there first, or name this one in --force-last",
    unreached: "safe to run again",
    refused: "was the configuration changed there? Look at that node's haproxy.cfg",
  }[outcome];
  return { step, outcome, st: undefined, route: undefined, after: undefined, detail, next, ms: 0 };
}

/**
 * Runs one step: asks the guard with the node's newest view, sends the order once, reads back, judges. `nodeSteps` are
 * all steps of the plan on that node, since the guard is about what they leave together. Between the last look at the
 * view and the sending nothing is awaited; where a route has to wait (for a login), all is asked anew after that.
 */
export async function runStep(
  step: PlanStep,
  nodeSteps: readonly PlanStep[],
  context: StepContext,
): Promise<StepResult> {
  const { deps, request, stepTimeoutMs, isStopped } = context;
  const whyNot = (): StepResult | undefined => {
    const refusal = guardNode(context.look(), nodeSteps, request);
    return context.held() ?? (refusal && refused(step, refusal.kind, refusal.text));
  };
  let held = context.held();
  if (held !== undefined) return held;
  await context.refresh();
  held = whyNot();
  if (held !== undefined) return held;
  const view = context.look();
  const now = view.state === "fresh" ? standing(step, view) : { kind: "unseen" as const };
  if (now.kind === "gone") return unsent(step, "refused", "its server line is not there any more; nothing was sent");
  if (now.kind === "done") return quiet(step, "unchanged", now.status, doneWords(step, now.status));
  if (!step.isNeeded) {
    const after = now.kind === "open" ? now.before.status : undefined;
    return {
      ...quiet(step, "contradicted", after, `was so when the plan was made, but shows ${after ?? "nothing"} now`),
      next: "somebody changed it in between: nothing was sent; run it again if you mean it",
    };
  }
  const seen = { ...step, before: now.kind === "open" ? now.before : undefined };
  const { clock, routes } = deps;
  const startMs = clock.now();
  const sent = await routes.send(view.config, orderOf(step), startMs + (2 * stepTimeoutMs) / 3, async () => {
    await context.refresh();
    held = whyNot();
    return held === undefined;
  });
  if (held !== undefined) return held;
  const judgement = needsReadBack(sent.reply)
    ? judge(
        seen,
        sent.reply,
        await readBackStep(view.config, seen, sent, deps, {
          // A login may have waited for its turn: reading back has its own share in any case.
          deadlineMs: Math.max(startMs + stepTimeoutMs, clock.now() + stepTimeoutMs / 3),
          isStopped,
        }),
      )
    : judge(seen, sent.reply, { kind: "none", failure: undefined });
  return { step, ...withTries(judgement, sent), route: routeOf(sent), ms: Math.round(clock.now() - startMs) };
}

function orderOf({ node, backend, server, action }: PlanStep) {
  return { node, backend, server, action };
}

type Standing =
  | { readonly kind: "gone" }
  | { readonly kind: "done"; readonly status: string }
  | { readonly kind: "open"; readonly before: NonNullable<PlanStep["before"]> };

/** How the server line stands by the node's newest view. */
function standing(step: PlanStep, view: NodeView): Standing {
  const row = findServer(view.record?.good?.rows ?? [], step);
  const cell = view.cells
    .flatMap(({ servers }) => servers)
    .find((server) => server.server === step.server && server.backend === step.backend);
  if (row === undefined || cell === undefined) return { kind: "gone" };
  if (!isNeededOn(row, step.action)) return { kind: "done", status: row.status.text };
  return { kind: "open", before: { status: row.status.text, state: cell.state, sessions: row.sessions } };
}

function doneWords({ action }: PlanStep, status: string): string {
  return action === "shutdown" ? "holds no session already" : `shows ${status} already`;
}

/** A step that a refusal keeps from being sent, by the kind of the refusal. */
export function refused(step: PlanStep, kind: Refusal["kind"], text: string): StepResult {
  const result = unsent(step, "guarded", text);
  if (kind === "blind")
    return {
      ...result,
      next: "have it answer again (k3s-lb status says how), or act on it unseen with --include-blind",
    };
  return kind === "strict" ? { ...result, next: "put the other nodes right, or leave --strict out" } : result;
}

function quiet(
  step: PlanStep,
  outcome: "unchanged" | "contradicted",
  after: string | undefined,
  detail: string,
): StepResult {
  return { step, outcome, st: undefined, route: undefined, after, detail, next: undefined, ms: 0 };
}

/** A failure tells what was tried; the route knows best what would help on its own way. */
function withTries(judgement: Judgement, { tried, hint }: Sent): Judgement {
  // An order that was taken came through, whatever was tried before; its route is told anyway.
  if (judgement.next === undefined || judgement.outcome === "accepted") return judgement;
  const detail = tried.length === 0 ? judgement.detail : `${judgement.detail}; tried ${tried.join(", then ")}`;
  return { ...judgement, detail, next: hint ?? judgement.next };
}

function routeOf({ reply, route }: Sent): Sent["route"] | undefined {
  return reply.kind === "not-sent" ? undefined : route;
}
