import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/**
 * Starts a client of this folder in a process of its own, bundled as the product is: what Node needs to read TypeScript
 * (40 MB, and time) is not what is measured.
 */
export async function forkClient(file: string, args: readonly string[] = []): Promise<ChildProcess> {
  const folder = mkdtempSync(join(tmpdir(), "k3s-lb-bench-"));
  const outfile = join(folder, "client.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, file)],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node22",
    logLevel: "warning",
    banner: { js: 'import{createRequire as $cr}from"node:module";const require=$cr(import.meta.url);' },
  });
  const child = fork(outfile, args);
  child.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return child;
}
