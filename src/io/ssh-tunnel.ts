import { type FSWatcher, watch } from "node:fs";
import { access, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sshTarget } from "../domain/describe-reply.ts";
import { failureDetails, networkFailure, type PollFailure } from "../domain/failure.ts";
import type { FleetNode } from "../domain/inventory.ts";
import type { Held } from "./ssh-pool.ts";
import { type SshProcess, sshOptions, startSsh } from "./ssh-process.ts";

/** Where a node's two sockets are to be had on this machine. */
export type SocketPaths = { readonly stats: string; readonly master: string };

/** The node's sockets, forwarded by one ssh process into a folder that only this user may enter. */
export type SshTunnel = Held & {
  readonly paths: SocketPaths;
  /** Resolves to why the sockets are not there, or to `undefined` when they are. Units: `withinMs`. */
  ready(withinMs: number): Promise<PollFailure | undefined>;
};

/**
 * `ssh -N` does not look at its stdin, so it would go on when this console is killed. A shell around it watches stdin
 * instead, and ends ssh when that closes; it kills nothing but its own children, while it still waits for them. The
 * folder goes with it, as nobody else may be left to remove it.
 */
const keeper = `folder=$1; shift
ssh "$@" </dev/null & ssh=$!
exec 3<&0
(read -r _ <&3; kill -TERM $$) & watch=$!
trap 'kill $ssh 2>/dev/null' TERM
wait $ssh; code=$?
wait $ssh
kill $watch 2>/dev/null
rm -rf -- "$folder"
exit $code`;

/**
 * Starts the forwarding. The last of three sockets to appear says that the others listen.
 * Errors: the system's own, where there is no room for the folder or no process to be had; nothing is left then.
 */
export async function openSshTunnel(
  node: FleetNode,
  withinMs: number,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SshTunnel> {
  const folder = await mkdtemp(join(tmpdir(), "k3s-lb-"));
  const at = (name: string) => join(folder, name);
  const forward = (name: string, path: string) => ["-L", `${at(name)}:${path}`];
  const { socket, masterSocket } = node.admin;
  const forwards = [...forward("stats", socket), ...forward("master", masterSocket), ...forward("last", socket)];
  const settings = ["-N", "-o", "ExitOnForwardFailure=yes", "-o", "ControlPath=none"];
  const args = [
    "-c",
    keeper,
    "sh",
    folder,
    ...sshOptions(node, withinMs),
    ...settings,
    ...forwards,
    "--",
    sshTarget(node),
  ];
  const { watcher, ssh } = await beginIn(folder, () => startSsh("sh", args, env, node));
  const ended = ssh.ended.then(async () => {
    watcher.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    paths: { stats: at("stats"), master: at("master") },
    ended,
    problem: ssh.problem,
    async end(isLate) {
      await ssh.end(isLate);
      await ended;
    },
    ready: (limitMs) =>
      new Promise((resolve) => {
        const look = () =>
          access(at("last")).then(
            () => finish(undefined),
            () => undefined,
          );
        const timer = setTimeout(
          () => finish(networkFailure("timeout", failureDetails.connectTimeout)),
          Math.max(0, limitMs),
        );
        const finish = (failure: PollFailure | undefined) => {
          clearTimeout(timer);
          watcher.off("change", look);
          resolve(failure);
        };
        watcher.on("change", look);
        watcher.on("error", look);
        void ended.then(() => finish(networkFailure("unreachable", failureDetails.closed)));
        void look();
      }),
  };
}

/** Watches the folder and starts what fills it. Errors: the system's own; the folder is gone then. */
async function beginIn(folder: string, start: () => SshProcess) {
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(folder);
    return { watcher, ssh: start() };
  } catch (error) {
    watcher?.close();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
