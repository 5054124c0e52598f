import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { decodeLine } from "../../src/domain/ledger-lines.ts";
import { untilEnd } from "../support/program.ts";

const writer = fileURLToPath(new URL("../support/ledger-writer.ts", import.meta.url));
const canMount = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

if (!canMount) process.stderr.write("SKIPPED: a ledger on a full disk (needs root and unshare --mount)\n");

/** In a mount namespace of its own: a disk of 64 KiB, a writer that fills it, then what stands there, then room again. */
const script = `
set -e
mount -t tmpfs -o size=64k tmpfs /mnt
head -c 20000 /dev/zero > /mnt/ballast
"$0" "$1" /mnt/ledger.jsonl full 1000000
echo ---
cat /mnt/ledger.jsonl
echo ---
rm /mnt/ballast
"$0" "$1" /mnt/ledger.jsonl later 1
echo ---
tail -n 1 /mnt/ledger.jsonl
ls /mnt`;

it.skipIf(!canMount)("is refused on a full disk, keeps its lines whole, and goes on once there is room", async () => {
  const { code, stdout } = await untilEnd(
    spawn("unshare", ["--mount", "sh", "-c", script, process.execPath, writer], {
      stdio: ["ignore", "pipe", "inherit"],
    }),
  );
  expect(code).toBe(0);
  const [full = "", text = "", , after = ""] = stdout.split("---\n");
  expect(full).toBe("ready\nUserError: the ledger /mnt/ledger.jsonl cannot be written: the disk is full\n");
  const lines = text.split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.map((line) => decodeLine(line).kind)).toEqual(lines.map(() => "entry"));
  const [last = "", ...files] = after.trimEnd().split("\n");
  expect(decodeLine(last)).toMatchObject({ entry: { id: "later" } });
  expect(files).toEqual(["ledger.jsonl"]);
});
