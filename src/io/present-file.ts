import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { UserError } from "../domain/user-error.ts";
import type { FileOwner } from "./replace-file.ts";

/** A file as it stands. `path` is the file itself, behind any symbolic links; `bytes` undefined: there is none yet. */
export type PresentFile = {
  readonly path: string;
  readonly bytes: Uint8Array | undefined;
  readonly owner: FileOwner | undefined;
};

/** More than any configuration: whoever names another file by mistake is told so. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Looks at a file that is about to be changed.
 * Errors: a `UserError` for what is no plain file, too large, not to be read, or a link to nowhere.
 */
export async function readPresentFile(path: string): Promise<PresentFile> {
  try {
    const real = await realpath(path);
    const found = await stat(real);
    if (!found.isFile()) throw new UserError(`${path} is no plain file`);
    if (found.size > MAX_BYTES)
      throw new UserError(`${path} is larger than ${MAX_BYTES / 1024 / 1024} MiB; is it the right file?`);
    return {
      path: real,
      bytes: await readFile(real),
      owner: { uid: found.uid, gid: found.gid, mode: found.mode & 0o7777 },
    };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === undefined) throw error;
    if (code === "ENOENT" || code === "ENOTDIR") return absent(path);
    if (code === "EACCES" || code === "EPERM") throw new UserError(`${path} may not be read by this user`);
    throw new UserError(`${path} cannot be read (${code})`);
  }
}

async function absent(path: string): Promise<PresentFile> {
  const isLink = await lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
  if (isLink) throw new UserError(`${path} is a symbolic link to a file that is not there`);
  return { path, bytes: undefined, owner: undefined };
}
