import type { HaproxyVersion } from "../domain/haproxy-version.ts";
import { systemClock as clock } from "../io/clock.ts";
import { startProgressLine } from "./admin-progress.ts";
import type { MadeFile } from "./generate-make.ts";
import { watchInterrupts } from "./interrupts.ts";
import type { Shell } from "./shell.ts";

/** What checks are made for; `remake` makes the same files for another HAProxy. */
export type Checking = {
  readonly version: HaproxyVersion;
  remake(version: HaproxyVersion): Promise<readonly MadeFile[]>;
};

export const interruptedCode = 130;

/** A check that takes longer than this tells that it is at work. */
const quietMs = 1_000;

/**
 * Waits for programs that check something. Ctrl-C ends them, so that they leave nothing behind.
 * Shape: resolves to what the check found, or to `undefined` after Ctrl-C, which is said on stderr.
 */
export async function whileChecking(
  shell: Shell,
  check: (signal: AbortSignal) => Promise<boolean>,
): Promise<boolean | undefined> {
  const interrupts = watchInterrupts();
  const stop = new AbortController();
  void interrupts.first.then(() => stop.abort());
  const progress = startProgressLine(shell, clock, quietMs);
  const startedMs = clock.now();
  const show = () => {
    progress.show(`checking the result, ${Math.round((clock.now() - startedMs) / 1000)}s (--no-verify skips it)`);
    cancel = clock.after(200, show);
  };
  let cancel = clock.after(0, show);
  try {
    const isSound = await check(stop.signal);
    if (!interrupts.isStopped()) return isSound;
  } finally {
    cancel();
    progress.end();
    interrupts.forget();
  }
  shell.stderr.write("k3s-lb: interrupted; nothing is written\n");
  return undefined;
}
