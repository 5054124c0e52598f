import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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
