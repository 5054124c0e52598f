import type { HaproxyVersion } from "../domain/haproxy-version.ts";
import { systemClock as clock } from "../io/clock.ts";
import type { MadeFile } from "./generate-make.ts";
import { watchInterrupts } from "./interrupts.ts";
import type { Shell } from "./shell.ts";
import { tellWhile } from "./tell-while.ts";

/** What checks are made for; `remake` makes the same files for another HAProxy. */
export type Checking = {
  readonly version: HaproxyVersion;
  remake(version: HaproxyVersion): Promise<readonly MadeFile[]>;
};

export const interruptedCode = 130;

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
  const say = (seconds: number) => `checking the result, ${seconds}s (--no-verify skips it)`;
  try {
    const isSound = await tellWhile(shell, clock, say, check(stop.signal));
    if (!interrupts.isStopped()) return isSound;
  } finally {
    interrupts.forget();
  }
  shell.stderr.write("k3s-lb: interrupted; nothing is written\n");
  return undefined;
}
