import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadFleetFile } from "../../src/io/fleet-file.ts";
import { refusal, SOUND } from "../support/fleet-file.ts";
import { tempDir } from "../support/temp-dir.ts";

describe("loadFleetFile", () => {
  it.each([
    ["a text that is not UTF-8", Uint8Array.of(0x61, 0xff), " not UTF-8 text; expected a fleet file in YAML"],
    [
      "a file of many megabytes",
      Buffer.alloc(5_000_000, "#"),
      " larger than 4 MiB; no fleet needs that. Is it the right file?",
    ],
    ["lists nested beyond reason", "[".repeat(100_000), "1:1: nested too deeply to be read"],
  ])("refuses %s", async (_what, bytes, expected) => {
    expect(await refusal(bytes)).toBe(expected);
  });

  it("refuses aliases that multiply one another, at once", async () => {
    const levels = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(10)}]`);
    expect(await refusal(`a0: &a0 [x]\n${levels.join("\n")}\n`)).toBe(
      "1:1: more than 50000 uses of anchors; expected a file that is not multiplied by its own aliases",
    );
  });

  it("refuses a directory in the place of the file", async () => {
    const cwd = await tempDir();
    await mkdir(join(cwd, "k3s-lb.yaml"));
    await expect(loadFleetFile({ cwd, env: {} })).rejects.toThrow(
      "k3s-lb.yaml: this is a directory; expected a fleet file",
    );
  });

  it.skipIf(process.getuid?.() === 0)("refuses a file that this user may not read", async () => {
    const cwd = await tempDir();
    const path = join(cwd, "k3s-lb.yaml");
    await writeFile(path, SOUND);
    await chmod(path, 0);
    await expect(loadFleetFile({ cwd, env: {} })).rejects.toThrow("k3s-lb.yaml: this user may not read it");
  });

  it.each([
    ["stats: hunter2"],
    ["stats: { password: [hunter2] }"],
    ["stats: { password: { env: hunter2 hunter2 } }"],
    ["stats: { password: { file: hunter2, command: hunter2 } }"],
    ["stats: { password: { command: [] , x: hunter2 } }"],
    ["stats: { password: { hunter2: 1 } }"],
    ["stats: { pasword: hunter2 }"],
    ['stats: { password: "hunter2'],
    ["stats: { password: hunter2: hunter2 }"],
    ["stats:\n  password: hunter2\n  password: hunter2"],
  ])("never repeats what may be a password: %j", async (text) => {
    expect(await refusal(`${SOUND}${text}\n`)).not.toContain("hunter2");
  });
});
