import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { statusAnswer } from "../../src/demo/health-check.ts";
import { openDemoStage } from "../support/demo-stage.ts";
import { runProgram } from "../support/program.ts";
import { openShell } from "../support/pty-shell.ts";
import { tempDir } from "../support/temp-dir.ts";
import { isRestored } from "../support/top-stage.ts";

/** Two embedded fleets and a fleet file with mistakes, all known by name. */
async function setClusters() {
  const home = await tempDir();
  const folder = join(home, "k3s-lb", "clusters");
  await mkdir(folder, { recursive: true });
  const open = async (name: string, more: string) => {
    const stage = await openDemoStage(4);
    onTestFinished(() => stage.close());
    const text = await readFile(stage.config, "utf8");
    await writeFile(join(folder, `${name}.yaml`), text.replace("cluster: k8s-de1\n", `cluster: k8s-${name}\n${more}`));
    return stage;
  };
  const [de1, fr1] = [await open("de1", ""), await open("fr1", "color: red\n")];
  await writeFile(join(folder, "bad.yaml"), "nodes: 3\n");
  const env = { XDG_CONFIG_HOME: home, XDG_STATE_HOME: home };
  return { de1, fr1, env };
}

describe("top of one cluster", () => {
  it("goes to another one with all that is typed behind its name, and draws on what happens after coming back", async () => {
    const { de1, env } = await setClusters();
    const shell = openShell({ env });
    shell.run("top --cluster de1 --interval 500ms");
    await shell.sees(/OK +k8s-de1/);
    shell.type(":cluster fr1\r:arm\r:drain 2\r");
    await shell.sees(/── +k8s-fr1 +plan[\s\S]*ARMED/);
    shell.type("\r:cluster de1\r");
    await shell.sees(/OK +k8s-de1/);
    expect(shell.screen()).not.toContain("ARMED");
    de1.demo.fleet.answer("k8s-de1-master-2", { kind: "refuse" });
    await shell.sees(/WARNING +k8s-de1/);
    shell.type("q");
    await isRestored(shell, 0);
  });
});

describe("top -A", () => {
  it("begins with the page of clusters, goes to each, and acts on the one that is shown", async () => {
    const { de1, env, fr1 } = await setClusters();
    const shell = openShell({ env });
    shell.run("top -A");
    await shell.sees(/bad +failed[\s\S]*de1 +✓ OK[\s\S]*fr1 +✓ OK/);
    fr1.demo.fleet.answer("k8s-de1-master-2", { kind: "refuse" });
    await shell.sees(/fr1 +! WARNING[\s\S]*de1 +✓ OK/);
    // One that cannot be opened says why; the cursor is on it, as it is the worst that is known.
    shell.type("g\r");
    await shell.sees("bad cannot be opened");
    await shell.sees(/masters is\s+missing/);
    shell.type("/clusters.de1\r\r");
    await shell.sees(/ k8s-de1 +4 nodes.* fr1: WARNING/);
    shell.type("\t:arm\r");
    await shell.sees("ARMED");
    shell.type("a\r\r");
    await shell.sees(/── +k8s-de1 +plan/);
    shell.type("y\r");
    await shell.sees("done and proved on all 4 nodes");
    shell.type("\r");
    expect(await de1.statesOf("k8s-de1-master-1")).toEqual(["DRAIN", "DRAIN", "DRAIN", "DRAIN"]);
    expect(await fr1.statesOf("k8s-de1-master-1")).toEqual(["UP", "UP", "UP", "UP"]);
    // The other cluster has a lock of its own, and nothing of the marks and filters of the first.
    shell.type("c/clusters.fr1\r\r");
    await shell.sees(/WARNING +k8s-fr1 +4 nodes/);
    expect(shell.screen()).not.toContain("ARMED");
    fr1.demo.fleet.answer("k8s-de1-master-2", statusAnswer(401));
    await shell.sees(/OK +k8s-fr1/);
    shell.type("q");
    await isRestored(shell, 0);
  });

  it("says what it cannot be used with, and where no cluster is known", async () => {
    const home = await tempDir();
    const env = { XDG_CONFIG_HOME: home };
    const shell = openShell({ env, columns: 100 });
    shell.run("top -A");
    await shell.sees("k3s-lb: -A: no cluster is known");
    await isRestored(shell, 2);
    shell.run("top -A --node n1");
    await shell.sees("k3s-lb: -A cannot be used with --node, which is about one cluster");
    expect((await runProgram(["top", "-A", "--plain"])).stderr).toContain("lines are of one only");
  });
});
