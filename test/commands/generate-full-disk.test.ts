import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { generateHome } from "../support/generate-home.ts";
import { programPath, untilEnd } from "../support/program.ts";

const canMount = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

if (!canMount) process.stderr.write("SKIPPED: generate on a full disk (needs root and unshare --mount)\n");

/** In a mount namespace of its own: a disk that is full, and then one that may not be written. */
const script = `
mount -t tmpfs -o size=16k tmpfs /mnt
printf 'global\\n' > /mnt/haproxy.cfg
head -c 12288 /dev/zero > /mnt/ballast
run() { "$0" "$1" generate haproxy --config "$2" --no-verify "$3" "$4" 2>&1; echo "code $?"; }
run "$1" "$2" --write /mnt/haproxy.cfg
run "$1" "$2" -O /mnt/out
mount -o remount,ro /mnt
run "$1" "$2" --write /mnt/haproxy.cfg
run "$1" "$2" -O /mnt/out
run "$1" "$2" -O /mnt/new/out
cat /mnt/haproxy.cfg
find /mnt -type f | sort`;

it.skipIf(!canMount)("says that the disk is full or read-only, and leaves the file as it was, and alone", async () => {
  const { folder } = await generateHome();
  const words = ["--mount", "sh", "-c", script, process.execPath, programPath, join(folder, "k3s-lb.yaml")];
  const child = spawn("unshare", words, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env["PATH"] ?? "" },
  });
  expect((await untilEnd(child)).stdout).toBe(`k3s-lb: cannot write /mnt/haproxy.cfg: the disk is full
code 1
k3s-lb: cannot write /mnt/out/haproxy.cfg: the disk is full
code 1
k3s-lb: cannot write /mnt/haproxy.cfg: the file system is read-only
code 1
k3s-lb: cannot write /mnt/out/haproxy.cfg: the file system is read-only
code 1
k3s-lb: cannot write /mnt/new/out/haproxy.cfg: the file system is read-only
code 1
global
/mnt/ballast
/mnt/haproxy.cfg
`);
});
