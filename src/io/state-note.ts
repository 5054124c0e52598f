import { readFileSync, statSync } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { UserError } from "../domain/user-error.ts";
import { takeLock } from "./lock-file.ts";
import { readPresentFile } from "./present-file.ts";
import { type FileOwner, replaceFile } from "./replace-file.ts";
import { makeOwnFolders } from "./state-folder.ts";
import { explainWriteError } from "./write-failure.ts";

/** A small JSON file of what a program remembers for its user; a help, and nothing that anything depends on. */
export type StateNote<Change> = {
  keep(change: Change): void;
  /** Writes what waits. Resolves to what is to be said where the last write failed, in words. Never rejects for a disk. */
  end(): Promise<string | undefined>;
};

const maxBytes = 256 * 1024;
/** Somebody who tries columns presses many keys; what is lost by a crash meanwhile is the last of them. */
const patienceMs = 1_000;

/** What the file holds. Shape: `undefined` for one that is not there, not to be had, or no JSON; one small read. */
export function readStateNote(path: string): unknown {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isFile() === true && found.size <= maxBytes ? parse(readFileSync(path, "utf8")) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Opens nothing yet. `merge` makes the new content out of the one that is there at that moment and a change, as another
 * process may have written in between; the file is replaced at once, under a lock.
 */
export function openStateNote<Change>(
  path: string,
  merge: (content: unknown, change: Change) => unknown,
): StateNote<Change> {
  let waiting: readonly Change[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let failure: string | undefined;

  async function write(): Promise<void> {
    const changes = waiting;
    if (changes.length === 0) return;
    waiting = [];
    try {
      await makeOwnFolders(dirname(path));
      const release = await takeLock(`${path}.lock`, path);
      try {
        const { bytes, path: real } = await readPresentFile(path);
        const content = bytes === undefined ? undefined : parse(Buffer.from(bytes).toString("utf8"));
        const text = JSON.stringify(changes.reduce<unknown>(merge, content), undefined, 2);
        await replaceFile(real, Buffer.from(`${text}\n`), await ownerIn(dirname(real)));
      } finally {
        await release();
      }
      failure = undefined;
    } catch (error) {
      // It is tried again with the next change, and at the end.
      waiting = [...changes, ...waiting];
      failure = explain(error);
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  }

  return {
    keep(change) {
      waiting = [...waiting, change];
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), patienceMs);
    },
    async end() {
      await flush();
      return failure;
    },
  };
}

/** A broken file has nothing to keep. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** For this user alone; what root writes in a user's folder (`sudo -E`) must stay that user's. */
async function ownerIn(folder: string): Promise<FileOwner> {
  const uid = process.getuid?.() ?? 0;
  const own = { uid, gid: process.getgid?.() ?? 0, mode: 0o600 };
  if (uid !== 0) return own;
  const found = await stat(folder);
  return { uid: found.uid, gid: found.gid, mode: 0o600 };
}

function explain(error: unknown): string {
  if (error instanceof UserError) return error.message;
  if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  return explainWriteError(error);
}
