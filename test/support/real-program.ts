import { accessSync, constants } from "node:fs";
import { join } from "node:path";

/** The path of an installed program; `undefined` where this machine has none. */
export function installed(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/usr/local/sbin"];
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/**
 * Whether tests that need these programs have to be skipped. Says so aloud; with CI=true a missing program is a failure,
 * as nobody would read the skip there.
 */
export function skipsWithout(what: string, ...names: readonly string[]): boolean {
  const missing = names.filter((name) => installed(name) === undefined);
  if (missing.length === 0) return false;
  if (process.env["CI"] === "true")
    throw new Error(`${missing.join(", ")} not installed, and CI must not skip its tests`);
  console.warn(`SKIPPED: ${what} (${missing.join(", ")} not installed)`);
  return true;
}
