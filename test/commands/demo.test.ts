import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { encodeEntry } from "../../src/domain/ledger-lines.ts";
import { aBegun, aStep } from "../support/ledger.ts";
import { type ProgramRun, programPath, runProgram, startProgram, untilEnd } from "../support/program.ts";
import { exchange } from "../support/raw-http.ts";
import { tempDir } from "../support/temp-dir.ts";

describe("k3s-lb demo", () => {
  it("prints one status of its fleet where there is no terminal, and exits by its code", async () => {
    const run = await runProgram(["demo", "--no-incident"]);
    expect(run.stdout).toMatch(/^OK {2}k8s-de1: all 3 masters up on all 12 nodes\n/);
    expect(run).toMatchObject({ code: 0, stderr: "" });
  });

  it("has as many nodes and masters as asked for", async () => {
    const run = await runProgram(["demo", "--no-incident", "--nodes", "3", "--masters", "2"]);
    expect(run.stdout).toMatch(/all 2 masters up on all 3 nodes/);
  });

  it("knows nothing of the ledger of a cluster of its name, and leaves no folder of its own", async () => {
    const [state, temp] = [await tempDir(), await tempDir()];
    const ledger = join(state, "k3s-lb", "k8s-de1", "ledger.jsonl");
    await mkdir(dirname(ledger), { recursive: true });
    const server = "k8s-de1-master-2";
    const orders = [{ node: "node01", backend: "k8s-de1-kube-api", server, before: "UP" }];
    const entries = [aBegun({ masters: [server], orders }), aStep({ server })];
    const drained = entries.map((entry) => `${encodeEntry(entry)}\n`).join("");
    await writeFile(ledger, drained);
    const env = { XDG_STATE_HOME: state, TMPDIR: temp };
    const run = await runProgram(["demo", "--no-incident"], { env });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect([await readFile(ledger, "utf8"), await readdir(temp)]).toEqual([drained, []]);
  });

  it("prints the dashboard of its fleet as lines with --plain, also without a terminal, until it is told to end", async () => {
    const child = startProgram(["demo", "--no-incident", "--nodes", "2", "--plain"]);
    const ended = untilEnd(child);
    let text = "";
    child.stdout?.on("data", (chunk) => {
      text += String(chunk);
    });
    await expect.poll(() => text, { timeout: 10_000 }).toContain("Master k8s-de1-master-3: up on all 2 nodes");
    child.kill("SIGINT");
    const run = await ended;
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(/^Polling 2 nodes of k8s-de1\. /);
    expect(run.stdout).not.toContain("\u001b");
  });

  it("says what to do where the system allows too few open files", async () => {
    const command = `ulimit -n 100 && exec "$0" "$1" demo --serve --nodes 500`;
    const child = spawn("sh", ["-c", command, process.execPath, programPath], { stdio: ["ignore", "pipe", "pipe"] });
    const run = await untilEnd(child);
    expect(run.stderr).toContain("500 nodes need more open files than may be opened here");
    expect(run.stderr).toContain("ulimit -n 1700");
    expect(run).toMatchObject({ code: 2, stdout: "" });
  });

  it.each([
    [["--nodes", "0"], "A whole number from 1 to 5000"],
    [["--nodes", "many"], "A whole number from 1 to 5000"],
    [["--speed", "0"], "A number above 0"],
    [["--haproxy-version", "2.2"], "2.4.0, 2.6.12, 2.8.0, 3.0.0, 3.5-dev5"],
  ])("says what %j takes", async (flags, text) => {
    const run = await runProgram(["demo", ...flags]);
    expect(run.stderr).toContain(text);
    expect(run.code).toBe(2);
  });
});

