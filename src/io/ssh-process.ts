import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import process from "node:process";
import { sshTarget } from "../domain/describe-reply.ts";
import type { FleetNode } from "../domain/inventory.ts";
import { explainNoSsh, explainSsh, type SshProblem } from "../domain/ssh-failure.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** One running ssh. `ended` resolves when it is gone; `problem` says then what was wrong. */
export type SshProcess = {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<void>;
  problem(): SshProblem;
  /** Ends it, by force where it does not go. `isLate`: because its time was over. */
  end(isLate?: boolean): Promise<void>;
};

const saidLimit = 8_192;
/** Without stdin it goes by itself, once it has said what was wrong. */
const politeMs = 300;
const forceMs = 1_000;
/** A helper of ssh may hold its stderr open after it has ended. */
const lastWordsMs = 200;

/** The options that hold for every ssh: nothing asks, nothing stays, and the user's own configuration does the rest. */
export function sshOptions(node: FleetNode, withinMs: number): readonly string[] {
  const config = node.admin.sshConfig === undefined ? [] : ["-F", node.admin.sshConfig];
  const seconds = Math.max(1, Math.ceil(withinMs / 1000));
  const settings = ["BatchMode=yes", `ConnectTimeout=${seconds}`, "ControlMaster=no", "LogLevel=INFO"];
  return [...config, "-T", ...settings.flatMap((setting) => ["-o", setting])];
}

/**
 * Starts a program that is ssh, or that starts it, for one node.
 * It has a process group of its own, so that Ctrl-C at the console stops what was not sent and breaks nothing that was;
 * and its stdin is ours, so that it ends with this console however that ends.
 * Errors: EMFILE, where this process has no file descriptors left for it.
 */
export function startSsh(program: string, args: readonly string[], env: Env, node: FleetNode): SshProcess {
  const child = spawn(program, [...args], { env: { ...env }, stdio: "pipe", detached: true });
  let said = Buffer.alloc(0);
  let code: string | undefined;
  let isLate = false;
  child.on("error", () => undefined);
  // With no descriptor left there are no pipes either, whatever the type says, and nothing runs.
  if (!hasPipes(child)) throw Object.assign(new Error("no file descriptors left"), { code: "EMFILE" });
  child.stderr.on("data", (bytes: Buffer) => {
    said = Buffer.concat([said, bytes]).subarray(-saidLimit);
  });
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on("error", () => undefined);
  const ended = new Promise<void>((resolve) => {
    const finish = () => {
      const last = setTimeout(done, lastWordsMs);
      child.stderr.once("close", done);
      function done() {
        clearTimeout(last);
        child.stdin.destroy();
        child.stdout.destroy();
        child.stderr.destroy();
        resolve();
      }
      if (child.stderr.destroyed) done();
    };
    child.once("error", (error: NodeJS.ErrnoException) => {
      code = error.code ?? "unknown error";
      finish();
    });
    child.once("exit", finish);
  });
  return {
    child,
    ended,
    problem() {
      if (code !== undefined) return explainNoSsh(code);
      const end = { exitCode: child.exitCode ?? undefined, said: said.toString("utf8"), isLate };
      return explainSsh(end, sshTarget(node), node.admin.sshConfig);
    },
    end(late = false) {
      isLate ||= late;
      child.stdin.end();
      if (late) signal(child, "SIGTERM");
      const polite = setTimeout(() => signal(child, "SIGTERM"), politeMs);
      const force = setTimeout(() => signal(child, "SIGKILL"), politeMs + forceMs);
      return ended.finally(() => {
        clearTimeout(polite);
        clearTimeout(force);
      });
    },
  };
}

function hasPipes({ stderr }: { readonly stderr: unknown }): boolean {
  return stderr !== undefined && stderr !== null;
}

/** To the whole group: ssh has helpers (ProxyJump, ProxyCommand). */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // It has just ended.
  }
}
