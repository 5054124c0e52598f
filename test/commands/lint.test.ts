import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { changed, cleanCfg } from "../support/lint.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const SAMPLE = fileURLToPath(new URL("../fixtures/sample-rendered.cfg", import.meta.url));
const FLEET = `cluster: de1
masters: [{ name: "m[1:2]", address: "master-[1:2]:6443" }]
nodes: [{ name: n1 }]
backend: masters
frontend: { name: api }
`;
const NO_FLEET = "k3s-lb: held to no fleet file: LB040 and LB041, server lines and names, were not judged\n";

async function folder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const cwd = await tempDir();
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
  return cwd;
}

/** Without the rule that goes by what this machine has: it may be a node of k3s. */
const lint = (cwd: string, ...args: readonly string[]) => runCli(["lint", ...args, "--ignore", "LB032"], { cwd });

describe("lint", () => {
  it("prints the findings of the sample and exits 1", async () => {
    const cwd = await tempDir();
    await copyFile(SAMPLE, join(cwd, "haproxy.cfg"));
    const { code, stdout, stderr } = await lint(cwd, "haproxy.cfg");
    expect([code, stderr]).toEqual([1, NO_FLEET]);
    expect(stdout.split("\n").slice(0, 3)).toEqual([
      "haproxy.cfg:3 note LB055 no node",
      expect.stringMatching(/^ {4}the stats page/),
      expect.stringMatching(/^ {2}-> node /),
    ]);
    expect(stdout).toMatch(/\n2 errors, 9 warnings, 7 notes\n$/);
    expect(stdout).not.toContain("yoursupersecretpassword");
  });

  it("exits 0 where nothing is as bad as --fail-on says", async () => {
    const cwd = await folder({ "a.cfg": changed("  option contstats\n", "") });
    const code = async (...flags: readonly string[]) => (await lint(cwd, "a.cfg", ...flags)).code;
    expect(await code()).toBe(1);
    expect(await code("--fail-on", "error")).toBe(0);
    expect(await code("--fail-on", "never")).toBe(0);
    expect(await code("--ignore", "LB013")).toBe(0);
    const clean = await folder({ "a.cfg": changed("  option tcplog\n", "") });
    expect((await lint(clean, "a.cfg")).code).toBe(0);
    expect((await lint(clean, "a.cfg", "--fail-on", "note")).code).toBe(1);
  });

  it("holds it to the fleet file where there is one, unless it is told not to", async () => {
    const cwd = await folder({ "a.cfg": changed("m2 master-2:6443", "m9 h:6443"), "k3s-lb.yaml": FLEET });
    const { code, stdout, stderr } = await lint(cwd, "a.cfg");
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toContain("error LB040 no server line for m2");
    expect(await lint(cwd, "a.cfg", "--no-fleet")).toEqual({ code: 0, stdout: "no findings\n", stderr: NO_FLEET });
    const missing = await lint(cwd, "a.cfg", "--config", "none.yaml");
    expect([missing.code, missing.stderr]).toEqual([
      2,
      expect.stringContaining("none.yaml (--config): there is no such file"),
    ]);
  });

  it("takes the version and the authority from the fleet file, and the version from a flag first", async () => {
    const yaml = `${FLEET}haproxy: { version: "3.2" }\ncheck: { expect: 200, ca: /etc/k3s-ca.crt }\n`;
    const cwd = await folder({ "a.cfg": cleanCfg, "k3s-lb.yaml": yaml });
    const ids = async (...flags: readonly string[]) =>
      (await runCli(["lint", "a.cfg", ...flags], { cwd })).stdout.match(/LB\d{3}/g);
    expect(await ids()).toEqual(["LB017", "LB032"]);
    expect(await ids("--haproxy-version", "2.8.3")).toEqual(["LB032"]);
    const { stdout } = await lint(cwd, "a.cfg", "-o", "json");
    expect(JSON.parse(stdout)).toMatchObject({ fleet: "k3s-lb.yaml", haproxyVersion: "3.2", files: ["a.cfg"] });
  });

  it("reads a directory as one configuration", async () => {
    const cwd = await tempDir();
    const cut = cleanCfg.indexOf("listen stats");
    await mkdir(join(cwd, "conf.d"));
    await writeFile(join(cwd, "conf.d", "10-base.cfg"), cleanCfg.slice(0, cut));
    await writeFile(join(cwd, "conf.d", "20-api.cfg"), cleanCfg.slice(cut).replace("  option contstats\n", ""));
    const { stdout } = await lint(cwd, "conf.d");
    expect(stdout).toMatch(/^conf\.d\/20-api\.cfg:11 warning LB013 /);
  });

  it("writes SARIF with addresses below the working directory", async () => {
    const cwd = await folder({ "a b.cfg": changed("  option contstats\n", "") });
    const uri = async (file: string) => {
      const { stdout } = await lint(cwd, file, "-o", "sarif");
      return JSON.parse(stdout).runs[0].results[0].locations[0].physicalLocation.artifactLocation;
    };
    expect(await uri("a b.cfg")).toEqual({ uri: "a%20b.cfg", uriBaseId: "%SRCROOT%" });
    expect(await uri(join(cwd, "a b.cfg"))).toEqual({ uri: "a%20b.cfg", uriBaseId: "%SRCROOT%" });
    expect(await uri(SAMPLE)).toEqual({ uri: expect.stringMatching(/^file:\/\/\/.*sample-rendered\.cfg$/) });
  });

  it("says on stderr what it could not judge", async () => {
    const cwd = await folder({ "a.cfg": "defaults\n mode http\n" });
    const { code, stdout, stderr } = await lint(cwd, "a.cfg");
    expect([code, stdout]).toEqual([0, "no findings\n"]);
    expect(stderr.split("\n")).toEqual([
      expect.stringContaining("k3s-lb: no backend here leads to Kubernetes masters"),
      "k3s-lb: global was not held to what such a backend needs; where it is in another file, name both files",
      NO_FLEET.trim(),
      "",
    ]);
  });

  it.each([
    [["none.cfg"], "none.cfg: there is no such file"],
    [["zipped"], "zipped: compressed (gzip)"],
    [["binary"], "binary: not a text"],
    [["a.cfg", "--ignore", "LB13"], '--ignore: there is no rule "LB13"; did you mean "LB013"?'],
    [["a.cfg", "--haproxy-version", "new"], '--haproxy-version: "new" should be a version such as 2.8.'],
    [["a.cfg", "-o", "xml"], "Allowed choices are table, json, sarif"],
    [["a.cfg", "--fail-on", "info"], "Allowed choices are error, warning, note, never"],
    [[], "missing required argument 'file'"],
  ])("exits 2 for %j and says what is wrong", async (args, words) => {
    const cwd = await folder({ "a.cfg": cleanCfg, zipped: gzipSync(cleanCfg), binary: Buffer.alloc(900) });
    const { code, stdout, stderr } = await lint(cwd, ...args);
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(words)]);
  });
});
