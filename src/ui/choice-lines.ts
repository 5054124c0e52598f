import type { AdminAction } from "../domain/action.ts";
import { foldNames } from "../domain/fold.ts";
import { listed } from "../output/admin-words.ts";
import { type ActionsDialog, type MastersDialog, menu } from "./dialog.ts";
import type { FrameInput } from "./picture.ts";
import type { Scope } from "./scope.ts";
import { paintLine, paintSelected, span, wrapText } from "./spans.ts";

const choices: Readonly<Record<AdminAction, string>> = {
  drain: "drain          no new connections; those that are open stay",
  maint: "maint          no new connections and no checks",
  ready: "enable         in service again, after drain or maint",
  shutdown: "kill sessions  close every session that HAProxy holds to it",
};

/** What the action will be about, then the actions. */
export function actionLines(input: FrameInput, { index, scope }: ActionsDialog): readonly string[] {
  return [
    ...aboutLines(input, aboutText(input, scope)),
    ...menu.map((action, at) => row(input, choices[action], at === index)),
  ];
}

/** Every master, those that are taken with a mark. */
export function chooseLines(input: FrameInput, { index, scope }: MastersDialog): readonly string[] {
  const rows = scope.choices.map((name, at) => {
    const isMarked = scope.masters.includes(name);
    return row(input, name, at === index, isMarked);
  });
  return [...aboutLines(input, nodesText(input, scope)), ...rows];
}

function aboutText(input: FrameInput, scope: Scope): string {
  const masters = scope.isChosen ? listed(scope.masters) : "a master (chosen next)";
  return `${masters} ${nodesText(input, scope)}`;
}

function nodesText({ view }: FrameInput, { nodes }: Scope): string {
  const { length } = view.nodes;
  if (nodes === undefined) return length === 1 ? "on the only node" : `on all ${length} nodes`;
  return `on ${nodes.length === 1 ? "" : `${nodes.length} of ${length} nodes: `}${foldNames(nodes)}${nodes.length === 1 ? " only" : ""}`;
}

function aboutLines({ look, size }: FrameInput, text: string): readonly string[] {
  return wrapText(text, size.columns - 2, 3, look).map((line) =>
    paintLine([span("  "), span(line)], size.columns, look),
  );
}

function row({ look, size }: FrameInput, text: string, isSelected: boolean, isMarked = false): string {
  const spans = [span(`${isSelected ? ">" : " "}${isMarked ? "*" : " "} ${text}`)];
  return isSelected ? paintSelected(spans, size.columns, look) : paintLine(spans, size.columns, look);
}
