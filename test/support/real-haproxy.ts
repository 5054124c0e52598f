import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real HAProxy with the sample's configuration on ports of its own. */
export type RealHaproxy = {
  readonly statsPort: number;
  readonly frontendPort: number;
  readonly password: string;
  /** Stops the process and starts a new one in its place. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * `adminRule` replaces the sample's LOCALHOST, as every address of loopback is local to HAProxy. Checks run twice a
 * second, to spare the tests half of the waiting.
 */
export type RealHaproxySettings = {
  readonly masterPorts: readonly number[];
  readonly adminRule?: "LOCALHOST" | "FALSE";
  /** Another user in front of the sample's, which then keeps the sample's password: "user" has the one of the tests. */
  readonly user?: string;
};

const password = "a-password-of-the-tests";

/** Where this machine keeps HAProxy, and its version; `undefined` where there is none. */
export const installedHaproxy: { readonly path: string; readonly version: string } | undefined = find();

/**
 * Whether tests against the real one have to be skipped. Says so aloud; with CI=true a missing HAProxy is a failure,
 * as nobody would read the skip there.
 */
export function skipsRealHaproxy(): boolean {
  if (installedHaproxy !== undefined) return false;
  if (process.env["CI"] === "true") throw new Error("haproxy is not installed, and CI must not skip its tests");
  console.warn("SKIPPED: haproxy is not installed, so nothing holds the embedded one to the real one in this run");
  return true;
}

/** Starts one in the foreground and waits until its stats answer. Needs no root. */
export async function startRealHaproxy(settings: RealHaproxySettings): Promise<RealHaproxy> {
  if (installedHaproxy === undefined) throw new Error("haproxy is not installed");
  const { path } = installedHaproxy;
  const folder = await mkdtemp(join(tmpdir(), "k3s-lb-haproxy-"));
  const [statsPort = 0, frontendPort = 0] = await freePorts(2);
  const file = join(folder, "haproxy.cfg");
  await writeFile(file, await sampleConfig(settings, folder, statsPort, frontendPort), { mode: 0o600 });
  let child = await launchHaproxy(path, file, statsPort);
  return {
    statsPort,
    frontendPort,
    password,
    async restart() {
      await endHaproxy(child);
      child = await launchHaproxy(path, file, statsPort);
    },
    async stop() {
      await endHaproxy(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The sample as the role renders it, but for what belongs to a machine: ports, paths, user, logs. */
async function sampleConfig(
  settings: RealHaproxySettings,
  folder: string,
  statsPort: number,
  frontendPort: number,
): Promise<string> {
  const sample = await readFile(new URL("../fixtures/sample-rendered.cfg", import.meta.url), "utf8");
  return sample
    .split("\n")
    .filter((line) => !/^\s+(?:log \/dev|user|group|daemon|ca-base|crt-base)\b/.test(line))
    .filter((line) => !/^\s+errorfile\b/.test(line))
    .join("\n")
    .replace("/run/haproxy/admin.sock", join(folder, "admin.sock"))
    .replace("0.0.0.0:1936", `127.0.0.1:${statsPort}`)
    .replace("127.0.0.1:16443", `127.0.0.1:${frontendPort}`)
    .replace(/^( +stats auth )(.*)$/m, (line, words) =>
      settings.user === undefined
        ? line.replace("yoursupersecretpassword", password)
        : `${words}${settings.user}:${password}\n${line}`,
    )
    .replace("inter 1000", "inter 500")
    .replace("stats admin if LOCALHOST", `stats admin if ${settings.adminRule ?? "LOCALHOST"}`)
    .replace(/master-(\d+):6443/g, (_, number) => `127.0.0.1:${settings.masterPorts[Number(number) - 1]}`);
}

/** Starts one with this file in the foreground, and waits until it takes connections on that port of loopback. */
export async function launchHaproxy(path: string, file: string, port: number): Promise<ChildProcess> {
  const child = spawn(path, ["-db", "-f", file], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-4000);
  });
  const deadlineMs = Date.now() + 10_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadlineMs) {
      await endHaproxy(child);
      throw new Error(`haproxy did not come up:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child;
}

/** Ends one and waits until it is gone. */
export async function endHaproxy(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await gone;
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

/** Ports of loopback that nobody has at the moment. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function find(): { readonly path: string; readonly version: string } | undefined {
  const candidates = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/usr/local/sbin"];
  const path = candidates.map((folder) => join(folder, "haproxy")).find((candidate) => existsSync(candidate));
  if (path === undefined) return undefined;
  const [, version = "unknown"] = /version (\S+)/.exec(execFileSync(path, ["-v"], { encoding: "utf8" })) ?? [];
  return { path, version };
}
