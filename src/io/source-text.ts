import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "../domain/user-error.ts";

/** An inventory of 100,000 hosts with their variables has some 10 MB. */
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Reads a text file of the operator's, whatever it is: a pipe (`/dev/stdin`, `<(…)`) too.
 * Shape: a byte order mark in front is taken off.
 * Errors: a `UserError` that names the file as the operator did; its contents are never shown.
 */
export async function readSourceText(path: string, cwd: string): Promise<string> {
  const bytes = await readBytes(resolve(cwd, path)).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${path}: ${explainCode(error.code)}`);
  });
  if (bytes.length > MAX_BYTES) {
    throw new UserError(`${path}: larger than ${MAX_BYTES / 1024 / 1024} MiB; is it the right file?`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${path}: not UTF-8 text; is it the right file?`);
  }
}

/** Reads no further than the limit, so that a device without an end is refused too. */
async function readBytes(path: string): Promise<Uint8Array> {
  await using file = await open(path);
  if ((await file.stat()).isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= MAX_BYTES) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(256 * 1024));
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks);
}

function explainCode(code: string | undefined): string {
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file";
    case "EISDIR":
      return "this is a directory; expected a file";
    case "EACCES":
    case "EPERM":
      return "this user may not read it";
    default:
      return `cannot be read (${code ?? "unknown error"})`;
  }
}
