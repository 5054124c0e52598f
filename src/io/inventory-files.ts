import { readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { UserError } from "../domain/user-error.ts";
import { readSourceText } from "./source-text.ts";

/** A file with its text; `file` is its name as the operator would write it. */
export type SourceText = { readonly file: string; readonly text: string };

/** A file of group_vars or host_vars, and whose variables it holds. */
export type VarsText = SourceText & { readonly kind: "group" | "host"; readonly name: string };

/** What Ansible passes over in a folder of inventories. Source: Ansible 2.14, INVENTORY_IGNORE_EXTS. */
const IGNORED = new Set([".pyc", ".pyo", ".swp", ".bak", ".rpm", ".md", ".txt", ".rst", ".orig", ".cfg", ".retry"]);
const VARS_ENDINGS = ["", ".yml", ".yaml", ".json"];
const MOST_FILES = 10_000;

/**
 * Reads an inventory: one file, or the files of a folder in the order of their names, and the group_vars and host_vars
 * beside it.
 * Shape: as Ansible reads them, but for `.ini` in a folder, which Ansible passes over and operators mean. Variables come
 * in the order in which the later win.
 * Errors: a `UserError` for what cannot be read.
 */
export async function readInventoryFiles(
  path: string,
  cwd: string,
): Promise<{ readonly inventories: readonly SourceText[]; readonly vars: readonly VarsText[] }> {
  const isFolder = await isDirectory(resolve(cwd, path));
  const folder = isFolder ? path : dirname(path);
  const files = isFolder ? (await list(path, cwd)).filter(isInventory).map((name) => join(path, name)) : [path];
  if (files.length === 0)
    throw new UserError(`${path}: this folder has no inventory; expected hosts.ini, hosts.yml or such`);
  const inventories: SourceText[] = [];
  for (const file of files) {
    if (isFolder && (await isDirectory(resolve(cwd, file)))) continue;
    inventories.push({ file, text: await readSourceText(file, cwd) });
  }
  const vars = [...(await readVars(folder, "group", cwd)), ...(await readVars(folder, "host", cwd))];
  return { inventories, vars };
}

function isInventory(name: string): boolean {
  return (
    !name.startsWith(".") && !name.endsWith("~") && !IGNORED.has(extname(name)) && !/^(group|host)_vars$/.test(name)
  );
}

/** `group_vars/name`, `group_vars/name.yml`, or any number of files in a folder `group_vars/name/`. */
async function readVars(folder: string, kind: "group" | "host", cwd: string): Promise<readonly VarsText[]> {
  const place = join(folder, `${kind}_vars`);
  if (!(await isDirectory(resolve(cwd, place)))) return [];
  const texts: VarsText[] = [];
  for (const entry of await list(place, cwd)) {
    if (entry.startsWith(".") || entry.endsWith("~")) continue;
    const ending = VARS_ENDINGS.includes(extname(entry)) ? extname(entry) : "";
    for (const file of await filesBelow(join(place, entry), cwd)) {
      if (texts.length >= MOST_FILES)
        throw new UserError(`${place}: more than ${MOST_FILES} files; is it the right folder?`);
      texts.push({ kind, name: basename(entry, ending), file, text: await readSourceText(file, cwd) });
    }
  }
  return texts;
}

async function filesBelow(path: string, cwd: string, depth = 0): Promise<readonly string[]> {
  if (!(await isDirectory(resolve(cwd, path)))) return [path];
  if (depth > 10) return [];
  const files: string[] = [];
  for (const name of await list(path, cwd)) {
    if (name.startsWith(".") || name.endsWith("~")) continue;
    const inner = join(path, name);
    const isFile = !(await isDirectory(resolve(cwd, inner)));
    if (isFile && VARS_ENDINGS.includes(extname(name))) files.push(inner);
    else if (!isFile) files.push(...(await filesBelow(inner, cwd, depth + 1)));
  }
  return files;
}

async function list(path: string, cwd: string): Promise<readonly string[]> {
  const names = await readdir(resolve(cwd, path)).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${path}: cannot be read (${error.code ?? "unknown error"})`);
  });
  return names.sort();
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