describe("k3s-lb demo --serve", () => {
  it("prints the path of a fleet file that the other commands take, and cleans up at the end", async () => {
    const demo = await serve(["--no-incident"]);
    const password = (await readFile(demo.passwordPath, "utf8")).trim();
    expect((await stat(demo.passwordPath)).mode & 0o777).toBe(0o600);
    const status = await runProgram(["--config", demo.path, "status", "-o", "wide"]);
    expect(status.code).toBe(0);
    const run = await demo.stop();
    expect(run.code).toBe(0);
    expect(run.stdout).toBe(`${demo.path}\n`);
    expect(run.stderr).toContain(`k3s-lb --config ${demo.path} status`);
    expect(run.stdout + run.stderr + status.stdout + status.stderr).not.toContain(password);
    await expect(access(dirname(demo.path))).rejects.toThrow();
  });

  it("writes the fleet file where it is told and takes it away, over an earlier demo's but over nothing else", async () => {
    const folder = await tempDir();
    const path = join(folder, "k3s-lb.yaml");
    const first = await serve([path, "--no-incident"]);
    expect(first.path).toBe(path);
    const left = await readFile(path, "utf8");
    await first.stop();
    await expect(access(path)).rejects.toThrow();
    await writeFile(path, left);
    const second = await serve([path, "--no-incident"]);
    expect(await readFile(path, "utf8")).not.toBe(left);
    await second.stop();
    await writeFile(path, "cluster: mine\n");
    const run = await runProgram(["demo", "--serve", path]);
    expect(run.stderr).toContain(`${path} is there already and is not a demo's fleet file`);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(await readFile(path, "utf8")).toBe("cluster: mine\n");
  });

  it("tells each step of the incident", async () => {
    const demo = await serve(["--speed", "50", "--nodes", "4"]);
    await expect.poll(() => demo.said(), { timeout: 10_000 }).toContain("is drained everywhere");
    const { stderr } = await demo.stop();
    const steps = ["answers its checks with 500", "is gone", "is back", "loses its path", "reaches", "is drained"];
    const places = steps.map((text) => stderr.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it.each([
    [[], "/;st=NONE"],
    [["--remote"], "/;st=DENY"],
  ])("with %j answers an admin's empty form with %s", async (flags, location) => {
    const demo = await serve(["--no-incident", "--nodes", "1", ...flags]);
    const password = (await readFile(demo.passwordPath, "utf8")).trim();
    const [, port] = /port: (\d+)/.exec(await readFile(demo.path, "utf8")) ?? [];
    const [, address = ""] = /address: ([\d.]+)/.exec(await readFile(demo.path, "utf8")) ?? [];
    const { text } = await exchange(
      { host: address, port: Number(port) },
      `POST / HTTP/1.1\r\nHost: node\r\nAuthorization: Basic ${btoa(`admin:${password}`)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    );
    expect(text).toContain(`\r\nlocation: ${location}\r\n`);
    await demo.stop();
  });

  it("holds 2,000 nodes, and one status asks them all", async () => {
    const demo = await serve(["--no-incident", "--nodes", "2000"]);
    const run = await runProgram(["--config", demo.path, "status", "-o", "json"]);
    const view = JSON.parse(run.stdout) as { readonly nodes: readonly { readonly state: string }[] };
    expect(view.nodes.filter((node) => node.state === "fresh")).toHaveLength(2000);
    expect(run.code).toBe(0);
    await demo.stop();
  });
});

type Served = {
  readonly path: string;
  readonly passwordPath: string;
  said(): string;
  stop(): Promise<ProgramRun>;
};

async function serve(flags: readonly string[]): Promise<Served> {
  const child = startProgram(["demo", "--serve", ...flags]);
  const ended = untilEnd(child);
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += String(chunk);
  });
  const stop = async (): Promise<ProgramRun> => {
    child.kill("SIGTERM");
    return ended;
  };
  onTestFinished(async () => {
    await stop();
  });
  if (child.stdout === null) throw new Error("its stdout is a pipe");
  const [line] = await Promise.race([
    once(child.stdout, "data"),
    ended.then((run): never => {
      throw new Error(`demo ended: ${run.stderr}`);
    }),
  ]);
  const path = String(line).trim();
  const [, passwordPath = ""] = /file: "(.+)"/.exec(await readFile(path, "utf8")) ?? [];
  return { path, passwordPath, said: () => stderr, stop };
}
