import { createHash } from "node:crypto";
import { join } from "node:path";
import { readPresentFile } from "./present-file.ts";
import { replaceFile } from "./replace-file.ts";

/** In the folder of -O: what was written there of formats that have no comments. As `sha256sum -c` reads it. */
const NAME = ".k3s-lb.sha256";

/** The checksums of a folder, by path below it. Lines that are none are passed over. */
export async function readChecksums(folder: string): Promise<ReadonlyMap<string, string>> {
  const { bytes } = await readPresentFile(join(folder, NAME));
  const lines = bytes === undefined ? [] : Buffer.from(bytes).toString("utf8").split("\n");
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, sum, path] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
      return sum === undefined || path === undefined ? [] : [[path, sum]];
    }),
  );
}

/** Keeps the checksums, in the order of their paths. Errors: those of the disk. */
export async function writeChecksums(folder: string, sums: ReadonlyMap<string, string>): Promise<void> {
  const path = join(folder, NAME);
  const { owner } = await readPresentFile(path);
  const lines = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, sum]) => `${sum}  ${file}\n`);
  await replaceFile(path, Buffer.from(lines.join("")), owner);
}

/** The SHA-256 of bytes, in hexadecimal digits. */
export function checksumOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
