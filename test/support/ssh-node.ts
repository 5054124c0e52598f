import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultAdminSettings } from "../../src/domain/admin-settings.ts";
import type { AdminSettings, FleetNode } from "../../src/domain/inventory.ts";
import { makeCertificate } from "./certificates.ts";
import { createNamespace } from "./netns.ts";
import { localNode } from "./reading.ts";
import { installedHaproxy } from "./real-haproxy.ts";

/**
 * A node as the sample has it, in a network of its own: HAProxy takes orders from its loopback only, and an sshd lets in
 * who has the key. m1 and m2 are not checked, m3 is DOWN.
 */
export type SshNode = {
  readonly folder: string;
  readonly here: string;
  readonly address: string;
  readonly sshConfig: string;
  readonly knownHosts: string;
  node(admin?: Partial<AdminSettings>, name?: string): FleetNode;
  stop(): Promise<void>;
};

export type SshNodeSettings = {
  readonly maxStartups?: string;
  readonly sshd?: string;
  readonly socketLevel?: "operator" | "admin";
  readonly isMasterWorker?: boolean;
  /** The stats page by https, with a certificate for the node's address (\`ca.crt\` in the folder). */
  readonly isTls?: boolean;
};

const port = 1936;
const password = "of-the-tests";

export async function startSshNode(settings: SshNodeSettings = {}): Promise<SshNode> {
  const folder = await mkdtemp(join(tmpdir(), "k3s-lb-ssh-"));
  const file = (name: string) => join(folder, name);
  const space = createNamespace();
  const children: ChildProcess[] = [];
  const said: string[] = [];
  const start = (...words: readonly string[]) => {
    const child = spawn(...(space.command(...words) as [string, string[]]), { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => said.push(String(bytes)));
    children.push(child);
  };
  for (const name of ["host", "user"]) {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file(name)]);
  }
  const hostKey = await readFile(file("host.pub"), "utf8");
  await writeFile(file("authorized"), await readFile(file("user.pub")));
  await writeFile(file("known_hosts"), `${space.there} ${hostKey}`);
  await writeFile(file("ssh_config"), sshConfig(file("user"), file("known_hosts")));
  await writeFile(file("sshd_config"), sshdConfig(space.there, folder, settings));
  const { cert, key } = makeCertificate(folder, "ca", { names: `IP:${space.there}` });
  await writeFile(file("stats.pem"), Buffer.concat([cert, key]));
  await writeFile(file("haproxy.cfg"), haproxyConfig(folder, settings));
  await mkdir("/run/sshd", { recursive: true });
  start("/usr/sbin/sshd", "-D", "-e", "-f", file("sshd_config"));
  const mode = settings.isMasterWorker ? ["-W", "-S", file("master.sock")] : ["-db"];
  start(installedHaproxy?.path ?? "haproxy", ...mode, "-f", file("haproxy.cfg"));
  const stop = async () => {
    for (const child of children) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      if (child.exitCode === null && child.signalCode === null && child.kill("SIGTERM")) await gone;
    }
    space.remove();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all([answers(space.there, 22), answers(space.there, port)]);
    if (settings.isMasterWorker) await waitFor(() => existsSync(file("master.sock")));
  } catch (error) {
    await stop();
    throw new Error(`the node did not come up: ${said.join("")}`, { cause: error });
  }
  return {
    folder,
    here: space.here,
    address: space.there,
    sshConfig: file("ssh_config"),
    knownHosts: file("known_hosts"),
    node: (admin, name) => ({
      ...localNode(port, { password: { kind: "literal", value: password } }, { address: space.there }),
      ...(name === undefined ? {} : { name }),
      admin: {
        ...defaultAdminSettings,
        sshConfig: file("ssh_config"),
        socket: file("admin.sock"),
        masterSocket: file("master.sock"),
        ...admin,
      },
    }),
    stop,
  };
}

function sshConfig(key: string, knownHosts: string): string {
  return `Host *
  User root
  IdentityFile ${key}
  IdentitiesOnly yes
  UserKnownHostsFile ${knownHosts}
  GlobalKnownHostsFile /dev/null
  KexAlgorithms curve25519-sha256
`;
}

function sshdConfig(address: string, folder: string, { maxStartups = "100", sshd = "" }: SshNodeSettings): string {
  return `Port 22
ListenAddress ${address}
HostKey ${join(folder, "host")}
AuthorizedKeysFile ${join(folder, "authorized")}
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups ${maxStartups}
${sshd}
`;
}

function haproxyConfig(folder: string, { socketLevel = "operator", isTls }: SshNodeSettings): string {
  return `global
  stats socket ${join(folder, "admin.sock")} level ${socketLevel}
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 50s
  timeout server 50s
listen stats
  bind 0.0.0.0:${port}${isTls ? ` ssl crt ${join(folder, "stats.pem")}` : ""}
  stats enable
  stats uri /
  stats admin if LOCALHOST
  stats auth admin:${password}
backend k8s-de1-kube-api
  mode tcp
  server m1 127.0.0.1:11
  server m2 127.0.0.1:12
  server m3 127.0.0.1:13 check inter 200 rise 2 fall 1
`;
}

async function answers(address: string, atPort: number): Promise<void> {
  const attempt = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(atPort, address, () => {
        socket.destroy();
        resolve(true);
      });
      socket.on("error", () => resolve(false));
    });
  const endMs = Date.now() + 10_000;
  while (!(await attempt())) {
    if (Date.now() > endMs) throw new Error(`nobody listens on ${address}:${atPort}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function waitFor(isSo: () => boolean): Promise<void> {
  const endMs = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > endMs) throw new Error("it did not come to that");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
