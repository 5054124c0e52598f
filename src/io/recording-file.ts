import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { createGzip, type Gzip, gzip, constants as zlib } from "node:zlib";
import { UserError } from "../domain/user-error.ts";

/** A recording's file, for writing. Fits `RecordingSink` of `app/recorder.ts`. */
export type RecordingFile = {
  part(text: string): void;
  lines(text: string): void;
  /** Resolves when what was given so far is written; it is by itself after a few seconds. */
  flush(): Promise<void>;
  /** Writes what is left and closes the file; it is whole then, and takes nothing more. Never rejects. */
  end(): Promise<void>;
  /** Units: bytes in the file. */
  size(): number;
};

/** A crash loses so much at most. */
const flushEveryMs = 5_000;
const flushLength = 1_000_000;
/** The best that gzip can do; at this rate of data it costs nothing to speak of. */
const compression = { level: 9, memLevel: 9 } as const;

/**
 * Makes a new file, readable for this user alone, with its first line in it.
 * Shape: plain lines where the name ends in ".jsonl"; else gzip, a member for the first line and one for each part, so that
 * any part can be read without the others, and flushed so that a file that is cut off can be read up to there.
 * `onFailed` is told once, in words, when it cannot be written any more; what was written before stays whole.
 * Errors: a UserError where there is a file of that name, or none can be made.
 */
export async function createRecordingFile(
  path: string,
  head: string,
  onFailed: (why: string) => void,
): Promise<RecordingFile> {
  const file = await create(path);
  const isPlain = path.endsWith(".jsonl");
  let size = 0;
  let member: Member | undefined;
  let waiting: { text: string; isPart: boolean }[] = [];
  let waitingLength = 0;
  let isFailed = false;
  let isEnded = false;
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function append(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
    size += bytes.length;
  }

  async function writeBatch(batch: readonly { readonly text: string; readonly isPart: boolean }[]): Promise<void> {
    for (const { isPart, text } of batch) {
      if (isPlain) await append(Buffer.from(text));
      else {
        if (isPart && member !== undefined) await append(await member.end());
        if (isPart || member === undefined) member = new Member();
        await append(await member.flush(text));
      }
    }
  }

  async function write(batch: readonly { readonly text: string; readonly isPart: boolean }[]): Promise<void> {
    if (isFailed) return;
    try {
      await writeBatch(batch);
    } catch (error) {
      isFailed = true;
      // Half a batch is worth nothing, and may be the only thing that fills the disk.
      await file.truncate(size).catch(() => {});
      onFailed(explain(error));
    }
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const batch = joined(waiting);
    waiting = [];
    waitingLength = 0;
    writing = writing.then(() => write(batch));
  }

  function add(text: string, isPart: boolean): void {
    if (isFailed || isEnded) return;
    waiting.push({ text, isPart });
    waitingLength += text.length;
    if (waitingLength >= flushLength) flush();
    else timer ??= setTimeout(flush, flushEveryMs);
  }

  try {
    const line = `${head}\n`;
    await append(isPlain ? Buffer.from(line) : await promisify(gzip)(line, compression));
  } catch (error) {
    await file.close();
    throw new UserError(`the recording ${path} cannot be written: ${explain(error)}`);
  }
  return {
    part: (text) => add(text, true),
    lines: (text) => add(text, false),
    flush() {
      flush();
      return writing;
    },
    async end() {
      isEnded = true;
      flush();
      await writing;
      if (member !== undefined && !isFailed) {
        const last = member;
        await last
          .end()
          .then(append)
          .catch((error: unknown) => onFailed(explain(error)));
      }
      await file.sync().catch(() => {});
      await file.close().catch(() => {});
    },
    size: () => size,
  };
}

/** A new file of these bytes, compressed or plain by its name. Errors: a UserError. */
export async function writeRecording(path: string, head: string, chunks: readonly Uint8Array[]): Promise<number> {
  let failure: string | undefined;
  const file = await createRecordingFile(path, head, (why) => {
    failure = why;
  });
  const decoder = new TextDecoder();
  let rest = "";
  for (const chunk of chunks) rest += decoder.decode(chunk, { stream: true });
  for (const part of rest.split(/^(?=\{"part":)/m)) file.part(part);
  await file.end();
  if (failure !== undefined) throw new UserError(`the recording ${path} cannot be written: ${failure}`);
  return file.size();
}

/** One gzip member that is written bit by bit. */
class Member {
  readonly #gzip: Gzip = createGzip(compression);
  #chunks: Buffer[] = [];

  constructor() {
    this.#gzip.on("data", (chunk: Buffer) => this.#chunks.push(chunk));
  }

  /** All bytes that are needed to read the text so far. */
  flush(text: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#gzip.once("error", reject);
      this.#gzip.write(text);
      this.#gzip.flush(zlib.Z_SYNC_FLUSH, () => {
        this.#gzip.off("error", reject);
        resolve(this.#take());
      });
    });
  }

  end(): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#gzip.once("error", reject);
      this.#gzip.once("end", () => resolve(this.#take()));
      this.#gzip.end();
    });
  }

  #take(): Buffer {
    const bytes = Buffer.concat(this.#chunks);
    this.#chunks = [];
    return bytes;
  }
}

/** Lines that go into the same part as one text: each text is flushed, and a flush costs bytes. */
function joined(
  texts: readonly { readonly text: string; readonly isPart: boolean }[],
): readonly { readonly text: string; readonly isPart: boolean }[] {
  const batch: { pieces: string[]; isPart: boolean }[] = [];
  for (const { isPart, text } of texts) {
    const last = batch.at(-1);
    if (last === undefined || isPart) batch.push({ pieces: [text], isPart });
    else last.pieces.push(text);
  }
  return batch.map(({ isPart, pieces }) => ({ text: pieces.join(""), isPart }));
}

async function create(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      throw new UserError(`${path} is there already, and a recording is never written over`, "Give another name.");
    }
    throw new UserError(`the recording ${path} cannot be made: ${explain(error)}`);
  }
}

const sentences: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "your disk quota is used up",
  EFBIG: "the file may not be larger",
  EROFS: "the file system is read-only",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  ENOENT: "there is no such folder",
  ENOTDIR: "there is no such folder",
};

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return sentences[code ?? ""] ?? code ?? message;
}
