import { dirname, join, resolve } from "node:path";
import { UserError } from "../domain/user-error.ts";
import { originOf, withMarker, withoutMarker } from "../generate/file-marker.ts";
import { checksumOf, readChecksums, writeChecksums } from "../io/checksum-file.ts";
import { makeFolder } from "../io/make-folder.ts";
import { type PresentFile, readPresentFile } from "../io/present-file.ts";
import { digestOfRaw, fromRaw, rawOf, toRaw } from "../io/raw-text.ts";
import { replaceFile } from "../io/replace-file.ts";
import { explainWriteError } from "../io/write-failure.ts";
import type { Shell } from "./shell.ts";

/**
 * A file for a folder. `path` is relative to it; `comment` begins a comment line in it, `undefined` where its format has
 * none; `maker` is the command that made it: "generate haproxy".
 */
export type FolderFile = {
  readonly path: string;
  readonly text: string;
  readonly comment: string | undefined;
  readonly maker: string;
};

type Planned = {
  readonly file: FolderFile;
  readonly present: PresentFile;
  readonly raw: string;
  readonly isNew: boolean;
};

/**
 * Writes files into a folder (-O), each in one step, and says on stderr what became of it. All are looked at before the
 * first is written, so that a refusal leaves the folder as it was.
 * Shape: resolves to the exit code.
 * Errors: a UserError for files that were edited by hand or are not from here, unless they may be overwritten; `hint`
 * is the next thing to type then.
 */
export async function writeFolder(
  shell: Shell,
  files: readonly FolderFile[],
  { dir, overwrite, hint }: { readonly dir: string; readonly overwrite: boolean; readonly hint: string },
): Promise<number> {
  const folder = resolve(shell.cwd, dir);
  const sums = new Map(await readChecksums(folder));
  const planned: Planned[] = [];
  const refused: string[] = [];
  for (const file of files) {
    const present = await readPresentFile(join(folder, file.path));
    const raw = rawFileOf(file);
    const was = present.bytes === undefined ? undefined : toRaw(present.bytes);
    // Git for Windows and editors change line ends alone, which is not worth a write.
    const isNew = was?.replaceAll("\r\n", "\n") !== raw;
    const reason = was === undefined || !isNew || overwrite ? undefined : refusalOf(was, file, sums.get(file.path));
    if (reason !== undefined) refused.push(`${join(dir, file.path)} ${reason}`);
    planned.push({ file, present, raw, isNew });
  }
  if (refused.length > 0) {
    throw new UserError(refused.join("\n"), hint);
  }
  let path = dir;
  try {
    for (const { file, present, raw, isNew } of planned) {
      path = join(dir, file.path);
      if (isNew) {
        await makeFolder(dirname(present.path));
        await replaceFile(present.path, fromRaw(raw), present.owner);
      }
      shell.stderr.write(`${isNew ? "written" : "unchanged"}  ${path}\n`);
    }
    path = dir;
    await keepChecksums(folder, planned, sums);
    return 0;
  } catch (error) {
    shell.stderr.write(`k3s-lb: cannot write ${path}: ${explainWriteError(error)}\n`);
    return 1;
  }
}

async function keepChecksums(folder: string, planned: readonly Planned[], sums: Map<string, string>): Promise<void> {
  const plain = planned.filter(({ file }) => file.comment === undefined);
  const isKept = ({ file, raw }: Planned) => sums.get(file.path) === checksumOf(fromRaw(raw));
  if (plain.every(isKept)) return;
  for (const { file, raw } of plain) sums.set(file.path, checksumOf(fromRaw(raw)));
  await writeChecksums(folder, sums);
}

/** As bytes, with the marker where the format has comments. */
function rawFileOf({ text, maker, comment }: FolderFile): string {
  const raw = rawOf(text);
  return comment === undefined ? raw : withMarker(raw, { maker, comment: rawOf(comment) }, digestOfRaw);
}

function refusalOf(was: string, { text, comment }: FolderFile, sum: string | undefined): string | undefined {
  // Made by hand from what generate printed: nothing of anybody's is lost.
  if (withoutMarker(was) === rawOf(text)) return undefined;
  const origin = comment === undefined ? originBySum(was, sum) : originOf(was, digestOfRaw);
  if (origin === "made") return undefined;
  return origin === "edited" ? "was edited by hand since k3s-lb wrote it" : "is there already, and not from k3s-lb";
}

function originBySum(was: string, sum: string | undefined): "made" | "edited" | "foreign" {
  if (sum === undefined) return "foreign";
  return checksumOf(fromRaw(was)) === sum ? "made" : "edited";
}
