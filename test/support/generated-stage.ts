import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, vi } from "vitest";
import { loadFleetFile } from "../../src/io/fleet-file.ts";
import type { FleetStatus } from "../../src/output/fleet-status.ts";
import { inputOf } from "./generate-input.ts";
import { startGenerated } from "./generated-haproxy.ts";
import { type Authority, type K3sMaster, makeAuthority, startK3sMaster } from "./k3s-masters.ts";
import { runProgram } from "./program.ts";
import { freePorts } from "./real-haproxy.ts";
import { tempDir } from "./temp-dir.ts";

/** What a test is about: the fleet file's `check`, `stats` and `haproxy`, the masters, and HAProxy's environment. */
export type Scene = {
  readonly check?: (authority: Authority) => string;
  readonly stats?: (authority: Authority) => string;
  readonly haproxy?: (authority: Authority) => string;
  readonly masters?: Parameters<typeof startK3sMaster>[1];
  readonly passwords?: Readonly<Record<string, string>>;
};

const nothing = (): string => "";

/** Masters, a fleet file, and a HAProxy that runs what is generated from that file; all gone with the test. */
export async function stage({
  check = nothing,
  stats = nothing,
  haproxy = nothing,
  masters: kind,
  passwords,
}: Scene = {}) {
  const folder = await tempDir();
  const authority = makeAuthority(folder);
  const masters: K3sMaster[] = [];
  for (let i = 0; i < 3; i++) masters.push(await startK3sMaster(authority, kind));
  onTestFinished(async () => void (await Promise.all(masters.map((master) => master.close()))));
  const [statsPort = 0, frontendPort = 0] = await freePorts(2);
  const config = join(folder, "fleet.yaml");
  await writeFile(
    config,
    `cluster: k8s-de1
masters:
${masters.map(({ port }, i) => `  - { name: k8s-de1-master-${i + 1}, address: "127.0.0.1:${port}" }`).join("\n")}
nodes: [{ name: node1, address: 127.0.0.1 }]
frontend: { bind: "127.0.0.1:${frontendPort}" }
check: { interval: 200ms, ${check(authority)} }
stats: { port: ${statsPort}, password: { env: LAB_PASSWORD }, ${stats(authority)} }
admin: { socket: ${join(folder, "admin.sock")} }
haproxy: { stats_bind: 127.0.0.1, ${haproxy(authority)} }
`,
  );
  const { fleet } = await loadFleetFile({ cwd: folder, env: { K3S_LB_CONFIG: config } });
  const env = { K3S_LB_STATS_PASSWORD: "a-password", K3S_LB_ADMIN_PASSWORD: "another", ...passwords };
  const running = await startGenerated({ ...inputOf(), fleet, node: fleet.nodes[0] }, { folder, env });
  onTestFinished(() => running.stop());
  const k3sLb = (args: readonly string[], more = {}) =>
    runProgram([...args, "--config", config], { env: { LAB_PASSWORD: "a-password", XDG_STATE_HOME: folder, ...more } });
  return {
    masters,
    running,
    k3sLb,
    frontendPort,
    fetchStats: (path: string, user?: string) =>
      fetch(`http://127.0.0.1:${statsPort}${path}`, {
        headers: user === undefined ? {} : { authorization: `Basic ${Buffer.from(user).toString("base64")}` },
      }).then(async (answer) => ({ status: answer.status, text: await answer.text() })),
    /** Asks until the masters are as wanted: checks need their time. */
    until: (wanted: object) =>
      vi.waitFor(
        async () => {
          const status = JSON.parse((await k3sLb(["status", "-o", "json"])).stdout) as FleetStatus;
          expect(status).toMatchObject(wanted);
          return status;
        },
        { timeout: 15_000, interval: 100 },
      ),
  };
}
