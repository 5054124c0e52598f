import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { generateHome } from "../support/generate-home.ts";
import { startProgram, untilEnd } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";

it("generate ends the program that checks when it is interrupted, leaves nothing behind, and exits 130", async () => {
  const { folder } = await generateHome();
  const [bin, temp] = [await tempDir(), await tempDir()];
  const mark = join(bin, "its-process");
  const script = `#!/bin/sh\n[ "$1" = -v ] && exec echo "HAProxy version 9.9.1"\necho $$ > ${mark}\nexec sleep 60\n`;
  await writeFile(join(bin, "haproxy"), script, { mode: 0o755 });
  const env = { PATH: `${bin}:${process.env["PATH"]}`, TMPDIR: temp };
  const child = startProgram(["generate", "haproxy", "-O", "out"], { cwd: folder, env });
  const ended = untilEnd(child);
  await vi.waitFor(() => expect(existsSync(mark)).toBe(true), { timeout: 15_000 });
  child.kill("SIGINT");
  expect(await ended).toEqual({
    code: 130,
    signal: null,
    stdout: "",
    stderr: "k3s-lb: interrupted; nothing is written\n",
  });
  expect(await readdir(temp)).toEqual([]);
  expect(await readdir(folder)).toEqual(["k3s-lb.yaml"]);
});
