import { eventWords, type FleetEvent } from "../domain/timeline.ts";
import type { FleetView, MasterView, Problem } from "../domain/view.ts";

// Lines for ears: sentences without marks, columns, colours or folding to a width; what is first is what counts.

/** What is true now: the headline, every problem with what to do, then the masters. Units: `wallMs` Unix time. */
export function plainOpening(view: FleetView, wallMs: number): string {
  const [only, ...others] = view.problems;
  const isTold = only !== undefined && others.length === 0 && only.text === view.summary;
  const lines = [
    `${clockTime(wallMs)} ${view.severity}, cluster ${view.cluster}: ${view.summary}`,
    ...(isTold ? [todo(only)] : view.problems.flatMap(problemLines)),
    ...view.masters.map((master) => masterLine(master)),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function problemLines(problem: Problem, index: number, { length }: readonly Problem[]): readonly string[] {
  return [`Problem ${index + 1} of ${length}, ${problem.severity}: ${problem.text}`, todo(problem)];
}

function todo({ fix }: Problem): string {
  return `What to do: ${fix}`;
}

/** Most reasons begin with the verdict's own word. */
function masterLine({ name, reason, sessions, verdict }: MasterView): string {
  const open = `${sessions} session${sessions === 1 ? "" : "s"}`;
  return `Master ${name}${reason.startsWith(verdict) ? "" : `, ${verdict}`}: ${reason}; ${open}`;
}

/** "14:02:11 CRITICAL: …", with what to do about the worst. */
export function plainHeadline({ problems, severity, summary }: FleetView, wallMs: number): string {
  const [worst] = problems;
  const advice = worst === undefined || worst.severity === "OK" ? "" : ` What to do: ${worst.fix}`;
  return `${clockTime(wallMs)} ${severity}: ${stopped(summary)}${advice}\n`;
}

/** "14:02:11 master-2 UP to DOWN on 12 nodes (node[01-12]): connection refused", by when it began. */
export function plainEvent(event: FleetEvent, isAgain: boolean): string {
  const words = eventWords(event, "to");
  const until = isAgain ? ` (again, until ${clockTime(event.lastMs)})` : "";
  return `${clockTime(event.firstMs)} ${words}${until}\n`;
}

function stopped(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Units: UTC, as everywhere. */
function clockTime(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(11, 19);
}
