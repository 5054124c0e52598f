import { formatCount } from "../domain/ages.ts";
import { foldNames } from "../domain/fold.ts";
import { nameNodesOf } from "../domain/node-words.ts";
import type { Plan, PlanStep } from "../domain/plan.ts";
import { ACTION_THEN, ACTION_TITLES, counted, listed } from "./admin-words.ts";
import { paint, strong } from "./colour.ts";
import { spokenNames } from "./short-names.ts";
import type { Style } from "./style.ts";
import { type Column, tableLines, wrapLines } from "./table.ts";
import { cellTone } from "./tone.ts";

/** What a plan does not know of its fleet. `masters` are all of them, `minHealthy` the guard. */
export type PlanFrame = {
  readonly masters: readonly string[];
  readonly minHealthy: number;
  /** A second stage, as a clause: "closes what sessions are left after 60s". */
  readonly afterwards?: string | undefined;
};

/**
 * The plan in one line: "DRAIN k8s-de1-master-2 on 40 nodes, 412 sessions, leaves 2 of 3 masters everywhere".
 * Shape: counts only nodes where something will be sent.
 */
export function planSummary(plan: Plan, frame: PlanFrame): string {
  const title = `${ACTION_TITLES[plan.action]} ${listed(plan.masters)}`;
  const needed = plan.steps.filter(({ isNeeded }) => isNeeded);
  const afterwards = frame.afterwards === undefined ? [] : [`then ${frame.afterwards}`];
  if (needed.length === 0) return [`${title}: ${idleWords(plan)}`, ...afterwards].join(", ");
  const nodes = new Set(needed.map(({ node }) => node)).size;
  const blind = needed.some(({ before }) => before === undefined);
  const sessions = `${blind ? "at least " : ""}${counted(plan.sessions, "session")}`;
  // Sessions of a master that is enabled are left alone.
  const touched = plan.action === "ready" ? [] : [sessions];
  return [`${title} on ${counted(nodes, "node")}`, ...touched, ...leaves(plan, frame), ...afterwards].join(", ");
}

function idleWords({ steps, refusals }: Plan): string {
  if (steps.length > 0 || refusals.length === 0) return "nothing to do";
  return `refused on ${counted(new Set(refusals.map(({ node }) => node)).size, "node")}, so nothing will be sent`;
}

function leaves(plan: Plan, { masters }: PlanFrame): readonly string[] {
  const left = [...plan.usableLeft.values()];
  if (left.length === 0 || (plan.action !== "drain" && plan.action !== "maint")) return [];
  const [least, most] = [Math.min(...left), Math.max(...left)];
  if (least === most) return [`leaves ${least} of ${masters.length} everywhere`];
  return [`leaves ${least} of ${masters.length} on the worst node, ${most} on the best`];
}

/**
 * The whole plan for eyes: the summary, one row for all nodes that read the same, what is refused and why, what to know
 * before saying yes.
 */
export function formatPlan(plan: Plan, frame: PlanFrame, style: Style): string {
  const parts = [
    wrapLines(planSummary(plan, frame), style.columns, "", "  ").map((line) => strong(line, style.colour)),
    stepLines(plan, style),
    refusalLines(plan, style),
    warningLines(plan, frame, style),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function stepLines(plan: Plan, style: Style): readonly string[] {
  const takesOut = plan.action === "drain" || plan.action === "maint";
  const columns: readonly Column[] = [
    { head: "NODES", shrinkTo: 12 },
    { head: "SERVER", shrinkTo: 16 },
    // Where all are in one backend, a narrow screen has better use for the columns.
    { head: "BACKEND", shrinkTo: new Set(plan.steps.map(({ backend }) => backend)).size > 1 ? 12 : 0 },
    { head: "NOW" },
    { head: "THEN" },
    { head: "SESSIONS", align: "right" },
    ...(takesOut ? [{ head: "USABLE LEFT", align: "right" } as const] : []),
  ];
  const alike = Map.groupBy(plan.steps, (step) =>
    JSON.stringify([step.backend, step.server, step.before?.status, step.isNeeded, plan.usableLeft.get(step.node)]),
  );
  const rows = groupsOf(alike).map(([first, steps]) => [
    foldNames(steps.map(({ node }) => node)),
    first.server,
    first.backend,
    first.before === undefined
      ? { text: "not known", tone: "muted" as const }
      : { text: first.before.status, tone: cellTone(first.before.state) },
    first.isNeeded ? ACTION_THEN[plan.action] : { text: "unchanged", tone: "muted" as const },
    formatCount(sessionsOf(steps)),
    ...(takesOut ? [leftCell(first.isNeeded ? plan.usableLeft.get(first.node) : undefined)] : []),
  ]);
  return tableLines(columns, rows, style);
}

function leftCell(left: number | undefined): { readonly text: string; readonly tone: "bad" | "warn" | "plain" } {
  return { text: formatCount(left), tone: left === 0 ? "bad" : left === 1 ? "warn" : "plain" };
}

/** Unknown on one node makes the sum unknown: it must not look like fewer. */
function sessionsOf(steps: readonly PlanStep[]): number | undefined {
  return steps.reduce<number | undefined>((sum, { before }) => {
    const sessions = before?.sessions;
    return sum === undefined || sessions === undefined ? undefined : sum + sessions;
  }, 0);
}

function refusalLines(plan: Plan, style: Style): readonly string[] {
  const alike = Map.groupBy(plan.refusals, ({ kind, text }) => JSON.stringify([kind, text]));
  return groupsOf(alike).flatMap(([{ text }, refusals]) => {
    const mark = paint(style.glyphs.severity.CRITICAL, "bad", style.colour);
    const nodes = foldNames(refusals.map(({ node }) => node));
    const [first = "", ...rest] = wrapLines(`not on ${nodes}: ${text}`, style.columns, "  ", "  ");
    return [`${mark} ${first.slice(2)}`, ...rest];
  });
}

function warningLines(plan: Plan, { masters }: PlanFrame, style: Style): readonly string[] {
  const spoken = spokenNames(masters);
  const nameOf = (master: string) => spoken[masters.indexOf(master)] ?? master;
  const total = new Set(plan.steps.map(({ node }) => node)).size;
  const perStep = plan.steps.flatMap((step) => step.warnings.map((text) => ({ step, text })));
  const alike = Map.groupBy(perStep, ({ step, text }) => JSON.stringify([step.master, text]));
  const folded = groupsOf(alike).map(([first, all]) => {
    const nodes = [...new Set(all.map(({ step }) => step.node))];
    return `on ${nameNodesOf(nodes, total)}, ${nameOf(first.step.master)} ${first.text}`;
  });
  return [...plan.warnings, ...folded].flatMap((text) => {
    const mark = paint(style.glyphs.severity.WARNING, "warn", style.colour);
    const [first = "", ...rest] = wrapLines(text, style.columns, "  ", "  ");
    return [`${mark} ${first.slice(2)}`, ...rest];
  });
}

/** The groups in the order of first appearance, each behind its first member. */
function groupsOf<Item>(groups: ReadonlyMap<string, readonly Item[]>): readonly (readonly [Item, readonly Item[]])[] {
  return [...groups.values()].flatMap((members) => members.slice(0, 1).map((first) => [first, members] as const));
}
