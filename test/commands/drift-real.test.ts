import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { FleetStatus, MasterStatus } from "../../src/output/fleet-status.ts";
import { runProgram } from "../support/program.ts";
import { type RealHaproxy, skipsRealHaproxy, startRealHaproxy } from "../support/real-haproxy.ts";
import { tempDir } from "../support/temp-dir.ts";
import { startTlsMasters, type TlsMaster } from "../support/tls-masters.ts";

const isSkipped = skipsRealHaproxy();

/** Two real HAProxies as two nodes, in front of three TLS masters, and one console's ledger. */
describe.skipIf(isSkipped)("a drain on real HAProxies, beside the ledger", () => {
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

  it("is remembered under a DOWN, shows again, and is missed where a restart has forgotten it", async () => {
    const folder = await tempDir();
    const config = join(folder, "fleet.yaml");
    const nodes = haproxies.map(
      ({ statsPort }, i) => `  - { name: node${i + 1}, address: 127.0.0.1, stats: { port: ${statsPort} } }\n`,
    );
    await writeFile(
      config,
      `cluster: k8s-de1\nmasters: [{ name: "k8s-de1-master-[1:3]" }]\nbackend: k8s-de1-kube-api\nnodes:\n${nodes.join("")}stats: { username: admin, password: { env: LAB_PASSWORD } }\n`,
    );
    const env = { LAB_PASSWORD: haproxies[0]?.password ?? "", XDG_STATE_HOME: folder };
    const k3sLb = (...args: string[]) => runProgram([...args, "--config", config], { env });
    /** Asks until master-2 is as wanted: checks need their time. */
    const until = (wanted: Partial<MasterStatus>) =>
      vi.waitFor(
        async () => {
          const { masters: seen, problems } = JSON.parse((await k3sLb("status", "-o", "json")).stdout) as FleetStatus;
          expect(seen[1]).toMatchObject(wanted);
          return { master: seen[1], kinds: problems.map(({ severity, kind }) => `${severity} ${kind}`) };
        },
        { timeout: 15_000, interval: 200 },
      );
    await until({ verdict: "up", nodes: { up: 2, down: 0, drain: 0, maint: 0, absent: 0, unknown: 0 } });

    expect((await k3sLb("drain", "2", "--yes", "--reason", "disk")).code).toBe(0);
    const drained = await until({ verdict: "drained", drainPending: [], drift: [] });
    expect(drained.kinds).toEqual([]);

    await masters[1]?.answer({ kind: "refuse" });
    const hidden = await until({ verdict: "drained", drainPending: ["node1", "node2"] });
    expect(hidden.master?.nodes).toMatchObject({ down: 2, drain: 0 });
    expect(hidden.master?.reason).toMatch(/^down \(.*\) with its drain pending on all 2 nodes by \S+ \d+s ago: disk$/);
    expect(hidden.kinds).toEqual(["OK drain-pending"]);

    await masters[1]?.answer({ kind: "status", statusCode: 401, phrase: "Unauthorized", delayMs: 0 });
    await until({
      verdict: "drained",
      drainPending: [],
      nodes: { ...drained.master?.nodes, drain: 2 } as MasterStatus["nodes"],
    });

    await haproxies[0]?.restart();
    const drifted = await until({ verdict: "drift", drift: ["node1"] });
    expect(drifted.kinds).toContain("WARNING drift");
    expect((await k3sLb("drain", "2", "--yes", "--node", "node1")).code).toBe(0);
    await until({ verdict: "drained", drift: [], severity: "OK" });
  });
});
