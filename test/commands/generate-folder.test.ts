import { chmod, mkdir, readdir, readFile, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generateHome } from "../support/generate-home.ts";

const write = ["firewall", "--vpn-interface", "wg0", "--no-verify", "-O", "out"];
const rewrite = ["firewall", "--vpn-interface", "wg1", "--no-verify", "-O", "out"];

describe("generate -O", () => {
  it("makes the folder, writes each file with a line that says who made it, and says so", async () => {
    const { run, folder, read } = await generateHome();
    const { code, stdout, stderr } = await run(...write);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toBe("written  out/k3s-lb.nft\nwritten  out/k3s-lb-ufw.sh\n");
    expect((await readdir(join(folder, "out"))).sort()).toEqual(["k3s-lb-ufw.sh", "k3s-lb.nft"]);
    const [first, second] = (await read("out/k3s-lb-ufw.sh")).split("\n");
    expect([first, second?.replace(/[0-9a-f]{16}/, "…")]).toEqual([
      "#!/bin/sh",
      "# k3s-lb generate firewall -O (do not edit: sha256 …)",
    ]);
    const { mode } = await stat(join(folder, "out/k3s-lb.nft"));
    expect(mode & 0o777).toBe(0o644 & ~process.umask());
  });

  it("leaves what is the same alone, and replaces what it made itself", async () => {
    const { run, folder, read } = await generateHome();
    await run(...write);
    const before = await stat(join(folder, "out/k3s-lb.nft"));
    expect((await run(...write)).stderr).toBe("unchanged  out/k3s-lb.nft\nunchanged  out/k3s-lb-ufw.sh\n");
    expect((await stat(join(folder, "out/k3s-lb.nft"))).ino).toBe(before.ino);
    expect(await run(...rewrite)).toMatchObject({
      code: 0,
      stderr: "written  out/k3s-lb.nft\nwritten  out/k3s-lb-ufw.sh\n",
    });
    expect(await read("out/k3s-lb.nft")).toContain("wg1");
  });

  it("refuses files that were edited or are not from here, and then writes none", async () => {
    const { run, folder, read, write: put } = await generateHome();
    await run(...write);
    await put("out/k3s-lb-ufw.sh", "#!/bin/sh\necho mine\n");
    await put("out/k3s-lb.nft", (await read("out/k3s-lb.nft")).replace("counter drop", "drop"));
    const names = await readdir(join(folder, "out"));
    const { code, stderr } = await run(...rewrite);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `k3s-lb: out/k3s-lb.nft was edited by hand since k3s-lb wrote it
out/k3s-lb-ufw.sh is there already, and not from k3s-lb
  See what would change with --diff out; --overwrite replaces it.
`,
    });
    expect(await read("out/k3s-lb-ufw.sh")).toBe("#!/bin/sh\necho mine\n");
    expect(await readdir(join(folder, "out"))).toEqual(names);
    expect((await run(...rewrite, "--overwrite")).code).toBe(0);
    expect(await read("out/k3s-lb-ufw.sh")).toContain("wg1");
  });

  it("remembers what it wrote in formats without comments", async () => {
    const { run, read, write: put } = await generateHome();
    const steps = (...flags: string[]) => run("change-over", "-O", "out", ...flags);
    expect(await steps()).toMatchObject({ code: 0, stderr: "written  out/change-over.txt\n" });
    expect(await read("out/.k3s-lb.sha256")).toMatch(/^[0-9a-f]{64} {2}change-over\.txt\n$/);
    const certificate = ["--check-cert", "/etc/haproxy/client.pem"];
    expect(await steps(...certificate)).toMatchObject({ code: 0, stderr: "written  out/change-over.txt\n" });
    await put("out/change-over.txt", "mine\n");
    expect(await steps()).toMatchObject({ code: 2, stderr: expect.stringContaining("was edited by hand") });
  });

  it("takes a file that was redirected there from stdout for one of its own", async () => {
    const { run, folder, read, write: put } = await generateHome();
    await mkdir(join(folder, "out"));
    await put("out/rbac.yaml", (await run("rbac")).stdout);
    expect(await run("rbac", "-O", "out")).toMatchObject({ code: 0, stderr: "written  out/rbac.yaml\n" });
    expect(await read("out/rbac.yaml")).toContain("-O (do not edit");
  });

  it("keeps the mode of a file, and writes through a symbolic link", async () => {
    const { run, folder, write: put } = await generateHome();
    await run("rbac", "-O", "out");
    await chmod(join(folder, "out/rbac.yaml"), 0o640);
    await put("kept.yaml", await readFile(join(folder, "out/rbac.yaml")));
    await mkdir(join(folder, "linked"));
    await symlink(join(folder, "out/rbac.yaml"), join(folder, "linked/rbac.yaml"));
    const { code } = await run("rbac", "--check", "200", "-O", "linked");
    expect(code).toBe(0);
    expect((await stat(join(folder, "out/rbac.yaml"))).mode & 0o777).toBe(0o640);
    expect(await readFile(join(folder, "out/rbac.yaml"))).not.toEqual(await readFile(join(folder, "kept.yaml")));
  });

  it("says what is in the way", async () => {
    const { run, folder, write: put } = await generateHome();
    await put("out", "a file\n");
    expect(await run("rbac", "-O", "out")).toMatchObject({ code: 1, stderr: expect.stringContaining("no folder") });
    await mkdir(join(folder, "dir/rbac.yaml"), { recursive: true });
    expect(await run("rbac", "-O", "dir")).toMatchObject({ code: 2, stderr: expect.stringContaining("no plain file") });
  });
});
