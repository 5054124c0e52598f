import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const isInstalled = spawnSync("promtool", ["--version"]).status === 0;

/**
 * Whether tests against promtool have to be skipped. Says so aloud; with CI=true a missing promtool is a failure, as
 * nobody would read the skip there.
 */
export function skipsPromtool(): boolean {
  if (isInstalled) return false;
  if (process.env["CI"] === "true") throw new Error("promtool is not installed, and CI must not skip its tests");
  console.warn("SKIPPED: promtool is not installed, so nothing checks the rules in this run");
  return true;
}

/** What promtool says to a file among these, which lie in one folder as they are laid out by their paths. */
export async function promtool(
  words: readonly string[],
  files: readonly { readonly path: string; readonly text: string }[],
  file: string,
): Promise<{ readonly status: number | null; readonly said: string }> {
  const folder = await mkdtemp(join(tmpdir(), "k3s-lb-promtool-"));
  for (const { path, text } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const run = spawnSync("promtool", [...words, join(folder, file)], { encoding: "utf8" });
  await rm(folder, { recursive: true, force: true });
  return { status: run.status, said: `${run.stdout}${run.stderr}`.replaceAll(`${folder}/`, "") };
}
