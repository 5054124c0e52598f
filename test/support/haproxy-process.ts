import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { endHaproxy, freePorts, installedHaproxy, launchHaproxy } from "./real-haproxy.ts";
import { tempDir } from "./temp-dir.ts";

/** Starts a real HAProxy with a configuration made for a free port of loopback; it ends with the test. */
export async function startHaproxy(configFor: (port: number) => Promise<string>): Promise<number> {
  const [port = 0] = await freePorts(1);
  const file = join(await tempDir(), "haproxy.cfg");
  await writeFile(file, await configFor(port), { mode: 0o600 });
  const child = await launchHaproxy(installedHaproxy?.path ?? "haproxy", file, port);
  onTestFinished(() => endHaproxy(child));
  return port;
}
