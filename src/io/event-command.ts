import { type ChildProcess, spawn } from "node:child_process";
import { cleanText } from "../domain/text.ts";

const talkBytes = 4 * 1024;
/** Time for the last words of a program that has ended, where a process that it left behind holds its stderr open. */
const lastWordsMs = 200;

/**
 * Starts a program without a shell, with `input` on its stdin and its output thrown away.
 * Shape: `ended` never rejects; it resolves with a sentence that names the program and what went wrong, with the end of
 * what it said on stderr, but without its arguments, which may be secret; with nothing where it exited with 0. It has a
 * session of its own: no terminal to write to, and no Ctrl-C that was meant for this program.
 * Units: `limitMs` is the time it has; then it and what it started are killed.
 */
export function startEventCommand(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string | undefined>>,
  input: string,
  limitMs: number,
): { readonly ended: Promise<string | undefined>; kill(): void } {
  const { promise: ended, resolve } = Promise.withResolvers<string | undefined>();
  const name = cleanText(program);
  let child: ChildProcess | undefined;
  let talk = Buffer.alloc(0);
  const finish = (problem: string | undefined): void => {
    clearTimeout(timer);
    process.off("exit", leave);
    child?.stdin?.destroy();
    child?.stderr?.destroy();
    resolve(problem === undefined ? undefined : `on_event: "${name}" ${problem}`);
  };
  const kill = (problem: string): void => {
    leave();
    finish(`${problem}${said(talk)}`);
  };
  // Nobody would end it in time when this program is gone, as after a second Ctrl-C.
  const leave = (): void => {
    if (child !== undefined) killGroup(child);
  };
  process.on("exit", leave);
  const timer = setTimeout(() => kill(`did not end within ${limitMs / 1000} s and was killed`), limitMs);
  try {
    child = spawn(program, args, { env: { ...env }, stdio: ["pipe", "ignore", "pipe"], detached: true });
  } catch (error) {
    finish(explainCode((error as NodeJS.ErrnoException).code));
    return { ended, kill: () => undefined };
  }
  const end = (code: number | null, signal: NodeJS.Signals | null): void =>
    finish(code === 0 ? undefined : `failed (${code === null ? signal : `exit code ${code}`})${said(talk)}`);
  // One that has read enough closes its stdin: that is its own affair.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(input);
  child.stderr?.on("data", (chunk: Buffer) => {
    talk = Buffer.concat([talk, chunk]).subarray(-talkBytes);
  });
  child.on("error", (error: NodeJS.ErrnoException) => finish(explainCode(error.code)));
  child.on("close", end);
  child.on("exit", (code, signal) => {
    clearTimeout(timer);
    setTimeout(() => end(code, signal), lastWordsMs);
  });
  return { ended, kill: () => kill("was still at work at the end and was killed") };
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself just now.
  }
}

function explainCode(code: string | undefined): string {
  if (code === "ENOENT") return "is not installed, or not in PATH";
  if (code === "EACCES") return "may not be run by this user";
  return `could not be started (${code ?? "unknown error"})`;
}

/** The end of what it said is what matters: programs name the cause last. */
function said(talk: Buffer): string {
  const text = cleanText(talk.subarray(-2000)).trim();
  return text === "" ? "" : `: ${text}`;
}
