import type { FleetView, Problem } from "../domain/view.ts";
import { paint } from "./colour.ts";
import type { Style } from "./style.ts";
import { wrapLines } from "./table.ts";
import { severityTone } from "./tone.ts";

/**
 * The severity in front of the one-line summary, then each problem with what to do about it. Wrapped, never cut: this
 * is what the command was called for. A single problem stands in the summary already, so only its advice follows.
 */
export function headlineParts(view: FleetView, style: Style): readonly (readonly string[])[] {
  const { problems, summary } = view;
  const [only] = problems;
  const headline = headlineLines(view, style);
  if (only !== undefined && problems.length === 1 && only.text === summary) {
    return [[...headline, ...adviceLines(only, style)]];
  }
  return [headline, problems.flatMap((problem) => [...problemLines(problem, style), ...adviceLines(problem, style)])];
}

function headlineLines({ severity, cluster, summary }: FleetView, style: Style): readonly string[] {
  const indent = " ".repeat(severity.length + 2);
  const [first = "", ...rest] = wrapLines(`${cluster}: ${summary}`, style.columns, indent, indent);
  return [`${paint(severity, severityTone(severity), style.colour)}  ${first.slice(indent.length)}`, ...rest];
}

function problemLines({ severity, text }: Problem, style: Style): readonly string[] {
  const [first = "", ...rest] = wrapLines(text, style.columns, "  ", "  ");
  const mark = paint(style.glyphs.severity[severity], severityTone(severity), style.colour);
  return [`${mark} ${first.slice(2)}`, ...rest];
}

function adviceLines({ fix }: Problem, style: Style): readonly string[] {
  const { arrow } = style.glyphs;
  return fix === "" ? [] : wrapLines(fix, style.columns, `  ${arrow} `, " ".repeat(arrow.length + 3));
}
