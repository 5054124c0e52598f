import { dirname, join } from "node:path";
import { cleanText } from "../domain/text.ts";
import { makerOf } from "../generate/file-marker.ts";
import { readStarts } from "../io/file-starts.ts";
import type { FolderFile } from "./generate-folder.ts";
import type { Shell } from "./shell.ts";

/**
 * Names on stderr the files of earlier runs of these makers ("generate haproxy") that this one has not made. They are
 * left there: whether something still uses them is not known here. `sums` has the files whose formats have no comments.
 */
export async function sayStale(
  shell: Shell,
  files: readonly FolderFile[],
  { dir, folder, targets }: { readonly dir: string; readonly folder: string; readonly targets: readonly string[] },
  sums: ReadonlyMap<string, string>,
): Promise<void> {
  const made = new Set(files.map(({ path }) => join(path)));
  const below = files.flatMap(({ path }) => (dirname(path) === "." ? [] : (path.split("/")[0] ?? [])));
  // What has no comments tells no maker, so its neighbours do.
  const plain = new Set(files.filter(({ comment }) => comment === undefined).map(({ path }) => dirname(path)));
  for (const { path, start } of await readStarts(folder, below)) {
    if (made.has(path)) continue;
    const maker = makerOf(start);
    const isOurs = maker === undefined ? sums.has(path) && plain.has(dirname(path)) : targets.includes(maker);
    if (!isOurs) continue;
    const name = cleanText(join(dir, path));
    shell.stderr.write(`stale      ${name}: an earlier run made it, this one did not; it is left there\n`);
  }
}
