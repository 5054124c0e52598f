import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real HAProxy with a stats socket, for hatop to look at; nothing listens where its servers are. */
export async function serveHaproxy(path: string, backends: number): Promise<{ readonly socket: string; stop(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "k3s-lb-hatop-"));
  const [socket, file] = [join(folder, "stats.sock"), join(folder, "haproxy.cfg")];
  const masters = [1, 2, 3].map((master) => `  server k8s-de1-master-${master} 127.0.0.1:${master} check inter 1s`);
  const parts = Array.from({ length: backends }, (_, at) => [`backend kube-api-${at}`, ...masters]);
  writeFileSync(
    file,
    [
      ...["global", `  stats socket ${socket} mode 600 level admin`],
      ...["defaults", "  mode tcp", "  timeout connect 1s", "  timeout client 5s", "  timeout server 5s"],
      ...parts.flat(),
      "",
    ].join("\n"),
  );
  const child: ChildProcess = spawn(path, ["-f", file, "-db"], { stdio: "ignore" });
  const ended = new Promise<never>((_, reject) => child.once("exit", (code) => reject(new Error(`haproxy: ${code}`))));
  ended.catch(() => undefined);
  while (!existsSync(socket)) await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 20))]);
  return {
    socket,
    stop() {
      child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
