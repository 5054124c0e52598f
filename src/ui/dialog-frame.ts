import { formatAge } from "../domain/ages.ts";
import { ACTION_TITLES, listed } from "../output/admin-words.ts";
import { actionLines, chooseLines } from "./choice-lines.ts";
import { chooserLines, chooserTitles } from "./chooser-lines.ts";
import { shownName } from "./clusters.ts";
import { isRunnable, wantedAnswer } from "./confirm.ts";
import type { Dialog } from "./dialog.ts";
import { keyFor, keyHints, keysOr } from "./key-hint.ts";
import { outcomeLines, planLines, progressLines } from "./operation-lines.ts";
import type { FrameInput } from "./picture.ts";
import { placeText, ruleLine } from "./rule.ts";
import type { Extent } from "./scrolling.ts";
import { paintEnds, paintLine, paintSelected, span, wrapText } from "./spans.ts";
import { follow } from "./window.ts";

/** A dialog as it lies over the lower part of the screen, and how much of its text is seen. */
export type DrawnDialog = { readonly lines: readonly string[]; readonly sight: Extent; readonly dialog: Dialog };

/** What a dialog consists of: a title, a text that may be scrolled, and lines under it that always show. */
type Parts = { readonly title: string; readonly text: readonly string[]; readonly foot: readonly string[] };

/** Draws it as high as its text needs, and never over more than three quarters: what is behind goes on. */
export function drawDialog(input: FrameInput, dialog: Dialog): DrawnDialog {
  const { look, size, view } = input;
  const { foot, text, title } = partsOf(input, dialog);
  // Above a chooser one wants to see what is chosen.
  const most = Math.floor((size.rows - 1) * (dialog.kind === "columns" ? 0.6 : 0.75));
  const height = Math.max(1, Math.min(text.length, most - 1 - foot.length));
  const wanted = "offset" in dialog ? dialog.offset : 0;
  const offset =
    dialog.kind === "columns"
      ? follow(wanted, dialog.index, height, text.length)
      : Math.max(0, Math.min(text.length - height, wanted));
  const place = placeText({ ids: text, offset, height });
  const used = 1 + height + foot.length;
  const lines = [
    // What is about to be changed must not be taken for another cluster's.
    ruleLine(`${title}${place}`, true, size.columns, look, shownName(view, input.clusters)),
    ...text.slice(offset, offset + height),
    ...(used < most ? [""] : []),
    ...foot,
  ];
  const settled = "offset" in dialog && dialog.offset !== offset ? { ...dialog, offset } : dialog;
  return { lines, sight: { lines: text.length, height }, dialog: settled };
}

function partsOf(input: FrameInput, dialog: Dialog): Parts {
  const { look } = input;
  switch (dialog.kind) {
    case "actions":
      return {
        title: "actions",
        text: actionLines(input, dialog),
        foot: [
          keys(
            input,
            keyHints(look, [
              ["confirm", "chooses"],
              ["cancel", "closes"],
            ]),
          ),
        ],
      };
    case "masters": {
      const foot = [
        keys(
          input,
          keyHints(look, [
            ["mark", "marks several"],
            ["confirm", "shows the plan"],
            ["cancel", "back"],
          ]),
        ),
      ];
      return { title: `${ACTION_TITLES[dialog.action]} which masters?`, text: chooseLines(input, dialog), foot };
    }
    case "columns": {
      const hints = [
        ["mark", "shows or hides"],
        ["confirm", "keeps"],
        ["cancel", "drops"],
      ] as const;
      return {
        title: chooserTitles[dialog.table],
        text: chooserLines(input, dialog),
        foot: [keys(input, keyHints(look, hints))],
      };
    }
    case "plan":
      return { title: "plan", text: planLines(input, dialog.plan), foot: planFoot(input, dialog) };
    case "running": {
      const ran = formatAge(input.facts.nowMs - dialog.sinceMs);
      const title = `${ACTION_TITLES[dialog.plan.action]} ${listed(dialog.plan.masters)}: running, ${ran}`;
      const hint = dialog.isStopping
        ? `Stopping: what was sent is waited for. ${keyFor(look, "stop")} leaves now.`
        : `${keyFor(look, "stop")} sends nothing more and waits for what was sent.`;
      return { title, text: progressLines(input, dialog), foot: [keys(input, hint)] };
    }
    case "outcome": {
      const title = `outcome, after ${seconds(dialog.tookMs)}`;
      return {
        title,
        text: outcomeLines(input, dialog.run),
        foot: [keys(input, `${keysOr(look, ["confirm", "cancel", "close"])} closes`)],
      };
    }
    case "notice": {
      const { columns } = input.size;
      const text = dialog.text.split("\n").flatMap((line) => wrapText(line, columns - 2, 9, input.look));
      return {
        title: dialog.title,
        text: text.map((line) => paintLine([span("  "), span(line, "warn")], columns, input.look)),
        foot: [keys(input, `${keysOr(look, ["confirm", "cancel", "close"])} closes`)],
      };
    }
  }
}

/** The two lines that are typed into; the one with the keys has the cursor. A plan that sends nothing asks nothing. */
function planFoot(input: FrameInput, dialog: Extract<Dialog, { kind: "plan" }>): readonly string[] {
  const { answer, field, note, plan, reason } = dialog;
  if (!isRunnable(plan))
    return [keys(input, `Nothing would be sent. ${keysOr(input.look, ["confirm", "cancel"])} closes`)];
  const line = (label: string, text: string, isActive: boolean) => {
    const { columns } = input.size;
    const room = columns - label.length - 3;
    const end = [...text].slice(-room).join("");
    const spans = [span(`${isActive ? ">" : " "} ${label}`, "muted"), span(`${end}${isActive ? "_" : ""}`)];
    return isActive ? paintSelected(spans, columns, input.look) : paintLine(spans, columns, input.look);
  };
  const confirm = keyFor(input.look, "confirm") ?? "";
  const wanted = wantedAnswer(plan, confirm);
  const question = note === undefined ? `${wanted} ${confirm} alone sends nothing.` : `${note} ${wanted}`;
  const asked = wrapText(question, input.size.columns - 2, 3, input.look);
  const toField = keyFor(input.look, "plan-field");
  return [
    ...asked.map((text) => paintLine([span("  "), span(text, "warn")], input.size.columns, input.look)),
    line("answer: ", answer, field === "answer"),
    line(`reason (optional${toField === undefined ? "" : `, ${toField}`}): `, reason, field === "reason"),
  ];
}

function keys({ look, size }: FrameInput, text: string): string {
  return paintEnds([span("")], [span(text, "muted")], size.columns, look);
}

function seconds(ms: number): string {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : formatAge(ms);
}
