import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { shellWord } from "../domain/shell-word.ts";
import { UserError } from "../domain/user-error.ts";

const MAX_BYTES = 64 * 1024;

/**
 * Reads a file that holds a secret.
 * Errors: a `UserError` when it cannot be read, when it is no plain file, or when group or others may open it.
 */
export async function readSecretFile(path: string): Promise<string> {
  // Without O_NONBLOCK a named pipe in its place would hang here, before it can be refused.
  const opened = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`the password file ${path} ${explainCode(error.code)}`);
  });
  await using file = opened;
  const stat = await file.stat();
  if (!stat.isFile()) throw new UserError(`the password file ${path} is no plain file`);
  if ((stat.mode & 0o077) !== 0) {
    const mode = (stat.mode & 0o777).toString(8).padStart(4, "0");
    const text = `the password file ${path} is open to others (mode ${mode}); expected 0600`;
    throw new UserError(text, `chmod 600 ${shellWord(path)}`);
  }
  if (stat.size > MAX_BYTES) throw new UserError(`the password file ${path} is too large for a password`);
  return file.readFile("utf8");
}

function explainCode(code: string | undefined): string {
  if (code === "ENOENT" || code === "ENOTDIR") return "is not there";
  if (code === "EACCES" || code === "EPERM") return "may not be read by this user";
  return `cannot be read (${code ?? "unknown error"})`;
}
