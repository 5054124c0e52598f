import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadFleetFile } from "../../src/io/fleet-file.ts";
import { openShell } from "../support/pty-shell.ts";
import { tempDir } from "../support/temp-dir.ts";

/** A person in front of a terminal who begins a fleet file. */
async function begin() {
  const folder = await tempDir();
  const shell = openShell({ columns: 200, rows: 40 });
  shell.run(`init -O ${join(folder, "k3s-lb.yaml")} --no-try`);
  await shell.sees("Name of the cluster [k3s]: ");
  return { folder, shell };
}

describe("init in a terminal", () => {
  it("asks, takes the answers in brackets for empty lines, and writes the file", async () => {
    const { folder, shell } = await begin();
    shell.type("de1\r");
    await shell.sees("[de1-master-[1:3]]: ");
    shell.type("\r");
    await shell.sees("[de1-master-1,de1-master-2,de1-master-3]: ");
    shell.type("10.0.0.[1:3]\r");
    await shell.sees("Nodes, the machines that run a HAProxy");
    shell.type("node[01:10], edge\r");
    await shell.sees("[their names]: ");
    shell.type("10.8.0.[11:20] edge.vpn\r\r401\r\r\r\r");
    await shell.sees(/3 masters and 11 nodes in cluster de1[\s\S]*exit-0 tty-same/);
    const { fleet } = await loadFleetFile({ cwd: folder, env: {} });
    expect([fleet.backend, fleet.masters[2], fleet.nodes[10], fleet.nodes[0]?.address]).toMatchObject([
      "de1-kube-api",
      { name: "de1-master-3", address: "10.0.0.3:6443" },
      { name: "node10", address: "10.8.0.20", stats: { port: 1936, username: "admin" } },
      "edge.vpn",
    ]);
  });

  it("tells a wrong answer and asks again", async () => {
    const { shell } = await begin();
    shell.type("de 1\r");
    await shell.sees(/cluster is "de 1"; expected a name of letters[\s\S]*Name of the cluster \[k3s\]: $/m);
    shell.type("\r\r10.0.0.1\r");
    await shell.sees("these are 1, and there are 3 masters; expected one for each");
  });

  it("leaves nothing behind after Ctrl-C, or at the end of the input", async () => {
    const one = await begin();
    one.shell.type("\u0003");
    await one.shell.sees(/interrupted, nothing was written[\s\S]*exit-130 tty-same/);
    const two = await begin();
    two.shell.type("\u0004");
    await two.shell.sees(/^k3s-lb: the answers ended, nothing was written[\s\S]*exit-2 tty-same/m);
    expect([await readdir(one.folder), await readdir(two.folder)]).toEqual([[], []]);
  });
});
