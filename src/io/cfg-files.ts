import { open, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import type { CfgSource } from "../domain/cfg-file.ts";
import { shellWord } from "../domain/shell-word.ts";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";

/** No configuration of one HAProxy comes near it, and a wrong file is told as one before it fills the memory. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads the files of a configuration as `haproxy -f` does, each path in its turn.
 * Shape: a directory stands for its files whose names end in .cfg and do not begin with a dot, in the order of their
 * bytes; `-` is the standard input. Bytes that are no UTF-8 become U+FFFD.
 * Errors: a UserError for what cannot be read, is too large, or is no text.
 */
export async function readCfgFiles(
  paths: readonly string[],
  { cwd, stdin }: { readonly cwd: string; readonly stdin: Readable },
): Promise<readonly CfgSource[]> {
  const sources: CfgSource[] = [];
  for (const path of paths) {
    if (path === "-") sources.push({ file: "stdin", text: toText("stdin", await readStream(stdin)) });
    else for (const file of await filesOf(path, cwd)) sources.push(await readOne(file, cwd));
  }
  return sources;
}

async function filesOf(path: string, cwd: string): Promise<readonly string[]> {
  const whole = resolve(cwd, path);
  const isDirectory = await stat(whole).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isDirectory) return [path];
  const entries = await readdir(whole, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
  const names = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink()).map(({ name }) => name);
  const files = names.filter((name) => name.endsWith(".cfg") && !name.startsWith(".")).sort(byBytes);
  if (files.length > 0) return files.map((name) => join(path, name));
  throw new UserError(
    `${cleanText(path)}: a directory without a file *.cfg, which is all that HAProxy reads of one`,
    "Name the file itself, as k3s-lb lint /etc/haproxy/haproxy.cfg.",
  );
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

async function readOne(path: string, cwd: string): Promise<CfgSource> {
  const bytes = await readBytes(resolve(cwd, path)).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
  return { file: path, text: toText(path, bytes) };
}

/** Reads no further than the limit, so that a device without an end is refused too. */
async function readBytes(path: string): Promise<Uint8Array> {
  await using file = await open(path);
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= MAX_BYTES) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(64 * 1024));
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks);
}

async function readStream(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length > MAX_BYTES) break;
  }
  return Buffer.concat(chunks);
}

function toText(file: string, bytes: Uint8Array): string {
  const name = cleanText(file);
  if (bytes.length > MAX_BYTES) {
    throw new UserError(`${name}: larger than ${MAX_BYTES / 1024 / 1024} MiB; expected a HAProxy configuration`);
  }
  const packed = PACKED.find(({ magic }) => magic.every((byte, at) => bytes[at] === byte));
  if (packed !== undefined) {
    const hint = `Unpack it on the way: ${packed.unpack} ${name === "stdin" ? "..." : shellWord(name)} | k3s-lb lint -`;
    throw new UserError(`${name}: compressed (${packed.name}); expected a HAProxy configuration as text`, hint);
  }
  // HAProxy itself stops at the first NUL. A stray one is a damaged line; many are another kind of file.
  const nuls = bytes.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (nuls > bytes.length / 1000 + 3) {
    throw new UserError(`${name}: not a text; expected a HAProxy configuration. Is it the right file?`);
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

const PACKED: readonly { readonly name: string; readonly magic: readonly number[]; readonly unpack: string }[] = [
  { name: "gzip", magic: [0x1f, 0x8b], unpack: "zcat" },
  { name: "bzip2", magic: [0x42, 0x5a, 0x68], unpack: "bzcat" },
  { name: "xz", magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], unpack: "xzcat" },
  { name: "zstd", magic: [0x28, 0xb5, 0x2f, 0xfd], unpack: "zstdcat" },
];

function unreadable(file: string, error: NodeJS.ErrnoException): UserError {
  const path = cleanText(file);
  const hint = "Name the file that HAProxy reads, as /etc/haproxy/haproxy.cfg, or - for the standard input.";
  if (error.code === "EACCES" || error.code === "EPERM") {
    return new UserError(`${path}: this user may not read it`, `Try: sudo cat ${shellWord(path)} | k3s-lb lint -`);
  }
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return new UserError(`${path}: there is no such file`, hint);
  return new UserError(`${path}: cannot be read (${error.code ?? "unknown error"})`, hint);
}
