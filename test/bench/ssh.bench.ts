import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createSshRoute } from "../../src/io/admin-ssh.ts";
import { createLoginPlaces } from "../../src/io/ssh-pool.ts";
import { skipsNamespaces } from "../support/netns.ts";
import { readerOf } from "../support/reading.ts";
import { type SshNode, startSshNode } from "../support/ssh-node.ts";
import { type BenchLine, median, printBench } from "./bench-table.ts";

// 50 nodes by ssh, through one sshd with the default MaxStartups: both ends of every login load this machine. The floor
// is what a shell loop would do with as many logins at once: pipe a POST into `ssh -W` and look at nothing.

const count = Number(process.env["NODES"] ?? 50);
const rounds = Number(process.env["ROUNDS"] ?? 3);
const env = { PATH: process.env["PATH"] };

async function drainAll(there: SshNode, sshConfig: string): Promise<{ ms: number; processes: number }> {
  const nodes = Array.from({ length: count }, (_, i) => there.node({ sshConfig }, `node${i}`));
  const reader = await readerOf(...nodes);
  const route = createSshRoute(reader, { env, places: createLoginPlaces() });
  let processes = 0;
  const sampler = setInterval(() => {
    processes = Math.max(processes, sshProcesses());
  }, 50);
  const startMs = performance.now();
  const order = { backend: "k8s-de1-kube-api", server: "m1", action: "drain" } as const;
  const replies = await Promise.all(
    nodes.map((node) => route.send(node, { ...order, node: node.name }, performance.now() + 10_000)),
  );
  const ms = performance.now() - startMs;
  clearInterval(sampler);
  await route.close();
  await reader.close();
  const failed = replies.filter((reply) => reply.kind !== "answered" || reply.st !== "DONE");
  if (failed.length > 0) throw new Error(`${failed.length} of ${count} failed: ${JSON.stringify(failed[0])}`);
  return { ms, processes };
}

/** The request in a file, as somebody in a hurry would have it. */
async function writeRequest(there: SshNode): Promise<string> {
  const path = join(there.folder, "request");
  const { stats } = there.node();
  const password = stats.password?.kind === "literal" ? stats.password.value : "";
  const body = "s=m1&action=drain&b=k8s-de1-kube-api";
  const head = [
    "POST / HTTP/1.1",
    "Host: lb",
    `Authorization: Basic ${Buffer.from(`${stats.username}:${password}`).toString("base64")}`,
    `Content-Length: ${body.length}`,
    "Connection: close",
  ];
  await writeFile(path, `${head.join("\r\n")}\r\n\r\n${body}`, { mode: 0o600 });
  return path;
}

function shellLoop(there: SshNode, sshConfig: string, request: string): Promise<number> {
  const startMs = performance.now();
  const line = `ssh -F ${sshConfig} -o BatchMode=yes -W 127.0.0.1:1936 ${there.address} < ${request}`;
  const words = ["-P", "8", "-n", "1", "sh", "-c", line];
  const child = spawn("xargs", words, { env, stdio: ["pipe", "ignore", "inherit"] });
  child.stdin.end("x\n".repeat(count));
  return new Promise((resolve, reject) => {
    child.once("exit", (code) =>
      code === 0 ? resolve(performance.now() - startMs) : reject(new Error(`xargs ended with ${code}`)),
    );
  });
}

function sshProcesses(): number {
  return readdirSync("/proc").filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/comm`, "utf8") === "ssh\n";
    } catch {
      return false;
    }
  }).length;
}

if (!skipsNamespaces()) {
  const there = await startSshNode({ maxStartups: "10:30:100" });
  try {
    const plain = join(there.folder, "default_kex");
    const quick = await readFile(there.sshConfig, "utf8");
    await writeFile(plain, quick.replace(/^\s*KexAlgorithms.*$/m, ""));
    const request = await writeRequest(there);
    const lines: BenchLine[] = [];
    for (const [name, config] of [
      ["ssh's default key exchange", plain],
      ["curve25519-sha256 in the user's ssh config", there.sshConfig],
    ] as const) {
      const floors: number[] = [];
      const ours: { ms: number; processes: number }[] = [];
      for (let round = 0; round < rounds; round += 1) {
        floors.push(await shellLoop(there, config, request));
        ours.push(await drainAll(there, config));
      }
      const floor = median(floors);
      const ms = median(ours.map((one) => one.ms));
      const most = Math.max(...ours.map(({ processes }) => processes));
      lines.push(
        { what: `${count} times ssh -W < POST, 8 at once, unread: ${name}`, value: `${Math.round(floor)} ms` },
        {
          what: `${count} orders by the ssh route, page read first`,
          value: `${Math.round(ms)} ms`,
          ratio: `${(ms / floor).toFixed(2)} ×`,
          target: "≤ 1.2 × the shell loop",
          met: ms <= 1.2 * floor,
        },
        { what: "ssh processes at once, at most", value: String(most), target: `≤ ${count}`, met: most <= count },
      );
    }
    printBench(`orders over ssh, ${count} nodes behind one sshd`, lines);
  } finally {
    await there.stop();
  }
}
