import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { UserError } from "../domain/user-error.ts";
import { hasBlock, placeBlock } from "../generate/block.ts";
import { withoutMarker } from "../generate/file-marker.ts";
import { readPresentFile } from "../io/present-file.ts";
import { digestOfRaw, rawOf } from "../io/raw-text.ts";
import { wantsColour } from "../output/colour.ts";
import { formatFileDiff } from "../output/file-diff.ts";
import type { MadeFile } from "./generate-make.ts";
import { print, type Shell } from "./shell.ts";

/**
 * Shows what would change in a file, or for several files in a folder.
 * Shape: resolves to the exit code as diff has it, 0 where nothing differs and 1 where something does.
 * Errors: a UserError where the old file is not there or cannot be read.
 */
export async function showDiff(
  shell: Shell,
  files: readonly MadeFile[],
  { old, color }: { readonly old: string; readonly color: boolean },
): Promise<number> {
  const isTerminal = shell.stdout.isTTY === true;
  const look = { colour: wantsColour(shell.env, isTerminal, !color), isTerminal };
  const diffs: string[] = [];
  for (const { file, name, text } of await readOld(shell, files, old)) {
    const newText = text !== undefined && old !== "-" ? asWritten(text, file) : file.text;
    diffs.push(formatFileDiff({ oldName: name, newName: `generate/${file.path}`, oldText: text, newText }, look));
  }
  const all = diffs.join("");
  if (all === "") return 0;
  await print(shell, all);
  return 1;
}

type OldFile = { readonly file: MadeFile; readonly name: string; readonly text: string | undefined };

async function readOld(shell: Shell, files: readonly MadeFile[], old: string): Promise<readonly OldFile[]> {
  const path = resolve(shell.cwd, old);
  const isFolder =
    old !== "-" &&
    (await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    ));
  if (isFolder) {
    return Promise.all(
      files.map(async (file) => ({
        file,
        name: join(old, file.path),
        text: comparable(await textAt(join(path, file.path))),
      })),
    );
  }
  const [file] = files;
  if (file === undefined || files.length > 1) {
    const problem = `--diff: "${old}" should be a folder, as there are ${files.length} files to compare`;
    throw new UserError(problem, "Name the folder that -O wrote them into.");
  }
  if (old === "-") return [{ file, name: "stdin", text: comparable(await readAll(shell.stdin)) }];
  const text = comparable(await textAt(path));
  if (text === undefined) throw new UserError(`--diff: there is no file ${old}`);
  return [{ file, name: old, text }];
}

/** A file that has a block is compared with what --write would make of it, any other with the generated one. */
function asWritten(text: string, { target, comment, text: made }: MadeFile): string {
  if (comment === undefined || !hasBlock(text, target)) return made;
  const placed = placeBlock(text, { target, comment, text: made }, { digest: digestOfText, overwrite: true });
  if (placed.ok) return placed.text;
  throw new UserError(`--diff: ${placed.problem}`);
}

const digestOfText = (text: string): string => digestOfRaw(rawOf(text));

async function textAt(path: string): Promise<string | undefined> {
  const { bytes } = await readPresentFile(path);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString("utf8");
}

/** Without the line by which -O knows its files again: it is not what was generated. */
function comparable(text: string | undefined): string | undefined {
  return text === undefined ? undefined : withoutMarker(text);
}
