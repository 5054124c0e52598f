import type { AdminAction } from "../domain/action.ts";
import type { Plan, PlanStep, Refusal } from "../domain/plan.ts";

/** A step as it would be done. `needed` is false where the wanted state shows already: nothing would be sent. */
export type AdminPlanStep = {
  readonly node: string;
  readonly backend: string;
  readonly server: string;
  readonly before: string | null;
  readonly sessions: number | null;
  readonly needed: boolean;
  readonly usableLeft: number | null;
  readonly warnings: readonly string[];
};

/**
 * What `--dry-run -o json` prints: keys may be added, none is renamed; `null` is "not known".
 * `toType` are the names that `--confirm` has to give; `exitCode` is the command's own.
 */
export type AdminPlan = {
  readonly apiVersion: "k3s-lb/v1";
  readonly kind: "AdminPlan";
  readonly cluster: string;
  readonly at: string;
  readonly action: AdminAction;
  readonly masters: readonly string[];
  readonly summary: string;
  readonly exitCode: number;
  readonly minHealthy: number;
  readonly sessions: number;
  readonly toType: readonly string[];
  readonly steps: readonly AdminPlanStep[];
  readonly refusals: readonly AdminPlanRefusal[];
  readonly warnings: readonly string[];
};

export type AdminPlanRefusal = {
  readonly node: string;
  readonly kind: Refusal["kind"];
  readonly text: string;
  readonly steps: readonly AdminPlanStep[];
};

/** Makes the published object. Units: `atMs` Unix time, when the plan was made. */
export function toAdminPlan(
  plan: Plan,
  more: Pick<AdminPlan, "cluster" | "summary" | "exitCode" | "minHealthy"> & { readonly atMs: number },
): AdminPlan {
  const toStep = ({ node, backend, server, before, isNeeded, warnings }: PlanStep): AdminPlanStep => ({
    node,
    backend,
    server,
    before: before?.status ?? null,
    sessions: before?.sessions ?? null,
    needed: isNeeded,
    usableLeft: isNeeded ? (plan.usableLeft.get(node) ?? null) : null,
    warnings,
  });
  return {
    apiVersion: "k3s-lb/v1",
    kind: "AdminPlan",
    cluster: more.cluster,
    at: new Date(more.atMs).toISOString(),
    action: plan.action,
    masters: plan.masters,
    summary: more.summary,
    exitCode: more.exitCode,
    minHealthy: more.minHealthy,
    sessions: plan.sessions,
    toType: plan.toType,
    steps: plan.steps.map(toStep),
    refusals: plan.refusals.map(({ node, kind, text, steps }) => ({ node, kind, text, steps: steps.map(toStep) })),
    warnings: plan.warnings,
  };
}
