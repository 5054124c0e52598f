import { isAtLeastAsBad } from "../domain/severity.ts";
import { severityTone } from "../output/tone.ts";
import { copyProblem } from "./copy.ts";
import { problemText } from "./detail-text.ts";
import type { List } from "./list.ts";
import { drawPage } from "./list-page.ts";
import { calmTone } from "./master-columns.ts";
import type { Body, FrameInput } from "./picture.ts";
import { type KnownProblem, knowProblems } from "./problem-lines.ts";
import { mastersScope } from "./scope.ts";
import { span } from "./spans.ts";
import { byText } from "./table.ts";

/** Every problem, worst first; above them the selected one in full, with what to do. */
export function drawAllProblems(input: FrameInput): Body {
  const { look, screen, view } = input;
  const list: List<KnownProblem> = {
    pane: "rows",
    rows: knowProblems(view),
    columns: [
      {
        id: "severity",
        title: "SEVERITY",
        width: 10,
        drop: 0,
        cell: ({ severity }) => span(`${look.glyphs.severity[severity]} ${severity}`, calmTone(severityTone(severity))),
        order: byBadness,
      },
      {
        id: "text",
        title: "WHAT IS WRONG",
        width: 20,
        drop: 0,
        grow: true,
        cell: ({ text }) => span(text),
        order: byText(({ text }) => text),
      },
    ],
    idOf: ({ id }) => id,
    wordsOf: ({ kind, nodes, severity, text }) => `${severity} ${kind} ${text} ${nodes.join(" ")}`,
  };
  const masterOf = ({ master }: KnownProblem) =>
    master === undefined ? undefined : ({ kind: "master", name: master } as const);
  return drawPage(
    input,
    (problem) => (problem === undefined ? [{ text: view.summary, tone: "plain", maxLines: 2 }] : problemText(problem)),
    list,
    {
      target: ({ id }) => ({ kind: "problem", id }),
      mark: masterOf,
      scope: (row) => (row === undefined ? undefined : mastersScope(view, screen.marks, row, undefined)),
      copy: copyProblem,
      title: "problems",
    },
  );
}

/** Worst first, as they come; it is there to be turned round. */
function byBadness(a: KnownProblem, b: KnownProblem): number {
  return Number(isAtLeastAsBad(b.severity, a.severity)) - Number(isAtLeastAsBad(a.severity, b.severity));
}
