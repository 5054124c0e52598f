import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { createGunzip, constants as zlib } from "node:zlib";
import { type RecordingHead, readHead } from "../domain/recording-fleet.ts";
import { partMark } from "../domain/recording-lines.ts";
import { createLineReader } from "../domain/recording-reader.ts";
import { UserError } from "../domain/user-error.ts";

/** Where a part begins. Units: `atMs` monotonic in the recording's own count, `wallMs` Unix time of that moment. */
export type PartPlace = { readonly atMs: number; readonly wallMs: number };

/** A recording opened for reading; fits what `app/tape.ts` asks for. */
export type RecordingSource = {
  readonly head: RecordingHead;
  /** In the order of the file; never empty. */
  readonly parts: readonly PartPlace[];
  /** How many parts are damaged from their first line on, and therefore not among them. */
  readonly unreadable: number;
  /** The lines of a part as far as they are whole. `isDamaged`: some of its bytes could not be read. */
  lines(part: number): Promise<{ readonly lines: readonly string[]; readonly isDamaged: boolean }>;
  close(): Promise<void>;
};

/** Bytes by their place, of a file or of memory. */
type Bytes = { readonly size: number; read(from: number, to: number): Promise<Buffer> };
type Place = PartPlace & { readonly from: number; readonly to: number };

const chunkBytes = 1024 * 1024;
/** More text than this in one part, or before it, is no recording of a fleet. */
const longestPart = 128 * 1024 * 1024;
const longestHead = 16 * 1024 * 1024;
/** A file that another program compressed is unpacked whole, as nothing in it tells where its parts are. */
const longestForeign = 512 * 1024 * 1024;
const smallPiece = 32;
const newline = 0x0a;
/** How each of our gzip members begins: deflate, no flags, no time. */
const memberMark = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);

/**
 * Opens a recording, plain or gzip by its content.
 * Errors: a UserError for a file that cannot be read, that is no recording, holds nothing, or is of a later version.
 */
export async function openRecording(path: string): Promise<RecordingSource> {
  const file = await openFile(path);
  try {
    const whole = await bytesOf(file, path);
    const isGzip = (await whole.read(0, 2)).equals(memberMark.subarray(0, 2));
    const members = isGzip ? await findAll(whole, memberMark) : [];
    const own = members[0] === 0 ? await headOf(whole, members[1] ?? whole.size) : undefined;
    // A member that goes on behind the first line was not made here: `zcat … | gzip`, say.
    const isOwn = own !== undefined && own.behind === 0;
    const bytes = isGzip && !isOwn ? await unpack(whole) : whole;
    const first = isOwn ? own.line : await firstLine(bytes);
    const head = checkHead(first, path);
    const read = isOwn ? readMember : readPlain;
    const starts = isOwn ? members.slice(1) : (await findAll(bytes, Buffer.from(`\n${partMark}`))).map((at) => at + 1);
    const parts = await placesOf(bytes, starts, read, head.fleet.nodes.length);
    if (parts.length === 0) {
      throw new UserError(`the recording ${path} holds nothing: it ended before the first node was asked`);
    }
    return {
      head,
      parts,
      unreadable: starts.length - parts.length,
      async lines(part) {
        const place = parts[part];
        return place === undefined ? { lines: [], isDamaged: false } : linesOf(await read(bytes, place, longestPart));
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    // Without O_NONBLOCK a named pipe would hang here, before it can be refused.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new UserError(`there is no file ${path}`, "k3s-lb record FILE makes one; W in k3s-lb top, too.");
    }
    throw new UserError(`${path} cannot be read: ${code === "EACCES" ? "this user may not read it" : code}`);
  }
}

async function bytesOf(file: FileHandle, path: string): Promise<Bytes> {
  const stat = await file.stat();
  if (!stat.isFile()) throw new UserError(`${path} is no plain file`);
  return {
    size: stat.size,
    async read(from, to) {
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(to, stat.size) - from));
      let length = 0;
      while (length < buffer.length) {
        const { bytesRead } = await file.read(buffer, length, buffer.length - length, from + length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return buffer.subarray(0, length);
    },
  };
}

function checkHead(line: string, path: string): RecordingHead {
  const read = readHead(line);
  if (read.kind === "head") return read.head;
  if (read.kind === "other") {
    throw new UserError(`${path} is no recording of k3s-lb`, "k3s-lb record FILE makes one; W in k3s-lb top, too.");
  }
  throw new UserError(
    `${path} was recorded by a later version of k3s-lb (${read.version})`,
    "Replay it with that version.",
  );
}

/** Every place where these bytes stand. */
async function findAll(bytes: Bytes, mark: Buffer): Promise<readonly number[]> {
  const found: number[] = [];
  for (let from = 0; from < bytes.size; from += chunkBytes) {
    // A mark that begins in this chunk may end in the next one.
    const chunk = await bytes.read(from, from + chunkBytes + mark.length - 1);
    for (let at = chunk.indexOf(mark); at !== -1; at = chunk.indexOf(mark, at + 1)) found.push(from + at);
  }
  return found;
}

type Text = { readonly text: Buffer; readonly isDamaged: boolean };
type Read = (bytes: Bytes, place: { readonly from: number; readonly to: number }, limit: number) => Promise<Text>;

/** Those of the starts behind which a part's first line can be read. */
async function placesOf(bytes: Bytes, starts: readonly number[], read: Read, nodes: number): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const [index, start] of starts.entries()) {
    const to = starts[index + 1] ?? bytes.size;
    // The line is short, and of what is compressed the beginning is enough.
    const { text } = await read(bytes, { from: start, to: Math.min(to, start + 4096) }, 4096);
    const [line = ""] = text.toString("utf8").split("\n", 1);
    const begun = createLineReader(Array.from({ length: nodes }, String))(line);
    if (begun.kind === "part") places.push({ from: start, to, atMs: begun.atMs, wallMs: begun.wallMs });
  }
  return places;
}

