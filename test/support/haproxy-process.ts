import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { installedHaproxy } from "./real-haproxy.ts";
import { tempDir } from "./temp-dir.ts";

/** Starts a real HAProxy with a configuration made for a free port of loopback; it ends with the test. */
export async function startHaproxy(configFor: (port: number) => Promise<string>): Promise<number> {
  const port = await freePort();
  const file = join(await tempDir(), "haproxy.cfg");
  await writeFile(file, await configFor(port), { mode: 0o600 });
  const child = spawn(installedHaproxy?.path ?? "haproxy", ["-db", "-f", file], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await gone;
  });
  let said = "";
  child.stderr.on("data", (bytes: Buffer) => {
    said += bytes.toString();
  });
  const deadlineMs = Date.now() + 10_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadlineMs) throw new Error(`haproxy did not come up:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
