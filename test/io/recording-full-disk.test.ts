import { spawn, spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openRecording } from "../../src/io/recording-source.ts";
import { untilEnd } from "../support/program.ts";
import { readBack } from "../support/recording.ts";
import { tempDir } from "../support/temp-dir.ts";

const writer = fileURLToPath(new URL("../support/recording-writer.ts", import.meta.url));
const canMount = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

if (!canMount) process.stderr.write("SKIPPED: a recording on a full disk (needs root and unshare --mount)\n");

/** In a mount namespace of its own: a disk of 128 KiB and a recording that fills it; what stands there is kept. */
const script = `
set -e
mount -t tmpfs -o size=128k tmpfs /mnt
"$0" "$1" /mnt/f.jsonl.gz 20
cat /mnt/f.jsonl.gz > "$2"`;

it.skipIf(!canMount)("ends on a full disk, says so once, and can be replayed up to there", async () => {
  const kept = join(await tempDir(), "f.jsonl.gz");
  await writeFile(kept, "");
  const { code, stdout } = await untilEnd(
    spawn("unshare", ["--mount", "sh", "-c", script, process.execPath, writer, kept], {
      stdio: ["ignore", "pipe", "inherit"],
    }),
  );
  expect([code, stdout]).toEqual([0, "12000 polls, failures: the disk is full\n"]);
  expect((await readFile(kept)).length).toBeGreaterThan(64 * 1024);
  const source = await openRecording(kept);
  const names = source.head.fleet.nodes.map(({ name }) => name);
  const parts = await Promise.all(source.parts.map((_, part) => source.lines(part)));
  await source.close();
  const { lines } = readBack(
    parts
      .flatMap((part) => part.lines)
      .map((line) => `${line}\n`)
      .join(""),
    names,
  );
  expect(parts.map(({ isDamaged }) => isDamaged)).toEqual(parts.map(() => false));
  expect(lines.filter(({ kind }) => kind === "lost")).toEqual([]);
  expect(lines.length).toBeGreaterThan(1_000);
});
