import { onTestFinished } from "vitest";
import { type ProgramRun, startProgram, untilEnd } from "./program.ts";

/** A running `watch` of the built program. */
export type WatchProcess = {
  readonly ended: Promise<ProgramRun>;
  /** Resolves when its stdout (or stderr) shows it; fails with what it shows when it ends before. */
  sees(wanted: RegExp): Promise<void>;
  complains(wanted: RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Nobody reads its stdout any more. */
  hangUp(): void;
};

export function startWatch(
  config: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): WatchProcess {
  const child = startProgram(["--config", config, "watch", "--interval", "300ms", ...args], { env });
  const ended = untilEnd(child);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const until = (stream: "stdout" | "stderr") => {
    let text = "";
    const listeners = new Set<() => void>();
    child[stream]?.on("data", (chunk) => {
      text += String(chunk);
      for (const listener of listeners) listener();
    });
    return (wanted: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const check = () => wanted.test(text) && resolve();
        listeners.add(check);
        ended.then((run) => reject(new Error(`watch ended: ${JSON.stringify(run)}`)), reject);
        check();
      });
  };
  return {
    ended,
    sees: until("stdout"),
    complains: until("stderr"),
    kill: (signal) => child.kill(signal),
    hangUp: () => child.stdout?.destroy(),
  };
}
