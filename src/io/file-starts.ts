import { constants, type Dirent } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

/** How a file begins; `path` is relative to the folder. */
export type FileStart = { readonly path: string; readonly start: string };

/** More files than that are no folder that was made for this. */
const mostFiles = 2_000;
const startBytes = 512;

/**
 * How the plain files begin that lie in a folder itself and anywhere below these of its subfolders, in the order of their
 * paths. What cannot be read is passed over, and links are not followed.
 */
export async function readStarts(folder: string, below: readonly string[]): Promise<readonly FileStart[]> {
  const paths: string[] = [];

  async function list(sub: string, isDeep: boolean): Promise<void> {
    const entries = await readdir(join(folder, sub), { withFileTypes: true }).catch((): Dirent[] => []);
    for (const entry of entries) {
      if (paths.length >= mostFiles) return;
      if (entry.isFile()) paths.push(join(sub, entry.name));
      else if (isDeep && entry.isDirectory()) await list(join(sub, entry.name), true);
    }
  }

  await list(".", false);
  for (const sub of new Set(below)) await list(sub, true);
  const starts: FileStart[] = [];
  for (const path of paths.sort()) {
    const start = await readStart(join(folder, path)).catch(() => undefined);
    if (start !== undefined) starts.push({ path, start });
  }
  return starts;
}

async function readStart(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(startBytes), 0, startBytes, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
}
