import type { Clock } from "../app/clock.ts";
import { startProgressLine } from "./admin-progress.ts";
import type { Shell } from "./shell.ts";

/** What is over by then needs no word. */
const quietMs = 1_000;
const refreshMs = 200;

/** Waits for work, and says on stderr what for when it takes longer than a second. */
export async function tellWhile<Result>(
  shell: Shell,
  clock: Clock,
  say: (seconds: number) => string,
  work: Promise<Result>,
): Promise<Result> {
  const startedMs = clock.now();
  const progress = startProgressLine(shell, clock, quietMs);
  const show = () => {
    progress.show(say(Math.round((clock.now() - startedMs) / 1000)));
    cancel = clock.after(refreshMs, show);
  };
  let cancel = clock.after(0, show);
  try {
    return await work;
  } finally {
    cancel();
    progress.end();
  }
}
