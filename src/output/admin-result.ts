import type { AdminAction } from "../domain/action.ts";
import { type AdminWord, countOutcomes } from "../domain/admin-verdict.ts";
import type { Actor } from "../domain/ledger.ts";
import type { OutcomeWord, RouteName, StepResult } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import type { WaitNode } from "../domain/wait.ts";
import type { WaitReport } from "./admin-wait.ts";

/** One step when it was over. Units: `ms` from the first byte tried to the judgement, `sessions` before it. */
export type AdminStepResult = {
  readonly node: string;
  readonly backend: string;
  readonly server: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly sessions: number | null;
  readonly st: string | null;
  readonly route: RouteName | null;
  readonly outcome: OutcomeWord;
  readonly detail: string;
  readonly next: string | null;
  readonly ms: number;
};

/**
 * What scripts rely on (design §3): keys may be added, none is renamed. `null` is "not known" or "nothing".
 * `operation` is the ledger's id, `null` where nothing was recorded. `kills` are the sessions closed by `--kill`. `exitCode` is the command's own.
 */
export type AdminResult = {
  readonly apiVersion: "k3s-lb/v1";
  readonly kind: "AdminResult";
  readonly cluster: string;
  readonly at: string;
  readonly operation: string | null;
  readonly action: AdminAction;
  readonly masters: readonly string[];
  readonly outcome: AdminWord;
  readonly exitCode: number;
  readonly counts: Readonly<Partial<Record<OutcomeWord, number>>>;
  readonly by: { readonly user: string; readonly host: string; readonly sshClient: string | null } | null;
  readonly reason: string | null;
  readonly until: string | null;
  readonly warnings: readonly string[];
  readonly nodes: readonly AdminStepResult[];
  readonly kills: readonly AdminStepResult[] | null;
  readonly wait: AdminWait | null;
};

/**
 * What was waited for (`--wait`, `--kill`), and how it stood at the end.
 * `sessionsBefore` and `sessionsLeft` sum the nodes where they were counted; `null` where nobody could.
 */
export type AdminWait = {
  readonly outcome: WaitReport["outcome"];
  readonly sessionsBefore: number | null;
  readonly sessionsLeft: number | null;
  readonly nodes: readonly AdminWaitNode[];
  readonly notes: readonly string[];
};

export type AdminWaitNode = {
  readonly node: string;
  readonly state: WaitNode["state"];
  readonly sessionsBefore: number | null;
  readonly sessionsLeft: number | null;
  readonly detail: string;
};

/** What `toAdminResult` needs. Units: `atMs` and `untilMs` are Unix time. */
export type AdminReport = {
  readonly cluster: string;
  readonly atMs: number;
  readonly operation: string | undefined;
  readonly plan: Plan;
  readonly results: readonly StepResult[];
  readonly word: AdminWord;
  readonly exitCode: number;
  readonly by: Actor | undefined;
  readonly reason: string | undefined;
  readonly untilMs: number | undefined;
  readonly kills: readonly StepResult[] | undefined;
  readonly wait: WaitReport | undefined;
};

/** Makes the published object. */
export function toAdminResult(report: AdminReport): AdminResult {
  const { plan, by } = report;
  return {
    apiVersion: "k3s-lb/v1",
    kind: "AdminResult",
    cluster: report.cluster,
    at: new Date(report.atMs).toISOString(),
    operation: report.operation ?? null,
    action: plan.action,
    masters: plan.masters,
    outcome: report.word,
    exitCode: report.exitCode,
    counts: countOutcomes(report.results),
    by: by === undefined ? null : { user: by.user, host: by.host, sshClient: by.sshClient ?? null },
    reason: report.reason ?? null,
    until: report.untilMs === undefined ? null : new Date(report.untilMs).toISOString(),
    warnings: plan.warnings,
    nodes: report.results.map(toAdminStepResult),
    kills: report.kills?.map(toAdminStepResult) ?? null,
    wait: report.wait === undefined ? null : toAdminWait(report.wait),
  };
}

function toAdminWait({ outcome, before, nodes, notes }: WaitReport): AdminWait {
  return {
    outcome,
    sessionsBefore: sumOf([...before.values()]),
    sessionsLeft: sumOf(nodes.map(({ sessions }) => sessions)),
    nodes: nodes.map(({ node, state, sessions, detail }) => ({
      node,
      state,
      sessionsBefore: before.get(node) ?? null,
      sessionsLeft: sessions ?? null,
      detail,
    })),
    notes,
  };
}

function sumOf(sessions: readonly (number | undefined)[]): number | null {
  const known = sessions.filter((each) => each !== undefined);
  return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0);
}

export function toAdminStepResult({ step, outcome, st, route, after, detail, next, ms }: StepResult): AdminStepResult {
  return {
    node: step.node,
    backend: step.backend,
    server: step.server,
    before: step.before?.status ?? null,
    after: after ?? null,
    sessions: step.before?.sessions ?? null,
    st: st ?? null,
    route: route ?? null,
    outcome,
    detail,
    next: next ?? null,
    ms: Math.round(ms),
  };
}

/** `-o jsonl`: a step, as it ends. The last line is the AdminResult. */
export type AdminEvent = AdminStepResult & {
  readonly apiVersion: "k3s-lb/v1";
  readonly kind: "Event";
  readonly event: "step";
  readonly action: AdminAction;
  readonly at: string;
  readonly operation: string;
  readonly done: number;
  readonly total: number;
};
