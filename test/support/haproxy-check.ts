import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installedHaproxy } from "./real-haproxy.ts";

/** The HAProxy that is installed, and those that K3S_LB_TEST_HAPROXIES names, with their versions as "2.6". */
export const haproxies: readonly { readonly path: string; readonly version: string }[] = [
  ...(installedHaproxy === undefined ? [] : [installedHaproxy.path]),
  ...(process.env["K3S_LB_TEST_HAPROXIES"] ?? "").split(":").filter((path) => path !== ""),
].map((path) => ({ path, version: /version (\d+\.\d+)/.exec(run(path, ["-v"]).said)?.[1] ?? "unknown" }));

/** What HAProxy has against a configuration. */
export type HaproxyVerdict = { readonly code: number | null; readonly complaints: readonly string[] };

/** Has a configuration checked by a real HAProxy: `haproxy -c`. */
export function checkConfig(path: string, text: string, env: Readonly<Record<string, string>>): HaproxyVerdict {
  const folder = mkdtempSync(join(tmpdir(), "k3s-lb-check-"));
  try {
    const file = join(folder, "haproxy.cfg");
    writeFileSync(file, text);
    const { code, said } = run(path, ["-c", "-f", file], env);
    const lines = said.split("\n").map((line) => line.replace(file, "haproxy.cfg").replace(/\(\d+\)/, ""));
    const complaints = lines.filter((line) => /^\[(?:WARNING|ALERT)\]/.test(line) && !isWeather(line));
    return { code, complaints };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What says nothing of the configuration: no state was saved yet, and, from 3.4 on, how long this machine just took for
 * the hash of a password, which on a busy one is long for any hash.
 */
function isWeather(line: string): boolean {
  return /open global server state|hash algorithm used for this password takes/.test(line);
}

function run(
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(path, args, {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "", ...env },
  });
  return { code: status, said: `${stdout}${stderr}` };
}
