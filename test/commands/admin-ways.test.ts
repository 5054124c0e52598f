import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { skipsNamespaces } from "../support/netns.ts";
import { runCli } from "../support/run-cli.ts";
import { type SshNode, startSshNode } from "../support/ssh-node.ts";
import { tempDir } from "../support/temp-dir.ts";

// The whole command, from the words typed to the outcome, on a node whose HAProxy takes orders from itself only.
describe.skipIf(skipsNamespaces())("an action on a node that takes orders from itself only", () => {
  let there: SshNode;
  beforeAll(async () => {
    there = await startSshNode({ isMasterWorker: true });
  });
  afterAll(() => there.stop());

  async function act(folder: string, ...words: readonly string[]) {
    const { stats } = there.node();
    const file = `cluster: k8s-de1
masters: [{ name: m1 }, { name: m2 }, { name: m3 }]
nodes: [{ name: node01, address: ${there.address} }]
backend: k8s-de1-kube-api
stats: { username: admin, password: { env: LB_PASSWORD } }
admin:
  ssh_config: ${there.sshConfig}
  socket: ${there.folder}/admin.sock
  master_socket: ${there.folder}/master.sock
`;
    await writeFile(join(folder, "k3s-lb.yaml"), file);
    const password = stats.password?.kind === "literal" ? stats.password.value : "";
    const env = { PATH: process.env["PATH"] ?? "", XDG_STATE_HOME: folder, LB_PASSWORD: password };
    const { code, stdout, stderr } = await runCli([...words, "--yes", "-o", "json"], { cwd: folder, env });
    if (stdout === "") throw new Error(stderr);
    return { code, stderr, node: JSON.parse(stdout).nodes[0] };
  }

  it("is proved, by ssh, with what was tried before", async () => {
    const folder = await tempDir();
    const drained = await act(folder, "drain", "m1", "--confirm", "m1");
    expect(drained).toMatchObject({
      code: 0,
      node: { outcome: "verified", route: "ssh", st: "DONE", after: "DRAIN" },
    });
    const enabled = await act(folder, "enable", "m1");
    expect(enabled).toMatchObject({ code: 0, node: { outcome: "verified", route: "ssh", after: "no check" } });
  });

  it("is denied where http is wanted, with the next thing to do", async () => {
    const denied = await act(await tempDir(), "drain", "m1", "--via", "http", "--confirm", "m1");
    expect(denied).toMatchObject({ code: 1, node: { outcome: "denied", route: "http", st: "DENY" } });
    expect(JSON.stringify(denied.node)).toContain("--via ssh");
  });

  it("is proved under a DOWN by the master CLI's socket, and only accepted by ssh", async () => {
    const folder = await tempDir();
    const bySocket = await act(folder, "drain", "m3", "--via", "socket", "--force-last", "m3", "--confirm", "m3");
    expect(bySocket.node).toMatchObject({ outcome: "verified", route: "socket" });
    const ready = await act(folder, "enable", "m3", "--via", "socket");
    expect(ready.node).toMatchObject({ outcome: "verified", route: "socket" });
    const bySsh = await act(folder, "drain", "m3", "--via", "ssh", "--confirm", "m3");
    expect(bySsh).toMatchObject({ code: 4, node: { outcome: "accepted", route: "ssh" } });
  });
});
