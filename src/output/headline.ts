import type { FleetView } from "../domain/view.ts";
import { paint } from "./colour.ts";
import type { Style } from "./style.ts";
import { wrapLines } from "./table.ts";
import { severityTone } from "./tone.ts";

/** The severity in front of the one-line summary: the first thing to read. */
export function headlineLines(view: FleetView, style: Style): readonly string[] {
  const severity = paint(view.severity, severityTone(view.severity), style.colour);
  const indent = " ".repeat(view.severity.length + 2);
  const [first = "", ...rest] = wrapLines(`${view.cluster}: ${view.summary}`, style.columns, indent, indent);
  return [`${severity}  ${first.slice(indent.length)}`, ...rest];
}

/**
 * Each problem with what to do about it, never cut: this is what the command was called for. A single problem stands
 * in the headline already, so only the advice follows.
 */
export function problemLines({ problems, summary }: FleetView, style: Style): readonly string[] {
  const { arrow, severity: marks } = style.glyphs;
  return problems.flatMap(({ severity, text, fix }) => {
    const advice = fix === "" ? [] : wrapLines(fix, style.columns, `  ${arrow} `, " ".repeat(arrow.length + 3));
    if (problems.length === 1 && text === summary) return advice;
    const [first = "", ...rest] = wrapLines(text, style.columns, "  ", "  ");
    return [`${paint(marks[severity], severityTone(severity), style.colour)} ${first.slice(2)}`, ...rest, ...advice];
  });
}
