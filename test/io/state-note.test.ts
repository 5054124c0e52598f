import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStateNote, readStateNote } from "../../src/io/state-note.ts";
import { tempDir } from "../support/temp-dir.ts";

type Content = Readonly<Record<string, unknown>>;
const merge = (content: unknown, change: Content): Content => ({ ...(content as Content), ...change });
const newPath = async () => join(await tempDir(), "k3s-lb", "top.json");

describe("a state note", () => {
  it("is there the next time, for this user alone, with nothing left beside it", async () => {
    const path = await newPath();
    const note = openStateNote(path, merge);
    note.keep({ a: 1 });
    note.keep({ a: 2, b: 1 });
    expect(await note.end()).toBeUndefined();
    expect(readStateNote(path)).toEqual({ a: 2, b: 1 });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, ".."))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(path, ".."))).toEqual(["top.json"]);
  });

  it("is not made where nothing was kept", async () => {
    const path = await newPath();
    expect(await openStateNote(path, merge).end()).toBeUndefined();
    expect(await readdir(join(path, "..", ".."))).toEqual([]);
  });

  it("writes by itself a moment after the last change", async () => {
    const path = await newPath();
    openStateNote(path, merge).keep({ a: 1 });
    await expect.poll(() => readStateNote(path), { timeout: 5_000 }).toEqual({ a: 1 });
  });

  it("holds what each of several at once has changed", async () => {
    const path = await newPath();
    const keys = Array.from({ length: 20 }, (_, n) => `key${n}`);
    const notes = keys.map((key) => {
      const note = openStateNote(path, merge);
      note.keep({ [key]: true });
      return note;
    });
    expect(await Promise.all(notes.map((note) => note.end()))).toEqual(keys.map(() => undefined));
    expect(readStateNote(path)).toEqual(Object.fromEntries(keys.map((key) => [key, true])));
  });

  it.each(["", "{", "\u0000\u0001", '{"a":1'])("is begun anew where the file holds %j", async (text) => {
    const path = join(await tempDir(), "top.json");
    await writeFile(path, text);
    expect(readStateNote(path)).toBeUndefined();
    const note = openStateNote(path, merge);
    note.keep({ b: 2 });
    expect([await note.end(), readStateNote(path)]).toEqual([undefined, { b: 2 }]);
  });

  it("stays behind the link by which somebody keeps it elsewhere", async () => {
    const folder = await tempDir();
    await writeFile(join(folder, "real.json"), '{"a":1}');
    await symlink("real.json", join(folder, "top.json"));
    const note = openStateNote(join(folder, "top.json"), merge);
    note.keep({ b: 2 });
    await note.end();
    expect(JSON.parse(await readFile(join(folder, "real.json"), "utf8"))).toEqual({ a: 1, b: 2 });
  });

  it("waits for no pipe and reads no flood", async () => {
    const folder = await tempDir();
    spawnSync("mkfifo", [join(folder, "pipe")]);
    await writeFile(join(folder, "flood"), `"${"x".repeat(300_000)}"`);
    expect(["pipe", "flood", "none", "."].map((name) => readStateNote(join(folder, name)))).toEqual([
      ...[undefined, undefined, undefined, undefined],
    ]);
  });

  it("says what keeps it from being written, and is written once that is gone", async () => {
    const folder = await tempDir();
    const path = join(folder, "k3s-lb", "top.json");
    await writeFile(join(folder, "k3s-lb"), "no folder");
    const note = openStateNote(path, merge);
    note.keep({ a: 1 });
    expect(await note.end()).toBe("a part of the path is no folder");
    spawnSync("rm", [join(folder, "k3s-lb")]);
    expect(await note.end()).toBeUndefined();
    expect(readStateNote(path)).toEqual({ a: 1 });
  });

  it("destroys nothing in whose place it cannot come", async () => {
    const folder = await tempDir();
    await mkdir(join(folder, "top.json"));
    const note = openStateNote(join(folder, "top.json"), merge);
    note.keep({ a: 1 });
    expect(await note.end()).toBe(`${join(folder, "top.json")} is no plain file`);
    expect(await readdir(folder)).toEqual(["top.json"]);
  });
});

const hasMounts = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
if (!hasMounts)
  process.stderr.write("SKIPPED: a state note on a full and on a read-only disk (needs root and unshare --mount)\n");

it.skipIf(!hasMounts)("is as it was on a full disk and on a read-only one", () => {
  const writer = new URL("../support/note-writer.ts", import.meta.url).pathname;
  const script = `
mount -t tmpfs -o size=8k tmpfs /mnt
echo '{"a":1}' > /mnt/top.json
head -c 20000 /dev/zero > /mnt/ballast 2>/dev/null
"$0" "$1" /mnt/top.json
cat /mnt/top.json
rm /mnt/ballast
mount -o remount,ro /mnt
"$0" "$1" /mnt/top.json
cat /mnt/top.json
ls -A /mnt`;
  const { stdout } = spawnSync("unshare", ["--mount", "sh", "-c", script, process.execPath, writer], {
    encoding: "utf8",
  });
  expect(stdout.split("\n")).toEqual([
    "the disk is full",
    '{"a":1}',
    "the file system is read-only",
    '{"a":1}',
    "top.json",
    "",
  ]);
});
