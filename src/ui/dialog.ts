import type { AdminRun } from "../app/admin-run.ts";
import type { AdminAction } from "../domain/action.ts";
import type { StepResult } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import type { ColumnsDialog } from "./column-chooser.ts";
import { isConfirmed, isNo, isRunnable } from "./confirm.ts";
import type { Intent } from "./intent.ts";
import type { Mode } from "./key-binding.ts";
import type { Scope } from "./scope.ts";
import { type Extent, scrolled } from "./scrolling.ts";
import { typed } from "./typing.ts";

/** What stands over the screen and has the keys. Nothing is sent before `running`. Units: `…Ms` on the clock's `now`. */
export type Dialog =
  | ActionsDialog
  | MastersDialog
  | PlanDialog
  | RunningDialog
  | OutcomeDialog
  | NoticeDialog
  | ColumnsDialog;

/** Which action; what it is about is settled already. */
export type ActionsDialog = { readonly kind: "actions"; readonly scope: Scope; readonly index: number };

/** Which masters, where nodes were selected. None chosen: the one under the cursor. */
export type MastersDialog = {
  readonly kind: "masters";
  readonly scope: Scope;
  readonly action: AdminAction;
  readonly index: number;
};

/** The plan as it was when it was made, and what is typed under it. `note` says why an answer was not taken. */
export type PlanDialog = {
  readonly kind: "plan";
  readonly plan: Plan;
  readonly offset: number;
  readonly field: "answer" | "reason";
  readonly answer: string;
  readonly reason: string;
  readonly note: string | undefined;
};

export type RunningDialog = {
  readonly kind: "running";
  readonly plan: Plan;
  readonly results: readonly StepResult[];
  readonly sinceMs: number;
  readonly isStopping: boolean;
  readonly offset: number;
};

export type OutcomeDialog = {
  readonly kind: "outcome";
  readonly run: AdminRun;
  readonly tookMs: number;
  readonly offset: number;
};

export type NoticeDialog = {
  readonly kind: "notice";
  readonly title: string;
  readonly text: string;
  readonly offset: number;
};

/** The actions in the order of the menu: what an emergency wants is first. */
export const menu: readonly AdminAction[] = ["drain", "maint", "ready", "shutdown"];

/** To see the plan of an action; `nodes` undefined is every node. */
export type PlanWish = {
  readonly kind: "plan";
  readonly action: AdminAction;
  readonly masters: readonly string[];
  readonly nodes: readonly string[] | undefined;
};

/** What Enter asks of the console. The reducer serves the rest of the keys. */
export type Wish = PlanWish | { readonly kind: "run"; readonly plan: Plan; readonly reason: string | undefined };

/** What Enter asks for in this dialog, if it is more than the dialog's own business. */
export function wishOf(dialog: Dialog): Wish | undefined {
  switch (dialog.kind) {
    case "actions": {
      const { isChosen, masters, nodes } = dialog.scope;
      const action = menu[dialog.index];
      return action === undefined || !isChosen ? undefined : { kind: "plan", action, masters, nodes };
    }
    case "masters":
      return { kind: "plan", action: dialog.action, masters: chosenMasters(dialog), nodes: dialog.scope.nodes };
    case "plan": {
      const { answer, field, plan, reason } = dialog;
      if (field === "reason" || !isConfirmed(plan, answer)) return undefined;
      return { kind: "run", plan, reason: reason.trim() === "" ? undefined : reason.trim() };
    }
    default:
      return undefined;
  }
}

/** The dialog over a fresh plan; the answer is empty, which is No. */
export function planDialog(plan: Plan): PlanDialog {
  return { kind: "plan", plan, offset: 0, field: "answer", answer: "", reason: "", note: undefined };
}

/** Serves a key; nothing is left where the dialog is over. A running operation is ended by its end alone. */
export function reduceDialog(dialog: Dialog, intent: Intent, sight: Extent): Dialog | undefined {
  switch (dialog.kind) {
    case "actions":
      return reduceActions(dialog, intent);
    case "masters":
      return reduceMasters(dialog, intent);
    case "plan":
      return reducePlan(dialog, intent, sight);
    case "running":
      return scroll(dialog, intent, sight);
    default:
      return closes(intent) ? undefined : scroll(dialog, intent, sight);
  }
}

function reduceActions(dialog: ActionsDialog, intent: Intent): Dialog | undefined {
  const action = menu[dialog.index];
  if (intent.kind === "back" || intent.kind === "leave") return undefined;
  if (intent.kind === "accept" && action !== undefined) {
    return { kind: "masters", scope: dialog.scope, action, index: 0 };
  }
  return { ...dialog, index: moved(dialog.index, intent, menu.length) };
}

function reduceMasters(dialog: MastersDialog, intent: Intent): Dialog | undefined {
  const { index, scope } = dialog;
  if (intent.kind === "leave") return undefined;
  if (intent.kind === "back") return { kind: "actions", scope, index: menu.indexOf(dialog.action) };
  const current = scope.choices[index];
  if (intent.kind === "mark" && current !== undefined) {
    const masters = scope.choices.filter((name) => scope.masters.includes(name) !== (name === current));
    return { ...dialog, scope: { ...scope, masters } };
  }
  return { ...dialog, index: moved(index, intent, scope.choices.length) };
}

function reducePlan(dialog: PlanDialog, intent: Intent, sight: Extent): Dialog | undefined {
  const { answer, field, plan } = dialog;
  switch (intent.kind) {
    case "back":
      return undefined;
    case "field":
      return isRunnable(plan)
        ? { ...dialog, field: field === "answer" ? "reason" : "answer", note: undefined }
        : dialog;
    case "type":
    case "erase":
      return isRunnable(plan) ? { ...dialog, [field]: typed(dialog[field], intent), note: undefined } : dialog;
    case "accept":
      if (field === "reason") return { ...dialog, field: "answer" };
      if (!isRunnable(plan) || isNo(answer)) return undefined;
      return { ...dialog, answer: "", note: `"${answer}" is not what was asked for.` };
    default:
      return scroll(dialog, intent, sight);
  }
}

function chosenMasters({ index, scope }: MastersDialog): readonly string[] {
  return scope.masters.length > 0 ? scope.masters : scope.choices.slice(index, index + 1);
}

function closes({ kind }: Intent): boolean {
  return kind === "back" || kind === "accept" || kind === "leave";
}

function moved(index: number, intent: Intent, count: number): number {
  const to = intent.kind === "move" ? index + intent.by : intent.kind === "edge" && intent.to === "top" ? 0 : index;
  return Math.max(0, Math.min(count - 1, intent.kind === "edge" && intent.to === "bottom" ? count - 1 : to));
}

function scroll<Scrolled extends { readonly offset: number }>(
  dialog: Scrolled,
  intent: Intent,
  sight: Extent,
): Scrolled {
  return { ...dialog, offset: scrolled(dialog.offset, intent, sight) };
}

/** What a dialog is about that was made and not typed: a plan, what came of one, or why nothing did. */
export function subjectOf(dialog: Dialog | undefined): unknown {
  switch (dialog?.kind) {
    case "plan":
      return dialog.plan;
    case "outcome":
      return dialog.run;
    case "notice":
      return dialog.text;
    default:
      return undefined;
  }
}

/** Which keys a dialog has. */
export const dialogModes: Readonly<Record<Dialog["kind"], Mode>> = {
  actions: "menu",
  masters: "menu",
  plan: "plan",
  running: "running",
  outcome: "outcome",
  notice: "outcome",
  columns: "menu",
};
