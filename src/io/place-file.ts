import { randomBytes } from "node:crypto";
import { linkSync, lstatSync, realpathSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { UserError } from "../domain/user-error.ts";

/** Whether something stands at a path, a dangling link too. */
export function isTaken(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/**
 * Puts a text into a file, whole or not at all, with mode 0644.
 * Shape: without `replace` nothing that stands there is touched, also where it has come to stand there a moment ago; with
 * it a link stays one and its file is replaced. In one go, so that no signal comes in between and leaves a draft behind.
 * Errors: a `UserError`, with `name` for the file.
 */
export function placeFile(
  path: string,
  text: string,
  { name, replace }: { readonly name: string; readonly replace: boolean },
): void {
  let draft: string | undefined;
  try {
    const target = replace && isTaken(path) ? realpathSync(path) : path;
    draft = `${target}.${randomBytes(6).toString("hex")}.tmp`;
    writeFileSync(draft, text, { mode: 0o644, flag: "wx" });
    if (replace) renameSync(draft, target);
    else placeNew(draft, target);
    draft = undefined;
  } catch (error) {
    throw explain(error, name);
  } finally {
    if (draft !== undefined) discard(draft);
  }
}

/** A link is refused where something stands, which a rename is not. */
function placeNew(draft: string, target: string): void {
  try {
    linkSync(draft, target);
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST" || isTaken(target)) throw Object.assign(new Error(), { code: "EEXIST" });
    // Some file systems have no links; between the look and the rename nobody is likely to come.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP" && code !== "ENOSYS") throw error;
    renameSync(draft, target);
    return;
  }
  discard(draft);
}

function discard(draft: string): void {
  try {
    unlinkSync(draft);
  } catch {
    // It was never made, or somebody has taken it away.
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function explain(error: unknown, name: string): unknown {
  switch (codeOf(error)) {
    case "EEXIST":
      return alreadyThere(name);
    case "ENOENT":
    case "ENOTDIR":
      return new UserError(
        `${name}: its folder is not there, nothing was written`,
        "Make the folder first, or name another file with -O.",
      );
    case "EISDIR":
      return new UserError(`${name}: this is a directory, nothing was written`, "Name a file with -O.");
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new UserError(
        `${name}: this user may not write there, nothing was written`,
        "Name another file with -O, or print it with -O -.",
      );
    case "":
      return error;
    default:
      return new UserError(`${name}: cannot be written (${codeOf(error)})`);
  }
}

/** The refusal to overwrite. */
export function alreadyThere(name: string): UserError {
  return new UserError(
    `${name} is there already, nothing was written`,
    "Replace it with --force, or name another file with -O.",
  );
}
