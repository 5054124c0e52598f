import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProgram, untilEnd } from "./program.ts";

/** A running `demo --serve` of the built program. `configPath` is its fleet file, in a folder of its own. */
export type DemoProcess = {
  readonly configPath: string;
  /** Another fleet file beside it, its text made from the demo's. */
  variant(name: string, edit: (text: string) => string): Promise<string>;
  stop(): Promise<void>;
};

/** Starts it and waits until it has printed the path of its fleet file. */
export async function startDemo(args: readonly string[] = []): Promise<DemoProcess> {
  const folder = await mkdtemp(join(tmpdir(), "k3s-lb-demo-test-"));
  const configPath = join(folder, "fleet.yaml");
  const child = startProgram(["demo", "--serve", configPath, ...args]);
  const ended = untilEnd(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (chunk) => String(chunk).includes(configPath) && resolve());
    ended.then((run) => reject(new Error(`demo ended: ${run.stderr}`)), reject);
  });
  return {
    configPath,
    async variant(name, edit) {
      const path = join(folder, name);
      await writeFile(path, edit(await readFile(configPath, "utf8")));
      return path;
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
