import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { UserError } from "../domain/user-error.ts";

const newline = 0x0a;
const chunkBytes = 256 * 1024;

/** A ledger opened for reading, which needs no lock: whole lines are never changed again. Units: bytes. */
export type LedgerText = {
  readonly size: number;
  readonly modifiedMs: number;
  bytes(from: number, to: number): Promise<Buffer>;
  /** Whole lines from this offset on; resolves to the offset behind the last one. What has no line end is no line. */
  forwards(from: number, onLine: (line: string) => void): Promise<number>;
  /** Whole lines from the end to the beginning, until `onLine` answers false; resolves to the offset behind the last one. */
  backwards(onLine: (line: string) => boolean): Promise<number>;
  close(): Promise<void>;
};

/**
 * Opens a ledger. `undefined` where there is none.
 * Errors: a UserError where there is one that cannot be read.
 */
export async function openLedgerText(path: string): Promise<LedgerText | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    const why = error.code === "EACCES" ? "this user may not read it" : (error.code ?? error.message);
    throw new UserError(`the ledger ${path} cannot be read: ${why}`);
  });
  if (file === undefined) return undefined;
  const stat = await file.stat();
  if (!stat.isFile()) {
    await file.close();
    throw new UserError(`the ledger ${path} is no plain file`, "Move it away.");
  }
  const bytes = (from: number, to: number) => readBytes(file, from, to);
  return {
    size: stat.size,
    modifiedMs: stat.mtimeMs,
    bytes,
    forwards: (from, onLine) => forwards(bytes, from, stat.size, onLine),
    backwards: (onLine) => backwards(bytes, stat.size, onLine),
    close: () => file.close(),
  };
}

type ReadBytes = (from: number, to: number) => Promise<Buffer>;

async function readBytes(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.max(0, to - from));
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, from + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

async function forwards(bytes: ReadBytes, from: number, size: number, onLine: (line: string) => void): Promise<number> {
  let behind = from;
  let open: Buffer[] = [];
  for (let at = from; at < size; ) {
    const chunk = await bytes(at, Math.min(size, at + chunkBytes));
    if (chunk.length === 0) break;
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      onLine(Buffer.concat([...open, chunk.subarray(start, end)]).toString("utf8"));
      open = [];
      start = end + 1;
      behind = at + start;
    }
    open.push(chunk.subarray(start));
    at += chunk.length;
  }
  return behind;
}

async function backwards(bytes: ReadBytes, size: number, onLine: (line: string) => boolean): Promise<number> {
  /** The pieces of the line whose beginning is not yet found, the first one first; none while it has no end either. */
  let open: Buffer[] | undefined;
  let behind = 0;
  for (let to = size; to > 0; ) {
    const from = Math.max(0, to - chunkBytes);
    const chunk = await bytes(from, to);
    let end = chunk.length;
    for (let at = chunk.lastIndexOf(newline); at !== -1; at = at === 0 ? -1 : chunk.lastIndexOf(newline, at - 1)) {
      const line = open && Buffer.concat([chunk.subarray(at + 1, end), ...open]).toString("utf8");
      if (line !== undefined && !onLine(line)) return behind;
      if (open === undefined) behind = from + at + 1;
      open = [];
      end = at;
    }
    open?.unshift(chunk.subarray(0, end));
    to = from;
  }
  if (open !== undefined) onLine(Buffer.concat(open).toString("utf8"));
  return behind;
}
