import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const SOUND = "masters: [{ name: m1 }]\nnodes: [{ name: n1 }]\n";

async function homeWith(files: Readonly<Record<string, string>>) {
  const cwd = await tempDir();
  const folder = join(cwd, ".config", "k3s-lb", "clusters");
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return { cwd, folder, env: { HOME: cwd } };
}

describe("--cluster", () => {
  it("chooses the fleet file of that name, before and behind the command", async () => {
    const { cwd, env } = await homeWith({ "de1.yaml": `cluster: k8s-de1\n${SOUND}`, "fr1.yaml": SOUND });
    for (const argv of [
      ["--cluster", "de1", "config", "validate"],
      ["config", "validate", "--cluster", "de1"],
    ]) {
      const { code, stdout } = await runCli(argv, { cwd, env });
      expect([code, stdout]).toEqual([
        0,
        ".config/k3s-lb/clusters/de1.yaml: no mistakes; 1 master and 1 node in cluster k8s-de1\n",
      ]);
    }
  });

  it("says which clusters there are, and which was meant", async () => {
    const { cwd, env } = await homeWith({ "de1.yaml": SOUND, "fr1.yaml": SOUND });
    expect(await runCli(["config", "path", "--cluster", "de2"], { cwd, env })).toEqual({
      code: 2,
      stdout: "",
      stderr: 'k3s-lb: there is no cluster "de2"; did you mean "de1"?\n  Clusters: de1, fr1\n',
    });
    // To a monitoring system 2 would be CRITICAL, also where the cluster is called as a command is.
    expect((await runCli(["--cluster", "top", "status"], { cwd, env })).code).toBe(3);
  });

  it("says where they would be found", async () => {
    const { cwd, env, folder } = await homeWith({});
    expect((await runCli(["config", "path", "--cluster", "de1"], { cwd, env })).stderr).toBe(
      `k3s-lb: there is no cluster "de1"\n  Put its fleet file there: ${join(folder, "de1.yaml")}\n`,
    );
  });

  it("is not taken beside --config", async () => {
    const { cwd, env } = await homeWith({ "de1.yaml": SOUND });
    const { code, stderr } = await runCli(["--config", "x.yaml", "--cluster", "de1", "status"], { cwd, env });
    expect(code).toBe(3);
    expect(stderr).toContain("option '--cluster <name>' cannot be used with option '--config <file>'");
  });

  it("is to init what a new cluster is called", async () => {
    const { cwd, env } = await homeWith({});
    await writeFile(join(cwd, "hosts"), "[k3s_master]\nm1\n[k3s_node]\nn1\n");
    const argv = ["init", "--from-ansible", "hosts", "--cluster", "fr1", "--no-try", "-O", "-"];
    expect((await runCli(argv, { cwd, env })).stdout).toMatch(/^cluster: "?fr1\b/m);
  });

  it("is what a person without a fleet file is told of", async () => {
    const { cwd, env } = await homeWith({ "de1.yaml": SOUND, "fr1.yaml": SOUND });
    expect((await runCli(["status"], { cwd, env })).stderr).toContain(
      "Choose one of the clusters that are known by --cluster: de1, fr1; or see them all with k3s-lb top -A.",
    );
  });
});
