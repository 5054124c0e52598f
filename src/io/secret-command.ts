import { spawn } from "node:child_process";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";

const MAX_BYTES = 64 * 1024;

/**
 * Runs a program that prints a secret, without a shell, and gives its output.
 * Errors: a `UserError` that shows what the program said on stderr, but never its output, nor its arguments: these
 * may be secret too.
 * Units: `limitMs` is the time it has; then it is killed.
 */
export function runSecretCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  limitMs: number,
): Promise<string> {
  const [program = "", ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const output: Buffer[] = [];
    let size = 0;
    let talk = Buffer.alloc(0);
    const fail = (problem: string, hint?: string): void => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      // A grandchild may still hold the pipes; without this it would keep the console from ending.
      child.stdout.destroy();
      child.stderr.destroy();
      reject(new UserError(`the password command "${program}" ${problem}`, hint));
    };
    const timer = setTimeout(() => {
      const hint = "Does it wait for a passphrase? Unlock it first, then start again.";
      fail(`gave no answer within ${limitMs / 1000} s${said(talk)}`, hint);
    }, limitMs);
    child.stdout.on("data", (chunk: Buffer) => {
      output.push(chunk);
      size += chunk.length;
      if (size > MAX_BYTES) fail("printed far more than a password");
    });
    child.stderr.on("data", (chunk: Buffer) => {
      talk = Buffer.concat([talk, chunk]).subarray(-MAX_BYTES);
    });
    child.on("error", (error: NodeJS.ErrnoException) => fail(explainCode(error.code)));
    child.on("close", (code, signal) => {
      if (code !== 0) return fail(`failed (${code === null ? signal : `exit code ${code}`})${said(talk)}`);
      clearTimeout(timer);
      resolve(Buffer.concat(output).toString("utf8"));
    });
  });
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
