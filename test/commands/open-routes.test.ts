import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openRoutes } from "../../src/commands/open-routes.ts";
import type { Shell } from "../../src/commands/shell.ts";
import type { AdminVia, FleetNode } from "../../src/domain/inventory.ts";
import { fleetOf } from "../support/fleet.ts";
import { skipsNamespaces } from "../support/netns.ts";
import { readerOf } from "../support/reading.ts";
import { type SshNode, startSshNode } from "../support/ssh-node.ts";
import { tempDir } from "../support/temp-dir.ts";

const order = { node: "node01", backend: "k8s-de1-kube-api", server: "m1", action: "drain" } as const;
const within = () => performance.now() + 10_000;

describe.skipIf(skipsNamespaces())("openRoutes, to a node that takes orders from itself only", () => {
  let there: SshNode;
  const open: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    there = await startSshNode();
  });
  afterAll(() => there.stop());
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  async function world(node: FleetNode, state: string, env: Record<string, string> = {}, via?: AdminVia) {
    const reader = await readerOf(node);
    const fleet = { ...fleetOf(), nodes: [node] };
    const shell = { env: { PATH: process.env["PATH"], XDG_STATE_HOME: state, ...env } } as unknown as Shell;
    const routes = await openRoutes(shell, fleet, reader, via);
    open.push(routes, reader);
    return routes;
  }

  it("is denied, goes by ssh, and goes there at once from the next run on", async () => {
    const state = await tempDir();
    const node = there.node();
    const first = await world(node, state);
    expect(await first.send(node, order, within())).toEqual({
      reply: { kind: "answered", st: "DONE" },
      route: "ssh",
      tried: [`http to ${there.address}:1936: DENY`, `ssh to ${there.address}: DONE`],
    });
    expect(await first.read(node, "ssh", within())).toMatchObject({ ok: true });
    await first.close();
    const kept = await readFile(join(state, "k3s-lb", "k8s-de1", "routes.json"), "utf8");
    expect(JSON.parse(kept)).toEqual({ node01: "ssh" });
    const next = await world(node, state);
    expect(await next.send(node, { ...order, action: "ready" }, within())).toMatchObject({ route: "ssh", tried: [] });
  });

  it("says that it was denied, and what kept ssh from helping", async () => {
    const config = join(there.folder, "nobody_config");
    await writeFile(config, (await readFile(there.sshConfig, "utf8")).replace("User root", "User nobody"));
    const node = there.node({ sshConfig: config });
    const routes = await world(node, await tempDir());
    expect(await routes.send(node, order, within())).toEqual({
      reply: { kind: "answered", st: "DENY" },
      route: "http",
      tried: [
        `http to ${there.address}:1936: DENY`,
        `ssh to ${there.address}: login refused for nobody@${there.address} (permission denied: publickey)`,
      ],
      hint: `Is the right key in the agent (ssh-add -l), and is it allowed there? Look with: ssh -F ${config} -v ${there.address} true`,
    });
  });

  it("takes the named route and no other", async () => {
    const node = there.node();
    const routes = await world(node, await tempDir(), {}, "http");
    expect(await routes.send(node, order, within())).toMatchObject({
      reply: { kind: "answered", st: "DENY" },
      route: "http",
      hint: expect.stringContaining("--via ssh"),
    });
  });

  it("gives ssh and its helpers no password", async () => {
    const seen = join(there.folder, "seen");
    const config = join(there.folder, "env_config");
    const proxy = `ProxyCommand sh -c 'env > ${seen}; exit 1'`;
    await writeFile(config, `${await readFile(there.sshConfig, "utf8")}  ${proxy}\n`);
    const bare = there.node({ sshConfig: config, via: "ssh" });
    const node: FleetNode = { ...bare, stats: { ...bare.stats, password: { kind: "env", name: "LB_SECRET" } } };
    const env = { LB_SECRET: "s3cr3t-1", K3S_LB_STATS_PASSWORD: "s3cr3t-2", SSH_AUTH_SOCK: "/run/agent" };
    const routes = await world(node, await tempDir(), env);
    const soon = performance.now() + 1_000;
    expect(await routes.send(node, order, soon)).toMatchObject({ reply: { kind: "not-sent" } });
    const words = await readFile(seen, "utf8");
    expect(words).toContain("SSH_AUTH_SOCK=/run/agent");
    expect(words).not.toContain("s3cr3t");
  });

  it.each(["ssh", "socket"] as const)(
    "leaves no ssh and no folder behind when the console is killed (%s)",
    async (via) => {
      const temporary = await tempDir();
      const script = fileURLToPath(new URL("../support/hold-ssh.ts", import.meta.url));
      const child = spawn(process.execPath, [script, JSON.stringify(there.node({ via }))], {
        stdio: ["ignore", "pipe", "inherit"],
        env: { ...process.env, TMPDIR: temporary },
      });
      await new Promise((resolve, reject) => {
        child.stdout.once("data", resolve);
        child.once("exit", () => reject(new Error("it ended before it held anything")));
      });
      const held = sshTo(there.address);
      expect(held).not.toEqual([]);
      expect(readdirSync(temporary)).toHaveLength(via === "socket" ? 1 : 0);
      child.kill("SIGKILL");
      await until(() => sshTo(there.address).length === 0 && readdirSync(temporary).length === 0);
    },
  );
});

/** The ssh processes whose destination this is. */
function sshTo(address: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      const [program = "", ...words] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return program.endsWith("ssh") && words.includes(address);
    } catch {
      return false;
    }
  });
}

async function until(isSo: () => boolean): Promise<void> {
  const endMs = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > endMs) throw new Error("it did not come to that within 10 s");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
