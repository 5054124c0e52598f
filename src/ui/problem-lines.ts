import { formatAge } from "../domain/ages.ts";
import { problemAgeMs } from "../domain/problem-age.ts";
import type { FleetView, Problem } from "../domain/view.ts";
import { severityTone, type Tone } from "../output/tone.ts";
import { pad, truncate } from "../output/width.ts";
import { keyFor } from "./key-hint.ts";
import { cursorOf, type Level } from "./screen.ts";
import { type Look, paintLine, paintSelected, span, wrapText } from "./spans.ts";
import { follow, locate } from "./window.ts";

/**
 * A problem that can be told from the others for as long as it lasts: its kind and master, and a number for twins.
 * Units: `ageMs` for how long it has been there, where the nodes can tell.
 */
export type KnownProblem = Problem & { readonly id: string; readonly ageMs: number | undefined };

export function knowProblems(view: FleetView): readonly KnownProblem[] {
  const seen = new Map<string, number>();
  return view.problems.map((problem) => {
    const key = `${problem.kind} ${problem.master ?? ""}`;
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return { ...problem, id: `${key} ${count}`, ageMs: problemAgeMs(problem, view.nodes) };
  });
}

export type DrawnProblems = {
  readonly lines: readonly string[];
  /** By line: which problem it is about. */
  readonly rows: readonly (number | undefined)[];
  readonly ids: readonly string[];
  readonly index: number;
  readonly offset: number;
  readonly height: number;
};

/**
 * What is wrong, worst first, a line each; under the selected one what to do. A calm sentence where nothing is, also
 * above mere notes.
 */
export function drawProblems(
  view: FleetView,
  problems: readonly KnownProblem[],
  level: Level,
  { columns, height: fullHeight }: { readonly columns: number; readonly height: number },
  look: Look,
): DrawnProblems {
  const isFocused = level.pane === "problems";
  const ids = problems.map(({ id }) => id);
  const cursor = cursorOf(level, "problems");
  const index = locate(ids, cursor.selected, cursor.index);
  const current = problems[index];
  const start = startText(view);
  const calmText = start === undefined ? view.summary : `${start} ${look.glyphs.utf8 ? "…" : "..."}`;
  const calm = wrapText(calmText, columns - 2, current === undefined ? fullHeight : 1, look).map((text) =>
    paintLine([span(`  ${text}`)], columns, look),
  );
  if (current === undefined)
    return { lines: calm, rows: calm.map(() => undefined), ids, index: 0, offset: 0, height: 1 };
  const above = view.severity === "OK" ? calm : [];
  const height = fullHeight - above.length;
  const others = problems.length - 1;
  const texts = wrapText(current.text, textRoom(current, columns), height - others >= 3 ? 2 : 1, look);
  const fixRoom = Math.max(Math.min(1, height - texts.length), Math.min(3, height - texts.length - others));
  const fix = fixRoom <= 0 ? [] : wrapText(current.fix, columns - 6, fixRoom, look);
  const room = Math.max(0, height - texts.length - fix.length);
  const rows = 1 + (others > room ? Math.max(0, room - 1) : others);
  const offset = follow(cursor.offset, index, rows, problems.length);
  const lines = problems.slice(offset, offset + rows).flatMap((problem) => {
    if (problem !== current) return [drawProblem(problem, problem.text, false, columns, look)];
    const [first = "", ...rest] = texts;
    return [
      drawProblem(problem, first, isFocused, columns, look),
      ...rest.map((text) => paintLine([span("    "), span(text, severityTone(problem.severity))], columns, look)),
      ...fix.map((text, line) => fixLine(text, line, columns, look)),
    ];
  });
  const hidden = problems.length - rows;
  const [pane, down] = [keyFor(look, "next-pane"), keyFor(look, "down")];
  const way = pane === undefined || down === undefined ? "" : ` (${pane}, then ${down})`;
  const more = hidden > 0 && room > 0 ? [paintLine([span(`  and ${hidden} more${way}`, "muted")], columns, look)] : [];
  const about = problems.slice(offset, offset + rows).flatMap((problem, row) => {
    const length = problem === current ? texts.length + fix.length : 1;
    return Array.from({ length }, () => offset + row);
  });
  return {
    lines: [...above, ...lines, ...more],
    rows: [...above.map(() => undefined), ...about, ...more.map(() => undefined)],
    ...{ ids, index, offset, height: rows },
  };
}

/** How many lines the problems would like to have: each its own, and some for its text and for what to do. */
export function wantedLines(view: FleetView, problems: readonly KnownProblem[]): number {
  return problems.length === 0 ? 1 : problems.length + 3 + (view.severity === "OK" ? 1 : 0);
}

/** While nobody has answered yet, nothing is known to be wrong. */
export function startText(view: FleetView): string | undefined {
  const { length } = view.nodes;
  if (length === 0 || view.nodes.some(({ state }) => state !== "pending")) return undefined;
  return `polling ${length} node${length === 1 ? "" : "s"}`;
}

function drawProblem(problem: KnownProblem, text: string, isSelected: boolean, columns: number, look: Look): string {
  const tone: Tone = severityTone(problem.severity);
  const mark = problem.severity === "OK" ? " " : look.glyphs.severity[problem.severity];
  const room = textRoom(problem, columns);
  const words = pad(truncate(text, room, look.glyphs.ellipsis), room);
  const spans = [
    span(isSelected ? "> " : "  "),
    span(`${mark} ${words}`, problem.severity === "OK" ? "muted" : tone),
    span(ageText(problem), "muted"),
  ];
  return isSelected ? paintSelected(spans, columns, look) : paintLine(spans, columns, look);
}

/** Since when, at the right end of the line; wide enough for any age, so that the words do not wrap anew. */
function ageText({ ageMs }: KnownProblem): string {
  return ageMs === undefined ? "" : `for ${formatAge(ageMs)}`.padStart(10);
}

function textRoom(problem: KnownProblem, columns: number): number {
  return columns - 4 - ageText(problem).length;
}

function fixLine(text: string, line: number, columns: number, look: Look): string {
  const arrow = line === 0 ? look.glyphs.arrow : "";
  return paintLine([span(`    ${arrow.padEnd(look.glyphs.arrow.length)} ${text}`)], columns, look);
}
