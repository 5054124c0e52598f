import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { samplePassword } from "../../src/domain/sample-password.ts";
import type { DoctorReport } from "../../src/output/doctor-json.ts";
import { runProgram } from "../support/program.ts";
import { installedHaproxy, type RealHaproxy, skipsRealHaproxy, startRealHaproxy } from "../support/real-haproxy.ts";
import { tempDir } from "../support/temp-dir.ts";
import { startTlsMasters, type TlsMaster } from "../support/tls-masters.ts";

const isSkipped = skipsRealHaproxy();
const { username, password } = samplePassword;
const users = [username, "watch"];

/** Two real HAProxies: the sample as it is but for its password, and one that has kept that as well. */
describe.skipIf(isSkipped)("doctor of real HAProxies with the sample's configuration", () => {
  let masters: readonly TlsMaster[];
  let haproxies: readonly RealHaproxy[];
  beforeAll(async () => {
    masters = await startTlsMasters(3);
    const masterPorts = masters.map(({ port }) => port);
    haproxies = await Promise.all([
      startRealHaproxy({ masterPorts }),
      startRealHaproxy({ masterPorts, user: "watch" }),
    ]);
  });
  afterAll(async () => {
    await Promise.all(haproxies.map((haproxy) => haproxy.stop()));
    await Promise.all(masters.map((master) => master.close()));
  });

  async function examine(): Promise<{ readonly code: number | null; readonly report: DoctorReport }> {
    const path = join(await tempDir(), "fleet.yaml");
    const nodes = haproxies.map(
      ({ statsPort }, index) =>
        `  - { name: node${index + 1}, address: 127.0.0.1, stats: { port: ${statsPort}, username: ${users[index]} } }\n`,
    );
    const text = `cluster: k8s-de1
masters: [{ name: "k8s-de1-master-[1:3]" }]
backend: k8s-de1-kube-api
nodes:
${nodes.join("")}stats: { username: admin, password: { env: LAB_PASSWORD } }
poll: { timeout: 4s, interval: 5s }
`;
    await writeFile(path, text);
    const env = { LAB_PASSWORD: haproxies[0]?.password ?? "" };
    const run = await runProgram(["doctor", "--config", path, "-o", "json", "--timeout", "10s"], { env });
    return { code: run.code, report: JSON.parse(run.stdout) as DoctorReport };
  }

  const verdicts = ({ nodes }: DoctorReport, index: number) =>
    Object.fromEntries((nodes[index]?.checks ?? []).map(({ check, verdict }) => [check, verdict]));

  it("finds the sample's exposure, its weak checks and its right to give orders from loopback", async () => {
    // HAProxy needs a moment for its first checks.
    const { code, report } = await vi.waitFor(
      async () => {
        const examined = await examine();
        expect(verdicts(examined.report, 0)).toMatchObject({ check: "note", masters: "ok" });
        return examined;
      },
      { timeout: 15_000, interval: 200 },
    );
    expect(code).toBe(2);
    expect(report.nodes[0]?.version).toBe(installedHaproxy?.version);
    expect(verdicts(report, 0)).toMatchObject({
      resolve: "ok",
      connect: "ok",
      tls: "note",
      auth: "ok",
      page: "ok",
      skew: "ok",
      backend: "ok",
      servers: "ok",
      admin: "ok",
      ssh: "skipped",
      route: "ok",
      timeouts: "skipped",
      metrics: "warning",
      "hide-version": "warning",
      "sample-password": "ok",
      addresses: "ok",
    });
    expect(report.nodes.map(({ verdict }) => verdict)).toEqual(["warning", "critical"]);
    expect(report.nodes[1]?.checks.find(({ check }) => check === "sample-password")).toMatchObject({
      verdict: "critical",
      text: "the password of the published sample is accepted (user admin): everybody knows it",
    });
    expect(JSON.stringify(report)).not.toContain(password);
  });
});
