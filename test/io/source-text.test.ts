import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSourceText } from "../../src/io/source-text.ts";
import { tempDir } from "../support/temp-dir.ts";

describe("readSourceText", () => {
  it("reads text, and takes a byte order mark off", async () => {
    const cwd = await tempDir();
    await writeFile(join(cwd, "a"), "\ufeffé\n");
    expect(await readSourceText("a", cwd)).toBe("é\n");
  });

  it("names what it cannot read", async () => {
    const cwd = await tempDir();
    await writeFile(join(cwd, "bytes"), new Uint8Array([0xff, 0xfe]));
    await expect(readSourceText("bytes", cwd)).rejects.toThrow("bytes: not UTF-8 text; is it the right file?");
    await expect(readSourceText("gone", cwd)).rejects.toThrow("gone: there is no such file");
    await expect(readSourceText(".", cwd)).rejects.toThrow(".: this is a directory; expected a file");
    await expect(readSourceText("/dev/zero", cwd)).rejects.toThrow(
      "/dev/zero: larger than 32 MiB; is it the right file?",
    );
  });

  it.skipIf(process.getuid?.() === 0)("says where this user may not read", async () => {
    const cwd = await tempDir();
    await writeFile(join(cwd, "a"), "x");
    await chmod(join(cwd, "a"), 0);
    await expect(readSourceText("a", cwd)).rejects.toThrow("a: this user may not read it");
  });
});
