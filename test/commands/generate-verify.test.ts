import { watch } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { FLEET_FILE, type GenerateHome, generateHome } from "../support/generate-home.ts";
import { skipsWithout } from "../support/real-program.ts";
import { tempDir } from "../support/temp-dir.ts";

/** A home where a program of this name, first in PATH, does this. */
async function withFake(name: string, script: string): Promise<GenerateHome> {
  const bin = await tempDir();
  await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return generateHome(FLEET_FILE, { PATH: `${bin}:${process.env["PATH"]}` });
}

describe.skipIf(skipsWithout("the result of generate is not checked by real programs", "haproxy", "openssl"))(
  "generate, checked by the real haproxy",
  () => {
    it.each([
      [[]],
      [["--sections"]],
      [["--node", "node01", "--haproxy-version", "2.4"]],
      [["--check", "200", "--check-ca", "/etc/no/ca.pem", "--check-cert", "/etc/no/client.pem"]],
      [["--check", "migrate", "--admin", "group"]],
      [["--admin", "from:10.8.0.1,fd00::/8", "--without", "metrics-password,state-file,node-name"]],
    ])("gives what it accepts for %j, whatever this machine has of the nodes' names and files", async (flags) => {
      const { run } = await generateHome();
      const { code, stdout, stderr } = await run("haproxy", ...flags);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("master-1:6443");
    });

    it("gives what it accepts with hashes, and with TLS on the stats listener", async () => {
      const { run } = await generateHome(FLEET_FILE.replace("stats: {", "stats: { tls: {},"), { K3S_LB_PASSWORD: "x" });
      expect(await run("haproxy", "--secrets", "hash")).toMatchObject({ code: 0, stderr: "" });
    });

    it("lets an older one check the part that it knows, and says so", async () => {
      const { run } = await generateHome();
      const { code, stderr } = await run("haproxy", "--haproxy-version", "9.9");
      expect(code).toBe(0);
      expect(stderr).toMatch(
        /^$|^k3s-lb: haproxy\.cfg: checked as for HAProxy \S+, which is here; it is written for 9\.9\n$/,
      );
    });

    it("refuses to write a block into a file that has the same sections already", async () => {
      const { run, read, write } = await generateHome();
      const own = (await run("haproxy")).stdout;
      await write("haproxy.cfg", own);
      const { code, stderr } = await run("haproxy", "--write", "haproxy.cfg");
      expect(code).toBe(1);
      expect(stderr).toContain("k3s-lb: haproxy.cfg: refused by haproxy with the block in it, so nothing is written\n");
      expect(stderr).toMatch(/'stats'.* has the same name/);
      expect(await read("haproxy.cfg")).toBe(own);
    });

    it("refuses it as well for a newer HAProxy than the one that is here", async () => {
      const { run, read, write } = await generateHome();
      const own = (await run("haproxy")).stdout;
      await write("haproxy.cfg", own);
      const { code, stderr } = await run("haproxy", "--write", "haproxy.cfg", "--haproxy-version", "9.9");
      expect(code).toBe(1);
      expect(stderr).toMatch(/'stats'.* has the same name/);
      expect(await read("haproxy.cfg")).toBe(own);
    });

    it("writes a block into a file of which this machine cannot tell, and says so", async () => {
      const { run, read, write } = await generateHome();
      const own = "global\n  lua-load /etc/no/such.lua\ndefaults\n  mode tcp\n";
      await write("haproxy.cfg", own);
      const { code, stderr } = await run("haproxy", "--write", "haproxy.cfg");
      expect(code).toBe(0);
      expect(stderr).toContain("not checked as a whole, haproxy here refuses it already as it was: [ALERT]");
      expect((await read("haproxy.cfg")).startsWith(own)).toBe(true);
    });

    it("removes its copy, which nobody else could enter", async () => {
      const { run } = await generateHome();
      const folder = await tempDir();
      vi.stubEnv("TMPDIR", folder);
      onTestFinished(() => void vi.unstubAllEnvs());
      const seen: string[] = [];
      const watcher = watch(folder, (_, name) => seen.push(String(name)));
      expect(await run("haproxy")).toMatchObject({ code: 0, stderr: "" });
      watcher.close();
      expect(await readdir(folder)).toEqual([]);
      expect(seen[0]).toMatch(/^k3s-lb-check-/);
    });
  },
);

describe("generate, refused by a program", () => {
  it("prints nothing, shows its words, and exits 1", async () => {
    const { run } = await withFake(
      "haproxy",
      'case "$1" in -v) echo "HAProxy version 9.9.1";; *) echo "[ALERT] (12) : config : $3:14: no" >&2; exit 1;; esac',
    );
    expect(await run("haproxy")).toEqual({
      code: 1,
      stdout: "",
      stderr: `k3s-lb: haproxy.cfg: refused by haproxy, so nothing is written
  [ALERT] config : haproxy.cfg:14: no
  --no-verify gives it all the same; if it is not your fleet file, please report it.
`,
    });
    expect((await run("haproxy", "--no-verify")).code).toBe(0);
  });

  it("writes nothing either", async () => {
    const { run, folder } = await withFake("nft", 'echo "$3:3: syntax error" >&2; exit 1');
    const args = ["firewall", "--vpn-interface", "wg0"];
    expect(await run(...args, "-O", "out")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("k3s-lb.nft:3: syntax error"),
    });
    expect(await readdir(folder)).toEqual(["k3s-lb.yaml"]);
  });

  it.each([
    [
      "is for root only",
      "nft",
      "echo 'netlink: Error: cache initialization failed: Operation not permitted' >&2; exit 1",
      "nft checks rules for root only",
    ],
    ["dies", "nft", "kill -9 $$", "nft was ended by SIGKILL"],
  ])("says that nothing was checked where the program %s, and gives the result", async (_, name, script, words) => {
    const { run } = await withFake(name, script);
    const { code, stdout, stderr } = await run("firewall", "--vpn-interface", "wg0");
    expect({ code, stderr }).toEqual({ code: 0, stderr: `k3s-lb: k3s-lb.nft: not checked, ${words}\n` });
    expect(stdout).toContain("wg0");
  });
});
