import type { Clock } from "../app/clock.ts";
import type { OutcomeWord, StepResult } from "../domain/outcome.ts";
import { progressLine } from "../output/admin-progress.ts";
import type { Shell } from "./shell.ts";

/** On a terminal one line is written over and over; elsewhere a line now and then says that there is somebody. */
const terminalMs = 100;
const plainMs = 10_000;

/** Says on stderr how far something is. `show` may be called as often as there is something new. */
export type Progress = { show(text: string): void; end(): void };

/** The first text comes after `quietMs`: what is over by then needs no progress. */
export function startProgressLine({ stderr, env }: Shell, clock: Clock, quietMs = 300): Progress {
  const isTerminal = stderr.isTTY === true && env["TERM"] !== "dumb";
  const everyMs = isTerminal ? terminalMs : plainMs;
  let text = "";
  let shown: string | undefined;
  const tick = () => {
    if (text !== "" && text !== shown) {
      const room = stderr.columns > 1 ? text.slice(0, stderr.columns - 1) : text;
      stderr.write(isTerminal ? `\r\u001b[K${room}` : `${text}\n`);
      shown = text;
    }
    cancel = clock.after(everyMs, tick);
  };
  let cancel = clock.after(isTerminal ? quietMs : plainMs, tick);
  return {
    show(next) {
      text = next;
    },
    end() {
      cancel();
      if (isTerminal && shown !== undefined) stderr.write("\r\u001b[K");
    },
  };
}

/** Counts steps as they end and shows "37/40 verified 36, denied 1". */
export function countSteps(progress: Progress): (result: StepResult, done: number, total: number) => void {
  const counts: Partial<Record<OutcomeWord, number>> = {};
  return ({ outcome }, done, total) => {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    progress.show(progressLine(done, total, counts));
  };
}
