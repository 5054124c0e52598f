import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { LedgerEntry } from "../domain/ledger.ts";
import { encodeEntry } from "../domain/ledger-lines.ts";
import { UserError } from "../domain/user-error.ts";
import { takeLock } from "./lock-file.ts";

/**
 * The ledger's file, for writing. `append` resolves once the entries are safe on disk; the entry that begins an
 * operation, appended before anything is sent, is at the same time the proof that the ledger can be written.
 */
export type LedgerFile = {
  readonly path: string;
  append(entries: readonly LedgerEntry[]): Promise<void>;
};

type Waiting = { readonly text: string; resolve(): void; reject(error: unknown): void };

/**
 * Opens nothing yet: the folder must be there, the file need not.
 * Shape: entries go in whole lines, in the order of the calls; calls that come while the disk is busy share the next
 * write, as hundreds of nodes answer at once. One process writes at a time (`<path>.lock`).
 * Errors: a UserError when it cannot be written; then nothing of these entries is in the file.
 */
export function openLedger(path: string): LedgerFile {
  let waiting: Waiting[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await appendText(path, batch.map(({ text }) => text).join(""));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isWriting = false;
  }

  return {
    path,
    append(entries) {
      if (entries.length === 0) return Promise.resolve();
      const text = entries.map((entry) => `${encodeEntry(entry)}\n`).join("");
      return new Promise((resolve, reject) => {
        waiting.push({ text, resolve, reject });
        if (!isWriting) void writeAll();
      });
    },
  };
}

async function appendText(path: string, text: string): Promise<void> {
  try {
    const release = await takeLock(`${path}.lock`);
    try {
      await writeLines(path, text);
    } finally {
      await release();
    }
  } catch (error) {
    throw explain(error, path);
  }
}

async function writeLines(path: string, text: string): Promise<void> {
  // Without O_NONBLOCK a named pipe in its place would hang here, before it can be refused.
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NONBLOCK;
  await using file = await open(path, flags, 0o600);
  const stat = await file.stat();
  if (!stat.isFile()) throw new UserError(`the ledger ${path} is no plain file`, "Move it away.");
  const bytes = Buffer.from((await endsInLine(file, stat.size)) ? text : `\n${text}`);
  try {
    for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done)).bytesWritten;
    await file.sync();
  } catch (error) {
    // The lock is ours, so what stands behind the old end is ours too; half a line must not swallow a later one.
    await file.truncate(stat.size).catch(() => {});
    throw error;
  }
  if (stat.size === 0) await startFile(file, path);
}

/** Half a line, left by a console that was killed while it wrote, is ended first, so that it spoils no other. */
async function endsInLine(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 0x0a;
}

/**
 * A new file's name is safe once its folder is, and a file made by root in a user's folder must stay that user's.
 * The lines are safe already: file systems that can do neither are no reason to refuse.
 */
async function startFile(file: FileHandle, path: string): Promise<void> {
  await using folder = await open(dirname(path), constants.O_RDONLY);
  const { uid, gid } = await folder.stat();
  if (process.getuid?.() === 0 && uid !== 0) await file.chown(uid, gid).catch(() => {});
  await folder.sync().catch(() => {});
}

const sentences: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "your disk quota is used up",
  EROFS: "the file system is read-only",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EISDIR: "a folder stands in its place",
  ENOENT: "its folder is gone",
};

function explain(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof UserError || code === undefined) return error;
  const why = sentences[code] ?? code;
  const hint = "Put that right, or act without a record of it: --no-ledger.";
  return new UserError(`the ledger ${path} cannot be written: ${why}`, hint);
}
