import { createHash } from "node:crypto";
import { chown, mkdir, stat } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { UserError } from "../domain/user-error.ts";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where what is remembered of a cluster stands: `$XDG_STATE_HOME/k3s-lb/<cluster>`, else `~/.local/state/…`.
 * Shape: `undefined` where there is no home either. As the XDG specification asks, a relative path counts as unset.
 */
export function stateFolder(env: Env, cluster: string): string | undefined {
  const state = ownStateFolder(env);
  return state === undefined ? undefined : join(state, fileNameOf(cluster));
}

/** Where what is remembered of no cluster stands: the folder above. */
export function ownStateFolder(env: Env): string | undefined {
  const xdg = env["XDG_STATE_HOME"];
  const home = env["HOME"];
  const state = xdg && isAbsolute(xdg) ? xdg : home && isAbsolute(home) ? join(home, ".local", "state") : undefined;
  return state === undefined ? undefined : join(state, "k3s-lb");
}

/** The same folder, made where it is missing, for this user alone. Errors: a UserError when it cannot be. */
export async function openStateFolder(env: Env, cluster: string): Promise<string> {
  const folder = stateFolder(env, cluster);
  if (folder === undefined) {
    throw new UserError("there is no home directory to keep the ledger in", "Set XDG_STATE_HOME to a folder.");
  }
  try {
    await makeOwnFolders(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    throw new UserError(`the state folder ${folder} cannot be made (${code})`, "Set XDG_STATE_HOME to another folder.");
  }
  return folder;
}

/** Makes a folder that belongs to whoever the one above it belongs to. Errors: those of the file system. */
export async function makeOwnFolders(folder: string): Promise<void> {
  const first = await makeFolders(folder);
  if (first !== undefined) await giveToOwner(first, folder);
}

/**
 * Makes a folder and those above it that are missing, for this user alone. Resolves to the topmost that was made.
 * Not by `recursive`: Node asks for ever, at full speed, where a file system answers ENOENT though the parent is there,
 * as /proc does, and an automounter that knows no such home.
 */
export async function makeFolders(folder: string): Promise<string | undefined> {
  const parent = dirname(folder);
  const above = parent === folder || (await isThere(parent)) ? undefined : await makeFolders(parent);
  try {
    await mkdir(folder, { mode: 0o700 });
    return above ?? folder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !(await stat(folder)).isDirectory()) throw error;
    return above;
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Folders that root made in a user's home (`sudo -E`) must stay that user's, who could not write there otherwise. */
async function giveToOwner(first: string, last: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(dirname(first));
  for (let folder = last; folder.length >= first.length; folder = dirname(folder)) await chown(folder, uid, gid);
}

/** A cluster may be called anything; a file name must not hold a slash, be "..", or be longer than 255 bytes. */
function fileNameOf(cluster: string): string {
  const bytes = Buffer.from(cluster);
  const safe = [...bytes].map((byte, index) => {
    const char = String.fromCharCode(byte);
    const isSafe = /[A-Za-z0-9_-]/.test(char) || (char === "." && index > 0);
    return isSafe ? char : `%${byte.toString(16).padStart(2, "0").toUpperCase()}`;
  });
  const name = safe.join("") || "%";
  if (name.length <= 200) return name;
  return `${name.slice(0, 180)}-${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}`;
}
