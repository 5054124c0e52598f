import { spawn } from "node:child_process";
import { cleanText } from "../domain/text.ts";

/** How a program that checks something ended. `lines` is what it said, on both outputs, fit to be shown. */
export type CheckerRun =
  | { readonly kind: "ended"; readonly code: number; readonly lines: readonly string[] }
  | { readonly kind: "failed"; readonly problem: string };

export type CheckerSettings = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Units: milliseconds until it is killed. */
  readonly limitMs: number;
  /** Ends it before its time. */
  readonly signal?: AbortSignal | undefined;
};

const MAX_BYTES = 64 * 1024;
const MAX_LINES = 40;
const STOPPED = "was stopped";

/**
 * Runs a program that checks files, without a shell and without input. Never rejects: one that cannot be started, hangs
 * or is killed has failed, which says nothing of the files.
 */
export function runChecker(path: string, args: readonly string[], settings: CheckerSettings): Promise<CheckerRun> {
  const { cwd, env, limitMs, signal } = settings;
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve({ kind: "failed", problem: STOPPED });
    const child = spawn(path, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let said = Buffer.alloc(0);
    const hear = (chunk: Buffer) => {
      if (said.length < MAX_BYTES) said = Buffer.concat([said, chunk]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    const end = (problem: string) => {
      forget();
      child.kill("SIGKILL");
      // A grandchild may still hold the pipes; without this it would keep the console from ending.
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ kind: "failed", problem });
    };
    const stop = () => end(STOPPED);
    const timer = setTimeout(() => end(`gave no answer within ${limitMs / 1000} s`), limitMs);
    signal?.addEventListener("abort", stop);
    const forget = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      forget();
      resolve({ kind: "failed", problem: `could not be started (${error.code ?? error.message})` });
    });
    child.on("close", (code, by) => {
      forget();
      if (code === null) return resolve({ kind: "failed", problem: `was ended by ${by}` });
      resolve({ kind: "ended", code, lines: linesOf(said) });
    });
  });
}

function linesOf(said: Buffer): readonly string[] {
  const lines = said
    .toString("utf8")
    .split("\n")
    .map((line) => cleanText(line, 400).trimEnd())
    .filter((line) => line !== "");
  return lines.length <= MAX_LINES ? lines : [...lines.slice(0, MAX_LINES), "…"];
}
