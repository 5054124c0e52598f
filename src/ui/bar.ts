import type { ReplayState } from "../app/replayer.ts";
import { formatAge } from "../domain/ages.ts";
import { writeDuration } from "../domain/duration.ts";
import type { FleetView } from "../domain/view.ts";
import { textWidth } from "../output/width.ts";
import { barKeys } from "./bar-keys.ts";
import { drawFilterLine } from "./line-bar.ts";
import { type Lock, lockSign } from "./lock.ts";
import { marksText } from "./marks.ts";
import type { Body } from "./picture.ts";
import { replaySign } from "./replay-sign.ts";
import { type Screen, topLevel } from "./screen.ts";
import type { Sight } from "./sight.ts";
import { type Look, paintEnds, paintLine, type Span, span, wrapText } from "./spans.ts";

/** What the status bar tells beside the fleet. Units: milliseconds; `pausedMs` since the screen was frozen. */
export type BarFacts = {
  readonly nowMs: number;
  readonly wallMs: number;
  readonly lock: Lock;
  readonly intervalMs: number;
  readonly inFlight: number;
  readonly pausedMs: number | undefined;
  readonly replay?: ReplayState | undefined;
  /** What is to be said of a recording that is made meanwhile. */
  readonly recording?: string | undefined;
};

const roomyColumns = 100;

/** The last line: the lock while it is open, a frozen screen, marks and a filter first, then the age of the data, then the keys. */
export function drawBar(
  view: FleetView,
  screen: Screen,
  facts: BarFacts,
  { list, sight }: { readonly list: Body["list"]; readonly sight: Sight },
  columns: number,
  look: Look,
): string {
  const { filter } = topLevel(screen);
  if (screen.typing !== undefined) {
    const note = list.filterNote ?? `${list.shown} of ${list.total}`;
    return drawFilterLine(screen.typing, note, columns, look);
  }
  if (screen.said !== undefined) return paintLine([span(screen.said, "warn")], columns, look);
  const left: Span[] = [];
  const sign = lockSign(facts.lock, facts);
  if (sign !== "") left.push(span(sign, "warn"), span("  "));
  if (facts.recording !== undefined) left.push(span(facts.recording, "info"), span("  "));
  if (facts.replay !== undefined) left.push(span(replaySign(facts.replay), "info"), span("  "));
  if (facts.pausedMs !== undefined) left.push(span(`PAUSED ${formatAge(facts.pausedMs)}`, "warn"), span("  "));
  const marks = marksText(screen.marks);
  if (marks !== "") left.push(span(marks, "info"), span("  "));
  if (filter !== "") left.push(span(`/${filter}`, "info"), span(` ${list.shown} of ${list.total}  `));
  // A replay is steered by keys that nobody knows by heart; how fresh its nodes were stands beside each of them.
  if (facts.replay === undefined || columns >= roomyColumns) left.push(span(freshText(view)));
  if (facts.replay === undefined) left.push(span(`  every ${writeDuration(facts.intervalMs)}`));
  left.push(span(facts.inFlight === 0 ? "" : `  ${facts.inFlight} in flight`, "muted"));
  const used = left.reduce((sum, { text }) => sum + textWidth(text), 0);
  return paintEnds(left, [span(barKeys(screen, sight, facts, columns - used - 2, look), "muted")], columns, look);
}

/** What the last key came to, where that is too much for the bar: advice and names of files are not cut off. */
export function drawLongNote(screen: Screen, columns: number, look: Look): readonly string[] | undefined {
  const isElsewhere = screen.typing !== undefined || screen.command !== undefined || screen.dialog !== undefined;
  if (isElsewhere || screen.said === undefined || textWidth(screen.said) <= columns) return undefined;
  return wrapText(screen.said, columns, 4, look).map((line) => paintLine([span(line, "warn")], columns, look));
}

/** How many nodes are fresh and how old the oldest of their answers is. */
function freshText({ nodes }: FleetView): string {
  const fresh = nodes.filter(({ state }) => state === "fresh");
  const counted = `${fresh.length}/${nodes.length} fresh`;
  if (fresh.length === 0) return counted;
  const oldest = fresh.reduce((age, { ageMs = 0 }) => Math.max(age, ageMs), 0);
  return `${counted}, age <${Math.floor(oldest / 1000) + 1}s`;
}
