import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/domain/user-error.ts";
import { readCfgFiles } from "../../src/io/cfg-files.ts";
import { tempDir } from "../support/temp-dir.ts";

const CFG = "global\n daemon\n";

async function folder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const cwd = await tempDir();
  for (const [name, content] of Object.entries(files)) await writeFile(join(cwd, name), content);
  return cwd;
}

const read = (cwd: string, paths: readonly string[], typed = "") =>
  readCfgFiles(paths, { cwd, stdin: Readable.from([Buffer.from(typed)]) });

async function refusal(content: string | Uint8Array): Promise<string> {
  const error = await read(await folder({ x: content }), ["x"]).catch((reason: unknown) => reason);
  if (!(error instanceof UserError)) throw new Error("it was read");
  return `${error.message} ${error.hint ?? ""}`.trim();
}

describe("readCfgFiles", () => {
  it("reads each file in its turn, and the standard input for a dash", async () => {
    const cwd = await folder({ "b.cfg": "b\n", "a.cfg": "a\n" });
    expect(await read(cwd, ["b.cfg", "-", "a.cfg"], "typed\n")).toEqual([
      { file: "b.cfg", text: "b\n" },
      { file: "stdin", text: "typed\n" },
      { file: "a.cfg", text: "a\n" },
    ]);
  });

  it("reads a directory as HAProxy does: its .cfg files by their bytes, none that is hidden or a directory", async () => {
    const cwd = await tempDir();
    await mkdir(join(cwd, "conf.d", "d.cfg"), { recursive: true });
    for (const name of ["b.cfg", "Z.cfg", "a.cfg", ".h.cfg", "a.cfg~", "ä.cfg"]) {
      await writeFile(join(cwd, "conf.d", name), CFG);
    }
    const files = (await read(cwd, ["conf.d"])).map(({ file }) => file);
    expect(files).toEqual(["conf.d/Z.cfg", "conf.d/a.cfg", "conf.d/b.cfg", "conf.d/ä.cfg"]);
  });

  it("takes bytes that are no UTF-8 for unknown letters, and keeps a byte order mark to be told", async () => {
    const cwd = await folder({
      "a.cfg": Buffer.from("\ufeff# Gr\u00fc\u00dfe\n", "utf8"),
      "b.cfg": Uint8Array.of(0x23, 0xfc, 10),
    });
    expect((await read(cwd, ["a.cfg", "b.cfg"])).map(({ text }) => text)).toEqual(["\ufeff# Grüße\n", "#\ufffd\n"]);
  });

  it("refuses what is no configuration, and says what it is", async () => {
    expect(await refusal(gzipSync(CFG))).toBe(
      "x: compressed (gzip); expected a HAProxy configuration as text Unpack it on the way: zcat x | k3s-lb lint -",
    );
    expect(await refusal(Buffer.alloc(5000))).toBe(
      "x: not a text; expected a HAProxy configuration. Is it the right file?",
    );
    expect(await refusal("x".repeat(4 * 1024 * 1024 + 1))).toBe(
      "x: larger than 4 MiB; expected a HAProxy configuration",
    );
  });

  it("refuses what cannot be read, with the next thing to type", async () => {
    const cwd = await tempDir();
    await mkdir(join(cwd, "empty"));
    await expect(read(cwd, ["none.cfg"])).rejects.toThrow("none.cfg: there is no such file");
    await expect(read(cwd, ["empty"])).rejects.toThrow("empty: a directory without a file *.cfg");
    await expect(read("/", ["dev/zero"])).rejects.toThrow("dev/zero: larger than 4 MiB");
  });

  it("says a file's name without what a terminal would obey", async () => {
    const cwd = await folder({ "a\u001b[31m.cfg": gzipSync(CFG) });
    const error = await read(cwd, ["."]).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringMatching(/^a\[31m\.cfg: compressed/) });
    expect(error).toMatchObject({ hint: "Unpack it on the way: zcat 'a[31m.cfg' | k3s-lb lint -" });
  });

  it.skipIf(process.getuid?.() === 0)("says who may read a file that this user may not", async () => {
    const cwd = await folder({ "a b.cfg": CFG });
    await chmod(join(cwd, "a b.cfg"), 0o000);
    await expect(read(cwd, ["a b.cfg"])).rejects.toMatchObject({ hint: "Try: sudo cat 'a b.cfg' | k3s-lb lint -" });
  });
});