const readPlain: Read = async (bytes, { from, to }, limit) => {
  return { text: await bytes.read(from, Math.min(to, from + limit)), isDamaged: to - from > limit };
};

const readMember: Read = async (bytes, { from, to }, limit) => {
  const { isDamaged, text } = await inflate(await bytes.read(from, Math.min(to, from + longestPart)), limit);
  return { text, isDamaged: isDamaged || to - from > longestPart };
};

/** All that can be read of a gzip stream: up to its end, to where it is cut off or damaged, or to the limit. */
async function inflate(packed: Buffer, limit: number): Promise<Text> {
  const text = await inflateBy(packed.length, packed, limit);
  // What stands before a damage is given out only where it came in a piece of its own.
  return text.isDamaged && text.text.length < limit ? inflateBy(smallPiece, packed, limit) : text;
}

async function inflateBy(piece: number, packed: Buffer, limit: number): Promise<Text> {
  const gunzip = createGunzip({ finishFlush: zlib.Z_SYNC_FLUSH });
  const chunks: Buffer[] = [];
  let length = 0;
  let isDamaged = false;
  for (let at = 0; at < packed.length; at += piece) gunzip.write(packed.subarray(at, at + piece));
  gunzip.end();
  try {
    for await (const chunk of gunzip) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) {
        isDamaged = true;
        break;
      }
    }
  } catch {
    isDamaged = true;
  }
  return { text: Buffer.concat(chunks), isDamaged };
}

/** The first line of our own first member, and how much text stands behind it there. */
async function headOf(bytes: Bytes, to: number): Promise<{ readonly line: string; readonly behind: number }> {
  const { text } = await inflate(await bytes.read(0, Math.min(to, longestHead)), longestHead);
  const end = text.indexOf(newline);
  if (end === -1) return { line: text.toString("utf8"), behind: 0 };
  return { line: text.toString("utf8", 0, end), behind: text.length - end - 1 };
}

async function firstLine(bytes: Bytes): Promise<string> {
  const start = await bytes.read(0, longestHead);
  const end = start.indexOf(newline);
  return start.toString("utf8", 0, end === -1 ? start.length : end);
}

async function unpack(bytes: Bytes): Promise<Bytes> {
  const { text } = await inflate(await bytes.read(0, Math.min(bytes.size, longestForeign)), longestForeign);
  return { size: text.length, read: (from, to) => Promise.resolve(text.subarray(from, to)) };
}

/** Half a line at the end was being written when the recording broke off. */
function linesOf({ isDamaged, text }: Text): { readonly lines: readonly string[]; readonly isDamaged: boolean } {
  const lines = text.toString("utf8").split("\n").slice(0, -1);
  return { lines: lines.filter((line) => line !== ""), isDamaged };
}
