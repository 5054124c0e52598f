import { mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/domain/user-error.ts";
import { placeFile } from "../../src/io/place-file.ts";
import { tempDir } from "../support/temp-dir.ts";

function refusal(path: string, replace = false): string {
  try {
    placeFile(path, "new", { name: "k3s-lb.yaml", replace });
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return "written";
}

describe("placeFile", () => {
  it("writes the whole text with mode 0644 and leaves no draft", async () => {
    const folder = await tempDir();
    placeFile(join(folder, "a"), "text", { name: "a", replace: false });
    expect(await readFile(join(folder, "a"), "utf8")).toBe("text");
    expect((await stat(join(folder, "a"))).mode & 0o777).toBe(0o644 & ~process.umask());
    expect(await readdir(folder)).toEqual(["a"]);
  });

  it("never touches what stands there, a dangling link neither", async () => {
    const folder = await tempDir();
    await writeFile(join(folder, "a"), "old");
    await symlink("nowhere", join(folder, "b"));
    expect(refusal(join(folder, "a"))).toBe("k3s-lb.yaml is there already, nothing was written");
    expect(refusal(join(folder, "b"))).toBe("k3s-lb.yaml is there already, nothing was written");
    expect(await readFile(join(folder, "a"), "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["a", "b"]);
  });

  it("replaces a file, and the file behind a link", async () => {
    const folder = await tempDir();
    await writeFile(join(folder, "a"), "old");
    await symlink("a", join(folder, "b"));
    expect(refusal(join(folder, "b"), true)).toBe("written");
    expect([await readFile(join(folder, "a"), "utf8"), await readlink(join(folder, "b"))]).toEqual(["new", "a"]);
  });

  it("says what stands in the way, and leaves nothing behind", async () => {
    const folder = await tempDir();
    await mkdir(join(folder, "d"));
    expect(refusal(join(folder, "gone", "a"))).toBe("k3s-lb.yaml: its folder is not there, nothing was written");
    expect(refusal(join(folder, "d"), true)).toBe("k3s-lb.yaml: this is a directory, nothing was written");
    expect(await readdir(folder)).toEqual(["d"]);
  });
});
