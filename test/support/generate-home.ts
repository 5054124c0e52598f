import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CliRun, runCli } from "./run-cli.ts";
import { tempDir } from "./temp-dir.ts";

/** A folder with a fleet file, in which `generate` is called. */
export type GenerateHome = {
  readonly folder: string;
  run(...args: readonly string[]): Promise<CliRun>;
  write(file: string, text: string | Uint8Array): Promise<void>;
  read(file: string): Promise<string>;
};

/** The sample's fleet with three nodes, of HAProxy 2.6, so that nobody is asked. */
export const FLEET_FILE = `
cluster: k8s-de1
masters: [{ name: "k8s-de1-master-[1:3]", address: "master-[1:3]:6443" }]
nodes: [{ name: "node[01:03]", address: "10.8.0.[11:13]" }]
stats: { password: { env: K3S_LB_PASSWORD } }
haproxy: { version: "2.6" }
`;

export async function generateHome(
  fleetFile: string = FLEET_FILE,
  env: Readonly<Record<string, string>> = {},
): Promise<GenerateHome> {
  const folder = await tempDir();
  await writeFile(join(folder, "k3s-lb.yaml"), fleetFile);
  return {
    folder,
    run: (...args) => runCli(["generate", ...args], { cwd: folder, env: { PATH: process.env["PATH"] ?? "", ...env } }),
    write: (file, text) => writeFile(join(folder, file), text),
    read: (file) => readFile(join(folder, file), "utf8"),
  };
}
