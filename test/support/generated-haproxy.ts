import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { vi } from "vitest";
import type { GenerateInput } from "../../src/generate/generate-input.ts";
import { generateHaproxy } from "../../src/generate/haproxy.ts";
import { stateFile } from "../../src/generate/state-file.ts";
import { generateSystemd } from "../../src/generate/systemd.ts";
import { scriptOf } from "./drop-in.ts";
import { installedHaproxy } from "./real-haproxy.ts";

/** A real HAProxy, master and worker, with what `generate` wrote. Its admin socket and state file are in a folder. */
export type GeneratedHaproxy = {
  ask(command: string): Promise<string>;
  /** Runs the very command of the drop-in that saves the state; throws where that fails. */
  save(): void;
  /** Saves, then reloads as systemd does, and waits for the new worker. */
  reload(): Promise<void>;
  stop(): Promise<void>;
};

type Settings = { readonly folder: string; readonly env: Readonly<Record<string, string>> };

/** Whether socat is missing, which the drop-in needs. With CI=true that is a failure. */
export function skipsSocat(): boolean {
  try {
    execFileSync("socat", ["-V"], { stdio: "ignore" });
    return false;
  } catch {
    if (process.env["CI"] === "true") throw new Error("socat is not installed, and CI must not skip its tests");
    console.warn("SKIPPED: socat is not installed, so the drop-in that saves the servers' state is not run");
    return true;
  }
}

/** Starts it with the file's every line but those that belong to a machine: log, user and group, and the state's path. */
export async function startGenerated(input: GenerateInput, { folder, env }: Settings): Promise<GeneratedHaproxy> {
  const here = (text: string): string => text.replaceAll(stateFile, join(folder, "state", "servers"));
  const text = generateHaproxy(input)[0]?.text ?? "";
  const ours = text.split("\n").filter((line) => !/^ {2}(?:log \/dev|user haproxy|group haproxy|daemon)/.test(line));
  const file = join(folder, "haproxy.cfg");
  mkdirSync(join(folder, "state"));
  writeFileSync(file, here(ours.join("\n")));
  const socket = input.node?.admin.socket ?? "";
  const child = await launch(file, socket, env);
  const ask = (command: string): Promise<string> => askSocket(socket, command);
  const worker = async (): Promise<string> => /^Pid: (\d+)$/m.exec(await ask("show info"))?.[1] ?? "";
  const save = (): void => {
    const script = here(scriptOf(generateSystemd(input)[0]?.text ?? "", "ExecReload"));
    const path = process.env["PATH"] ?? "";
    execFileSync("/bin/sh", ["-c", script], { env: { PATH: path, CONFIG: file }, stdio: "pipe" });
  };
  return {
    ask,
    save,
    async reload() {
      const old = await worker();
      save();
      child.kill("SIGUSR2");
      await vi.waitFor(
        async () => {
          if ([old, ""].includes(await worker())) throw new Error("the new worker is not there yet");
        },
        { timeout: 10_000 },
      );
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
    },
  };
}

async function launch(file: string, socket: string, env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const args = ["-W", "-db", "-f", file];
  const child = spawn(installedHaproxy?.path ?? "haproxy", args, { stdio: ["ignore", "ignore", "pipe"], env });
  let said = "";
  child.stderr?.on("data", (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-4000);
  });
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) return;
      await askSocket(socket, "show info");
    },
    { timeout: 10_000 },
  );
  if (child.exitCode !== null) throw new Error(`haproxy did not come up:\n${said}`);
  return child;
}

function askSocket(path: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(path, () => socket.write(`${command}\n`));
    socket.on("data", (bytes) => {
      answer += String(bytes);
    });
    socket.on("error", reject);
    socket.on("end", () => resolve(answer));
  });
}
