import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { isAbsolute, join } from "node:path";

/** Where Debian keeps what only an administrator calls; a user's PATH is without them. */
const ADMIN_FOLDERS: readonly string[] = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** The path of an installed program; `undefined` where this machine has none. */
export async function findProgram(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  // A relative entry would start whatever lies in the folder that the user happens to be in.
  const folders = [...(env["PATH"] ?? "").split(":").filter((folder) => isAbsolute(folder)), ...ADMIN_FOLDERS];
  for (const folder of folders) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
