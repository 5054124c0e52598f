import { readdir, realpath } from "node:fs/promises";
import { basename, extname, isAbsolute, join } from "node:path";
import { cleanText } from "../domain/text.ts";

/** A fleet file that stands beside others. `name` is what it is called there: "de1" for `clusters/de1.yaml`. */
export type ClusterFile = { readonly name: string; readonly path: string };

const FOLDER = "clusters";
const ENDINGS: ReadonlySet<string> = new Set([".yaml", ".yml"]);
/** What a shell takes as it stands, also where a completion puts it, and `:cluster` as one word. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u;

/** The folders whose fleet files are known by their names: the user's, then the machine's. */
export function clusterFolders(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const home = env["HOME"];
  const xdg = env["XDG_CONFIG_HOME"] || (home ? join(home, ".config") : undefined);
  return [...(xdg !== undefined && isAbsolute(xdg) ? [join(xdg, "k3s-lb", FOLDER)] : []), join("/etc/k3s-lb", FOLDER)];
}

/**
 * The clusters that are known by name, in the order of their names; the user's go before the machine's of the same name.
 * Shape: `name` can be typed and drawn as it is; files of other names are passed over. `path` is where a link leads, as
 * what a fleet file names is beside the file itself. No folder is no cluster; a link that leads nowhere is still one, so
 * that whoever asks for it is told.
 */
export async function clusterFiles(env: Readonly<Record<string, string | undefined>>): Promise<readonly ClusterFile[]> {
  const found = new Map<string, ClusterFile>();
  for (const folder of clusterFolders(env)) {
    const names = await readdir(folder).catch(() => []);
    for (const file of names.sort()) {
      const ending = extname(file);
      const name = basename(file, ending);
      if (!ENDINGS.has(ending) || !NAME.test(name) || cleanText(name) !== name || found.has(name)) continue;
      const path = join(folder, file);
      found.set(name, { name, path: await realpath(path).catch(() => path) });
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
