import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadFleetFile } from "../../src/io/fleet-file.ts";
import { type DemoProcess, startDemo } from "../support/demo-process.ts";
import { startKubeServer } from "../support/kube-server.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

let demo: DemoProcess;
beforeAll(async () => {
  demo = await startDemo(["--nodes", "3", "--no-incident"]);
});
afterAll(() => demo.stop());

/** A folder with the demo's nodes as targets, and a haproxy.cfg with these masters. */
async function folder(backend = "k8s-de1-kube-api", masters: readonly number[] = [1, 2, 3]): Promise<string> {
  const cwd = await tempDir();
  const { fleet } = await loadFleetFile({ cwd, env: {}, config: demo.configPath });
  const targets = fleet.nodes.map(({ name, address, stats }) => ({
    targets: [`${address}:${stats.port}`],
    labels: { node: name },
  }));
  await writeFile(join(cwd, "sd.json"), JSON.stringify(targets));
  const servers = masters.map((n) => `  server k8s-de1-master-${n} master-${n}:6443 check\n`).join("");
  await writeFile(
    join(cwd, "lb.cfg"),
    `backend ${backend}\n  option httpchk GET /readyz\n  http-check expect status 401\n${servers}`,
  );
  return cwd;
}

const args = ["init", "--from-file-sd", "sd.json"];

describe("what init says of a node", () => {
  it("is as written, read from /metrics where the password's variable is not set", async () => {
    const { code, stderr } = await runCli([...args, "--from-haproxy-cfg", "lb.cfg"], { cwd: await folder() });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^k3s-lb: node01 answers: HAProxy 2\.6\.12\S*; backend k8s-de1-kube-api has k8s-de1-master-\[1-3\], as written\.$/m,
    );
  });

  it("is what to correct, where the masters or the backend differ", async () => {
    const few = await runCli([...args, "--from-haproxy-cfg", "lb.cfg"], {
      cwd: await folder("k8s-de1-kube-api", [2, 3, 4]),
    });
    expect(few.stderr).toContain("k3s-lb: Correct masters: there is no k8s-de1-master-4 on it.\n");
    expect(few.stderr).toContain("k3s-lb: Correct masters: k8s-de1-master-1 is on it and not in the file.\n");
    const other = await runCli([...args, "--from-haproxy-cfg", "lb.cfg"], { cwd: await folder("kube") });
    expect(other.stderr).toMatch(/; it has no backend kube\.$/m);
    expect(other.stderr).toContain(
      "k3s-lb: Correct backend: the masters are in k8s-de1-kube-api, which has k8s-de1-master-[1-3].\n",
    );
    expect([few.code, other.code]).toEqual([0, 0]);
  });

  it("is the failure and what helps, and the file is written all the same", async () => {
    const cwd = await folder();
    await writeFile(join(cwd, "sd.json"), '[{"targets":["127.0.0.1:1"]}]');
    const { code, stderr } = await runCli([...args, "--from-haproxy-cfg", "lb.cfg"], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain(
      "k3s-lb: 127.0.0.1 does not answer as a node should. Cannot connect to 127.0.0.1:1: connection refused.\n",
    );
    expect((await loadFleetFile({ cwd, env: {} })).fleet.nodes).toHaveLength(1);
  });

  it("names the variable to set where a node wants a password for /metrics too", async () => {
    const cwd = await folder();
    const url = await startKubeServer((_, response) => response.writeHead(401).end());
    await writeFile(join(cwd, "sd.json"), JSON.stringify([{ targets: [new URL(url).host] }]));
    const { code, stderr } = await runCli([...args, "--from-haproxy-cfg", "lb.cfg"], { cwd });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /does not answer as a node should\. 127\.0\.0\.1:\d+ wants a password, and none is configured\.\n/,
    );
    expect(stderr).toContain("k3s-lb: Set K3S_LB_PASSWORD to the password of the stats page, then: k3s-lb status\n");
  });

  it("gives the masters that no source knows, with --yes; without it they are told and nothing is written", async () => {
    const cwd = await folder();
    const no = await runCli(args, { cwd });
    expect([no.code, no.stdout]).toEqual([2, ""]);
    expect(no.stderr).toBe(
      "k3s-lb: no source knows the masters, nothing was written; node01 has k8s-de1-master-1, k8s-de1-master-2, k8s-de1-master-3 in the backend k8s-de1-kube-api\n" +
        "  Take them with --yes, or give --from-haproxy-cfg or --from-role-vars too.\n",
    );
    expect((await runCli([...args, "--yes"], { cwd })).code).toBe(0);
    const { fleet } = await loadFleetFile({ cwd, env: {} });
    expect([fleet.backend, fleet.cluster, fleet.masters.length]).toEqual(["k8s-de1-kube-api", "k8s-de1", 3]);
  });
});
