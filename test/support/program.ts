import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The built program. `npm test` builds it first. */
export const programPath: string = fileURLToPath(new URL("../../dist/k3s-lb.js", import.meta.url));

/** How a run of the program ended. `signal` stands where it was killed by one. */
export type ProgramRun = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

type Settings = { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string };

/** Nothing of the developer's own environment decides a test: no fleet file, no colours, no locale. */
export function startProgram(args: readonly string[], { env = {}, cwd = "/" }: Settings = {}): ChildProcess {
  if (!existsSync(programPath)) throw new Error(`${programPath} is not built: node .ci/task.mjs build`);
  return spawn(process.execPath, [programPath, ...args], {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", LANG: "C.UTF-8", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs the program to its end, without a terminal. */
export function runProgram(args: readonly string[], settings: Settings = {}): Promise<ProgramRun> {
  return untilEnd(startProgram(args, settings));
}

/** Collects what a started program says until it ends. */
export function untilEnd(child: ChildProcess): Promise<ProgramRun> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk) => {
    stdout += String(chunk);
  });
  child.stderr?.on("data", (chunk) => {
    stderr += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
