import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A file by its path relative to the folder, with forward slashes and never above it. */
export type CheckedFile = { readonly path: string; readonly text: string };

/**
 * Lets `run` work in a folder of its own that only this user may enter, with these files in it, and removes it after.
 * Errors: those of the disk, and of `run`.
 */
export async function inCheckFolder<Result>(
  files: readonly CheckedFile[],
  run: (folder: string) => Promise<Result>,
): Promise<Result> {
  // mkdtemp makes it with mode 0700: nobody else can put a file in its place meanwhile.
  const folder = await mkdtemp(join(tmpdir(), "k3s-lb-check-"));
  try {
    for (const { path, text } of files) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await writeFile(join(folder, path), text, { mode: 0o600 });
    }
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
