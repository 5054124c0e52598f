import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { benchPassword, startBenchFleet } from "./bench-fleet.ts";

export const program: string = join(import.meta.dirname, "..", "..", "dist", "k3s-lb.js");

/** An embedded fleet in a process of its own, so that only the client is measured. */
export async function serveDemoFleet(
  nodes: number,
  more: readonly string[] = ["--no-incident"],
): Promise<{ readonly config: string; stop(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "k3s-lb-bench-"));
  const config = join(folder, "fleet.yaml");
  const args = ["demo", "--nodes", String(nodes), "--serve", config, ...more];
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "ignore"] });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", () => resolve());
    child.on("exit", () => reject(new Error("the embedded fleet ended before it listened")));
  });
  return {
    config,
    stop() {
      child.kill("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A fleet that says the same for ever and costs its machine next to nothing: what moves then is the screen's own. */
export async function serveStaticFleet(nodes: number): Promise<{ readonly config: string; stop(): void }> {
  const fleet = await startBenchFleet("static", nodes);
  const folder = mkdtempSync(join(tmpdir(), "k3s-lb-bench-"));
  const [config, password] = [join(folder, "fleet.yaml"), join(folder, "password")];
  writeFileSync(password, benchPassword, { mode: 0o600 });
  const lines = fleet.endpoints.map(
    ({ address, port }, at) =>
      `  - { name: node${String(at + 1).padStart(4, "0")}, address: ${address}, stats: { port: ${port} } }`,
  );
  writeFileSync(
    config,
    `cluster: k8s-de1
masters:
${[1, 2, 3].map((at) => `  - { name: k8s-de1-master-${at}, address: "master-${at}:6443" }`).join("\n")}
nodes:
${lines.join("\n")}
backend: k8s-de1-kube-api
stats: { username: admin, password: { file: ${JSON.stringify(password)} } }
poll: { interval: 2s, timeout: 1500ms, source: stats }
`,
  );
  return {
    config,
    stop() {
      void fleet.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
