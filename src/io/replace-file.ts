import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Who a file is to belong to and who may open it. Units: `mode` holds the permission bits alone. */
export type FileOwner = { readonly mode: number; readonly uid: number; readonly gid: number };

/**
 * Puts a whole file in place at once, so that whoever reads it sees the old one or the new one, also after a crash.
 * Shape: mode and owner of the one in whose place it comes are kept; without one the mode is 0644 less the umask.
 * Errors: those of the disk; what is there stays then, and nothing is left beside it.
 */
export async function replaceFile(path: string, bytes: Uint8Array, owner: FileOwner | undefined): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}`);
  try {
    // Closed to others until it has its owner: it may hold what the old one kept from them.
    const file = await open(draft, "wx", owner === undefined ? 0o644 : 0o600);
    try {
      await file.writeFile(bytes);
      if (owner !== undefined) {
        const { uid, gid } = await file.stat();
        if (uid !== owner.uid || gid !== owner.gid) await file.chown(owner.uid, owner.gid);
        await file.chmod(owner.mode);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
