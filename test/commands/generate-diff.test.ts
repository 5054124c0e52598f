import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../src/cli.ts";
import { createFakeShell } from "../support/fake-shell.ts";
import { generateHome } from "../support/generate-home.ts";

describe("generate --diff", () => {
  it("shows what would change in a file, exits 1, and writes nothing", async () => {
    const { run, write, read } = await generateHome();
    const { stdout } = await run("rbac");
    const old = stdout.replace("- /livez", "- /live");
    await write("rbac.yaml", old);
    const diff = await run("rbac", "--diff", "rbac.yaml");
    expect({ code: diff.code, stderr: diff.stderr }).toEqual({ code: 1, stderr: "" });
    expect(diff.stdout.match(/^(?:---|\+\+\+|[+-]).*$/gm)).toEqual([
      "--- rbac.yaml",
      "+++ generate/rbac.yaml",
      "-      - /live",
      "+      - /livez",
    ]);
    expect(await read("rbac.yaml")).toBe(old);
  });

  it("prints nothing and exits 0 where nothing differs, whoever wrote the file", async () => {
    const { run, write } = await generateHome();
    const rules = ["firewall", "--vpn-interface", "wg0", "--no-verify"];
    await write("rbac.yaml", (await run("rbac")).stdout);
    await run(...rules, "-O", "out");
    for (const args of [
      ["rbac", "--diff", "rbac.yaml"],
      [...rules, "--diff", "out"],
    ]) {
      expect(await run(...args)).toEqual({ code: 0, stdout: "", stderr: "" });
    }
  });

  it("compares several files with a folder, and shows the whole of one that is not there", async () => {
    const { run } = await generateHome();
    await run("rbac", "-O", "out");
    const { code, stdout } = await run("firewall", "--vpn-interface", "wg0", "--no-verify", "--diff", "out");
    expect(code).toBe(1);
    expect(stdout.match(/^(?:---|\+\+\+) .*$/gm)).toEqual([
      "--- /dev/null",
      "+++ generate/k3s-lb.nft",
      "--- /dev/null",
      "+++ generate/k3s-lb-ufw.sh",
    ]);
  });

  it.each([
    [["rbac", "--diff", "missing.yaml"], "--diff: there is no file missing.yaml"],
    [
      ["firewall", "--vpn-interface", "wg0", "--diff", "k3s-lb.yaml"],
      '"k3s-lb.yaml" should be a folder, as there are 2 files',
    ],
  ])("refuses %j in words", async (args, words) => {
    const { run } = await generateHome();
    const { code, stdout, stderr } = await run(...args, "--no-verify");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(words);
  });

  it("reads the old file from stdin, and colours the lines on a terminal, without its control characters", async () => {
    const { folder, run } = await generateHome();
    const old = `${(await run("rbac")).stdout}# \u001b]0;title\u0007 mine\n`;
    const fake = createFakeShell({ stdout: { columns: 80 } });
    const shell = { ...fake.shell, cwd: folder, stdin: Readable.from([old]) as unknown as NodeJS.ReadStream };
    await createProgram(shell).parseAsync(["generate", "rbac", "--diff", "-"], { from: "user" });
    expect(fake.exitCode()).toBe(1);
    expect(fake.out()).toContain("\u001b[1m--- stdin\u001b[0m\n");
    expect(fake.out()).toContain("\u001b[1;31m-# ]0;title mine\u001b[0m\n");
  });
});
