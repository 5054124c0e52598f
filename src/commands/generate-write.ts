import { resolve } from "node:path";
import type { HaproxyVersion } from "../domain/haproxy-version.ts";
import { UserError } from "../domain/user-error.ts";
import { hasBlock, isOnlyBlock, placeBlock } from "../generate/block.ts";
import { readPresentFile } from "../io/present-file.ts";
import { digestOfRaw, fromRaw, rawOf, toRaw } from "../io/raw-text.ts";
import { replaceFile } from "../io/replace-file.ts";
import { explainWriteError } from "../io/write-failure.ts";
import { type Checking, interruptedCode, whileChecking } from "./generate-checking.ts";
import type { MadeFile } from "./generate-make.ts";
import type { Delivery } from "./generate-options.ts";
import type { Target } from "./generate-targets.ts";
import type { Shell } from "./shell.ts";

/**
 * Whether only the pattern's sections are to be made: when asked for, and when they go into a file (or are compared with
 * a block in one) that has a `global` and `defaults` of its own. A file that is new, or holds nothing but the block, gets
 * the whole.
 */
export async function chooseSections(
  shell: Shell,
  targets: readonly Target[],
  { sections, delivery }: { readonly sections: boolean; readonly delivery: Delivery },
): Promise<boolean> {
  const [target] = targets;
  if (sections || target === undefined) return sections;
  if (delivery.kind === "write") {
    const { bytes } = await readPresentFile(resolve(shell.cwd, delivery.file));
    return bytes !== undefined && !isOnlyBlock(toRaw(bytes), target.name);
  }
  if (delivery.kind !== "diff" || delivery.old === "-") return false;
  const { bytes } = await readPresentFile(resolve(shell.cwd, delivery.old)).catch(() => ({ bytes: undefined }));
  const old = bytes === undefined ? "" : toRaw(bytes);
  return hasBlock(old, target.name) && !isOnlyBlock(old, target.name);
}

/** `checking` is there where the whole file is to be checked too. */
export type WriteOptions = {
  readonly file: string;
  readonly overwrite: boolean;
  readonly checking: Checking | undefined;
};

/**
 * Puts what was made between its markers in a file (--write) and leaves the rest of it as it is.
 * Shape: resolves to the exit code; what became of it is said on stderr.
 * Errors: a UserError where there is more than one file, no comments for markers, or a block that must not be replaced.
 */
export async function writeBlock(
  shell: Shell,
  files: readonly MadeFile[],
  { file: path, overwrite, checking }: WriteOptions,
): Promise<number> {
  const made = onlyFile(files);
  const present = await readPresentFile(resolve(shell.cwd, path));
  const old = present.bytes === undefined ? "" : toRaw(present.bytes);
  const place = ({ text }: MadeFile) => {
    const block = { target: made.target, comment: rawOf(made.comment), text: rawOf(text) };
    return placeBlock(old, block, { digest: digestOfRaw, overwrite });
  };
  const placed = place(made);
  if (!placed.ok) {
    const hint = placed.canOverwrite ? `See it with --diff ${path}; --overwrite replaces it.` : undefined;
    throw new UserError(`${path}: ${placed.problem}`, hint);
  }
  if (present.bytes !== undefined && placed.text === old) {
    shell.stderr.write(`unchanged  ${path}\n`);
    return 0;
  }
  if (checking !== undefined && made.check === "haproxy" && old !== "") {
    const { verifyPlaced } = await import("./generate-verify-placed.ts");
    const { version } = checking;
    const textFor = async (older: HaproxyVersion) => {
      const remade = (await checking.remake(older)).find((file) => file.path === made.path);
      const again = remade === undefined ? undefined : place(remade);
      return again?.ok === true ? again.text : undefined;
    };
    const isSound = await whileChecking(shell, (signal) =>
      verifyPlaced(shell, { path, old, text: placed.text, version, textFor, signal }),
    );
    if (isSound !== true) return isSound === undefined ? interruptedCode : 1;
  }
  try {
    await replaceFile(present.path, fromRaw(placed.text), present.owner);
  } catch (error) {
    shell.stderr.write(`k3s-lb: cannot write ${path}: ${explainWriteError(error)}\n`);
    return 1;
  }
  const how = placed.was === "there" ? "the block between its markers" : "a new block at the end, as there was none";
  shell.stderr.write(`written  ${path}: ${present.bytes === undefined ? "a new file" : how}\n`);
  return 0;
}

function onlyFile(files: readonly MadeFile[]): MadeFile & { readonly comment: string } {
  const [only] = files;
  if (only === undefined || files.length > 1) {
    const paths = files.map(({ path }) => path).join(", ");
    throw new UserError(
      `--write puts one file into another, and these are ${files.length}: ${paths}`,
      "Write them into a folder with -O; for haproxy, --node makes the one of a node.",
    );
  }
  const { comment } = only;
  if (comment !== undefined) return { ...only, comment };
  throw new UserError(
    `--write: the format of ${only.path} has no comments, so a block cannot be marked in it`,
    "Write it into a folder with -O.",
  );
}
