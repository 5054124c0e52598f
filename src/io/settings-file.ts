import { readFileSync, type Stats, statSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import type { FilePath, Mistake } from "../domain/mistake.ts";
import { UserError } from "../domain/user-error.ts";

/** A person's settings of top as they stand in the file. `path` is for messages. */
export type SettingsText = { readonly path: string; readonly text: string };

/** Where YAML stands, and what is wrong with it; `yaml-source.ts` fits it. */
type Located = {
  readonly mistakes: readonly { readonly position: Position; readonly text: string }[];
  locate(path: FilePath, at: "key" | "value"): Position;
};
type Position = { readonly line: number; readonly column: number };

const maxBytes = 256 * 1024;
const hint = 'README, "Settings of top", shows every key; k3s-lb schema top prints the schema for editors.';

/**
 * Reads the file if there is one; where there is none this costs one stat.
 * Errors: a UserError for a file that is named by K3S_LB_TOP_CONFIG and not there, and for one that cannot be read.
 */
export function readSettingsText(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): SettingsText | undefined {
  const named = env["K3S_LB_TOP_CONFIG"];
  const path = named ? resolve(cwd, named) : defaultPath(env);
  if (path === undefined) return undefined;
  const shown = named ? `${named} (K3S_LB_TOP_CONFIG)` : path;
  const stat = statOf(path);
  if (stat === undefined && !named) return undefined;
  if (stat === undefined) throw new UserError(`${shown}: there is no such file`);
  if (stat.isDirectory()) throw new UserError(`${shown}: this is a directory; expected a file with settings of top`);
  if (stat.size > maxBytes) throw new UserError(`${shown}: larger than ${maxBytes / 1024} KiB; is it the right file?`);
  try {
    return { path: named || path, text: readFileSync(path, "utf8") };
  } catch (error) {
    throw new UserError(`${shown}: cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"})`);
  }
}

/** A folder that is a file, or that nobody may look into, has no settings in it. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function defaultPath(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const home = env["HOME"];
  const xdg = env["XDG_CONFIG_HOME"] || (home ? join(home, ".config") : undefined);
  return xdg !== undefined && isAbsolute(xdg) ? join(xdg, "k3s-lb", "top.yaml") : undefined;
}

/** Every mistake of the file, one a line as `file:line:column: …`, in the order of the file. */
export function settingsError(path: string, source: Located, mistakes: readonly Mistake[]): UserError {
  const own = mistakes.map(({ path: place, at, text }) => ({ position: source.locate(place, at), text }));
  const lines = [...source.mistakes, ...own]
    .toSorted((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
    .map(({ position, text }) => `${path}:${position.line}:${position.column}: ${text}`);
  const [only = ""] = lines;
  return new UserError(lines.length === 1 ? only : `${path} has ${lines.length} mistakes:\n${lines.join("\n")}`, hint);
}
