import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { FleetStatus } from "../../src/output/fleet-status.ts";
import { type ProgramRun, runProgram } from "../support/program.ts";
import { type RealHaproxy, skipsRealHaproxy, startRealHaproxy } from "../support/real-haproxy.ts";
import { tempDir } from "../support/temp-dir.ts";
import { startTlsMasters, type TlsMaster } from "../support/tls-masters.ts";

const isSkipped = skipsRealHaproxy();

/** Two real HAProxies as two nodes, in front of three TLS masters. */
describe.skipIf(isSkipped)("status of real HAProxies with the sample's configuration", () => {
  let masters: readonly TlsMaster[];
  let haproxies: readonly RealHaproxy[];
  beforeAll(async () => {
    masters = await startTlsMasters(3);
    const masterPorts = masters.map((master) => master.port);
    haproxies = await Promise.all([startRealHaproxy({ masterPorts }), startRealHaproxy({ masterPorts })]);
  });
  afterAll(async () => {
    await Promise.all(haproxies.map((haproxy) => haproxy.stop()));
    await Promise.all(masters.map((master) => master.close()));
  });

  async function fleetFile(): Promise<string> {
    const path = join(await tempDir(), "fleet.yaml");
    const nodes = haproxies.map(
      ({ statsPort }, index) => `  - { name: node${index + 1}, address: 127.0.0.1, stats: { port: ${statsPort} } }\n`,
    );
    const text = `cluster: k8s-de1
masters: [{ name: "k8s-de1-master-[1:3]" }]
backend: k8s-de1-kube-api
nodes:
${nodes.join("")}stats: { username: admin, password: { env: LAB_PASSWORD } }
`;
    await writeFile(path, text);
    return path;
  }

  /** Asks until the answer is the wanted one: HAProxy needs its checks to notice a change. */
  async function until(
    wanted: Partial<FleetStatus>,
    code: number,
  ): Promise<{ readonly run: ProgramRun; readonly status: FleetStatus }> {
    const config = await fleetFile();
    return vi.waitFor(
      async () => {
        const args = ["status", "--config", config, "-o", "json"];
        const run = await runProgram(args, { env: { LAB_PASSWORD: haproxies[0]?.password ?? "" } });
        const status = JSON.parse(run.stdout) as FleetStatus;
        expect({ severity: status.severity, summary: status.summary, code: run.code }).toMatchObject({
          ...wanted,
          code,
        });
        return { run, status };
      },
      { timeout: 15_000, interval: 200 },
    );
  }

  it("follows the masters from all well to nothing left, and the nodes to silence", async () => {
    const well = await until({ severity: "OK", summary: "all 3 masters up on all 2 nodes" }, 0);
    expect(well.run.stderr).toBe("");
    expect(well.status.nodes[0]).toMatchObject({
      state: "fresh",
      source: "stats",
      version: expect.stringMatching(/^\d/),
    });
    expect(well.status.masters[0]).toMatchObject({ verdict: "up", check: "weak" });

    await masters[0]?.answer({ kind: "status", statusCode: 500, phrase: "Internal Server Error", delayMs: 0 });
    const one = await until({ severity: "WARNING" }, 1);
    expect(one.status.problems[0]?.text).toContain("the check wants 401");

    await Promise.all(masters.map((master) => master.answer({ kind: "refuse" })));
    const none = await until({ severity: "CRITICAL", summary: expect.stringMatching(/^no master is usable/) }, 2);
    expect(none.status.nodes.map((node) => node.usableMasters)).toEqual([0, 0]);

    await Promise.all(haproxies.map((haproxy) => haproxy.stop()));
    const silent = await until({ severity: "UNKNOWN" }, 3);
    expect(silent.status.nodes.map((node) => node.failure?.kind)).toEqual(["unreachable", "unreachable"]);
  });
});
