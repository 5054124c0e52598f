import type { StepResult } from "../../src/domain/outcome.ts";
import type { Plan, PlanStep, Refusal } from "../../src/domain/plan.ts";
import { BACKEND, MASTERS } from "./fleet-view.ts";

/** A step that drains master-2 on node01, where it is UP with 4 sessions. */
export function aStep(part: Partial<PlanStep> = {}): PlanStep {
  const server = part.server ?? MASTERS[1];
  return {
    node: "node01",
    backend: BACKEND,
    server,
    master: server,
    action: "drain",
    before: { status: "UP", state: "up", sessions: 4 },
    isNeeded: true,
    warnings: [],
    ...part,
  };
}

export function aRefusal(part: Partial<Refusal> = {}): Refusal {
  const node = part.node ?? "node09";
  return { node, kind: "guard", steps: [aStep({ node })], text: "would keep no usable master", ...part };
}

/** A plan of these steps; what a planner would count is counted, and every node keeps two masters. */
export function aPlan(part: Partial<Plan> = {}): Plan {
  const steps = part.steps ?? ["node01", "node02", "node03"].map((node) => aStep({ node }));
  const { action = "drain", masters = [MASTERS[1]] } = part;
  const flags = { minHealthy: 1, strict: false, forceLast: [], includeBlind: false };
  return {
    request: { action, masters, nodes: undefined, ...flags },
    action,
    masters,
    steps,
    refusals: [],
    usableLeft: new Map(steps.filter(({ isNeeded }) => isNeeded).map(({ node }) => [node, 2])),
    sessions: steps.reduce((sum, { before }) => sum + (before?.sessions ?? 0), 0),
    toType: [],
    warnings: [],
    ...part,
  };
}

/** The step is done and proved, unless a part says otherwise. */
export function aResult(part: Partial<StepResult> & { readonly node?: string } = {}): StepResult {
  const { node, ...rest } = part;
  return {
    step: aStep(node === undefined ? {} : { node }),
    outcome: "verified",
    st: "DONE",
    route: "http",
    after: "DRAIN",
    detail: "",
    next: undefined,
    ms: 12,
    ...rest,
  };
}
