import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RouteName } from "../domain/outcome.ts";
import { makeFolders } from "./state-folder.ts";

/** Fits `RouteMemory` of `app/admin-route.ts`. `flush` resolves when what was noted is in the file, or cannot be. */
export type RouteMemoryFile = {
  get(node: string): RouteName | undefined;
  set(node: string, route: RouteName): void;
  forget(node: string): void;
  flush(): Promise<void>;
};

const names: readonly string[] = ["http", "ssh", "socket"] satisfies readonly RouteName[];

/**
 * Which route worked last on which node, in `routes.json` of a folder that belongs to one cluster.
 * It is a help and no record: a file that is missing or damaged is an empty one, and one that cannot be written is
 * passed over, as the way would just be found anew; without a folder nothing outlives the run. Written whole and put in place at once, so that two consoles and a
 * crash leave one of the two and never half of it.
 */
export async function openRouteMemory(folder: string | undefined): Promise<RouteMemoryFile> {
  const path = folder === undefined ? undefined : join(folder, "routes.json");
  const routes: Map<string, RouteName> = path === undefined ? new Map() : await read(path);
  let writing: Promise<void> | undefined;
  let isStale = false;

  async function write(): Promise<void> {
    while (isStale && path !== undefined) {
      isStale = false;
      try {
        await makeFolders(dirname(path));
        const draft = `${path}.${randomBytes(6).toString("hex")}`;
        await writeFile(draft, `${JSON.stringify(Object.fromEntries(routes), undefined, 1)}\n`, { mode: 0o600 });
        await rename(draft, path);
      } catch {
        // No folder, no space, not ours: the next run asks the nodes again.
      }
    }
    writing = undefined;
  }

  const change = () => {
    isStale = true;
    writing ??= write();
  };

  return {
    get: (node) => routes.get(node),
    set(node, route) {
      if (routes.get(node) === route) return;
      routes.set(node, route);
      change();
    },
    forget(node) {
      if (routes.delete(node)) change();
    },
    async flush() {
      await writing;
    },
  };
}

async function read(path: string): Promise<Map<string, RouteName>> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return new Map();
    return new Map(Object.entries(value).filter((entry): entry is [string, RouteName] => names.includes(entry[1])));
  } catch {
    return new Map();
  }
}
