import { chmod, lstat, mkdir, readdir, readFile, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generateHome } from "../support/generate-home.ts";

const args = (...more: string[]) => ["haproxy", "--no-verify", "--write", "haproxy.cfg", ...more];
const own = "global\n  daemon\n\ndefaults\n  mode tcp\n";
const whole = "written  haproxy.cfg: a new file\n";
const again = "written  haproxy.cfg: the block between its markers\n";

describe("generate --write", () => {
  it("adds the pattern's sections to a file that has its own global, and says so", async () => {
    const { run, read, write } = await generateHome();
    await write("haproxy.cfg", own);
    expect(await run(...args())).toEqual({
      code: 0,
      stdout: "",
      stderr: "written  haproxy.cfg: a new block at the end, as there was none\n",
    });
    const text = await read("haproxy.cfg");
    expect(text.startsWith(`${own}\n# >>> k3s-lb generate haproxy (do not edit: sha256 `)).toBe(true);
    expect(text.match(/^(?:global|defaults|userlist|listen|frontend|backend).*$/gm)).toEqual([
      "global",
      "defaults",
      "userlist k3s-lb",
      "listen stats",
      "frontend kubernetes_master_kube_api",
      "backend k8s-de1-kube-api",
    ]);
    expect(text.endsWith("\n# <<< k3s-lb generate haproxy <<<\n")).toBe(true);
  });

  it("replaces the block alone, and nothing where nothing has changed", async () => {
    const { run, folder, read, write } = await generateHome();
    await write("haproxy.cfg", own);
    await run(...args());
    await write("haproxy.cfg", `${await read("haproxy.cfg")}\nlisten mine\n  bind :1\r\n  mode tcp`);
    const before = await stat(join(folder, "haproxy.cfg"));
    expect(await run(...args())).toMatchObject({ code: 0, stderr: "unchanged  haproxy.cfg\n" });
    expect((await stat(join(folder, "haproxy.cfg"))).ino).toBe(before.ino);
    expect(await run(...args("--check", "200"))).toMatchObject({ code: 0, stderr: again });
    const text = await read("haproxy.cfg");
    expect(text.startsWith(own)).toBe(true);
    expect(text.endsWith("<<<\n\nlisten mine\n  bind :1\r\n  mode tcp")).toBe(true);
    expect(text).toContain("status 200");
  });

  it("writes the whole configuration into a file that is new, and keeps doing so", async () => {
    const { run, read } = await generateHome();
    expect(await run(...args())).toMatchObject({ code: 0, stderr: whole });
    expect(await run(...args("--check", "200"))).toMatchObject({ code: 0, stderr: again });
    const text = await read("haproxy.cfg");
    expect(text.match(/^(?:global|defaults)$/gm)).toEqual(["global", "defaults"]);
    expect(await run(...args("--check", "200", "--sections"))).toMatchObject({ code: 0, stderr: again });
    expect(await read("haproxy.cfg")).not.toMatch(/^global$/m);
  });

  it("keeps bytes that are no text, line ends, mode, owner and the link that leads to the file", async () => {
    const { run, folder, write } = await generateHome();
    const before = Buffer.concat([
      Buffer.from("# "),
      Buffer.from([0xff, 0xfe, 0x00, 0xc3]),
      Buffer.from(`\r\nglobal\r\n`),
    ]);
    await mkdir(join(folder, "real"));
    await write("real/haproxy.cfg", before);
    await chmod(join(folder, "real/haproxy.cfg"), 0o640);
    await symlink("real/haproxy.cfg", join(folder, "haproxy.cfg"));
    const was = await stat(join(folder, "real/haproxy.cfg"));
    expect((await run(...args())).code).toBe(0);
    expect((await lstat(join(folder, "haproxy.cfg"))).isSymbolicLink()).toBe(true);
    const { mode, uid, gid } = await stat(join(folder, "real/haproxy.cfg"));
    expect({ mode, uid, gid }).toEqual({ mode: was.mode, uid: was.uid, gid: was.gid });
    const bytes = await readFile(join(folder, "real/haproxy.cfg"));
    expect(bytes.subarray(0, before.length)).toEqual(before);
    expect(bytes.toString("latin1").replaceAll("\r\n", "")).not.toContain("\n");
    expect(await readdir(join(folder, "real"))).toEqual(["haproxy.cfg"]);
  });

  it("refuses a block that was edited by hand, unless told to overwrite it", async () => {
    const { run, read, write } = await generateHome();
    await write("haproxy.cfg", own);
    await run(...args());
    const edited = (await read("haproxy.cfg")).replace("balance roundrobin", "balance leastconn");
    await write("haproxy.cfg", edited);
    expect(await run(...args())).toEqual({
      code: 2,
      stdout: "",
      stderr: `k3s-lb: haproxy.cfg: the block of haproxy was edited by hand since k3s-lb wrote it
  See it with --diff haproxy.cfg; --overwrite replaces it.
`,
    });
    expect(await read("haproxy.cfg")).toBe(edited);
    const diff = await run("haproxy", "--no-verify", "--diff", "haproxy.cfg");
    expect(diff.code).toBe(1);
    expect(diff.stdout.match(/^[+-] .*$/gm)).toEqual(["-  balance leastconn", "+  balance roundrobin"]);
    expect((await run(...args("--overwrite"))).code).toBe(0);
    expect(await read("haproxy.cfg")).toContain("balance roundrobin");
  });

  it.each([
    [
      "two blocks",
      (text: string) => text + text.slice(text.indexOf("# >>>")),
      "there is more than one block of haproxy",
    ],
    ["a block without an end", (text: string) => text.slice(0, text.indexOf("# <<<")), "has no end"],
  ])("refuses %s, even to overwrite", async (_, spoil, words) => {
    const { run, read, write } = await generateHome();
    await write("haproxy.cfg", own);
    await run(...args());
    const spoilt = spoil(await read("haproxy.cfg"));
    await write("haproxy.cfg", spoilt);
    const { code, stderr } = await run(...args("--overwrite"));
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(await read("haproxy.cfg")).toBe(spoilt);
  });

  it.each([
    [["firewall", "--vpn-interface", "wg0", "--write", "x"], "--write puts one file into another, and these are 2"],
    [["change-over", "--write", "x"], "the format of change-over.txt has no comments"],
    [["rbac", "--write", "."], "is no plain file"],
    [["rbac", "--write", "dangling"], "is a symbolic link to a file that is not there"],
  ])("%j is refused", async (words, said) => {
    const { run, folder } = await generateHome();
    await symlink("nowhere", join(folder, "dangling"));
    const { code, stderr } = await run(...words, "--no-verify");
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });

  it("says that the folder is not there", async () => {
    const { run } = await generateHome();
    expect(await run("rbac", "--write", "no/such/file")).toMatchObject({
      code: 1,
      stderr: "k3s-lb: cannot write no/such/file: there is no such folder\n",
    });
  });
});
