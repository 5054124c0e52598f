import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../src/cli.ts";
import { createFakeShell } from "../support/fake-shell.ts";
import { runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const fleetFile = `
cluster: k8s-de1
masters: [{ name: "k8s-de1-master-[1:2]", address: "master-[1:2]:6443" }]
nodes:
  - { name: "node[01:02]", address: "10.8.0.[11:12]", labels: { site: a } }
  - { name: edge-1, address: edge-1.vpn, labels: { site: b } }
stats: { password: { command: [touch, asked] } }
`;

async function home(text: string = fleetFile): Promise<string> {
  const folder = await tempDir();
  await writeFile(join(folder, "k3s-lb.yaml"), text);
  return folder;
}

/** What these words, typed in zsh, may become; the last of them is at the cursor. */
async function completed(
  words: readonly string[],
  cwd = "/",
  { shell = "zsh", env = {} }: { shell?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<readonly string[]> {
  const run = await runCli(["completion", shell, "--", ...words], { cwd, env });
  expect(run).toMatchObject({ code: 0, stderr: "" });
  const [kind = "", ...lines] = run.stdout.trimEnd().split("\n");
  return kind === "words" ? lines.map((line) => line.split("\t")[0] ?? "") : [`(${kind})`];
}

describe("completion", () => {
  it.each([
    [["dra"], ["drain"]],
    [
      ["config", ""],
      ["validate", "view", "path", "help"],
    ],
    [
      ["help", "s"],
      ["status", "schema"],
    ],
    [["man", "und"], []],
    [["man", "dr"], ["drain"]],
    [["schema", "f"], ["fleet"]],
    [
      ["generate", "haproxy", "--sec"],
      ["--sections", "--secrets"],
    ],
    [
      ["generate", "haproxy", "--secrets", ""],
      ["env", "hash"],
    ],
    [
      ["--theme", "d"],
      ["dark", "deuteranopia"],
    ],
    [["status", "--theme=l"], ["light"]],
    [
      ["status", "-o", "json"],
      ["json", "jsonl"],
    ],
    [
      ["drain", "-o", ""],
      ["table", "json", "jsonl"],
    ],
    [
      ["watch", "-o", ""],
      ["text", "jsonl"],
    ],
    [
      ["history", "-o", ""],
      ["table", "json", "jsonl"],
    ],
    [
      ["drain", "--via", ""],
      ["auto", "http", "ssh", "socket"],
    ],
    [["status", "-o"], ["-o"]],
    [["status", "-o", "json", "--no-h"], ["--no-headers"]],
    [["top", "--interval", ""], []],
    [["top", ""], []],
    [["top", "--read-only="], []],
    [["--config", ""], ["(files)"]],
    [["drain", "--config="], ["(files)"]],
    [["lint", "a.cfg", ""], ["(files)"]],
    [["generate", "all", "-O", ""], ["(folders)"]],
    [["generate", "all", "--diff", ""], ["(files)"]],
    [["init", "--from-kubeconfig", ""], ["(files)"]],
    [["init", "--from-kubeconfig", "--for"], ["--force"]],
    [["drain", "--", "--dry"], []],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
    [["nonsense", ""], []],
  ])("makes of %j %j", async (words, candidates) => {
    expect(await completed(words)).toEqual(candidates);
  });

  it("knows the masters and nodes of the fleet file", async () => {
    const cwd = await home();
    const masters = ["k8s-de1-master-1", "k8s-de1-master-2"];
    expect(await completed(["drain", ""], cwd)).toEqual(masters);
    expect(await completed(["drain", "k8s-de1-master-1", ""], cwd)).toEqual(["k8s-de1-master-2"]);
    expect(await completed(["drain", "mas"], cwd)).toEqual(["master-1", "master-2"]);
    expect(await completed(["drain", "--force-last", "k"], cwd)).toEqual(masters);
    expect(await completed(["history", "--master="], cwd)).toEqual(masters);
    expect(await completed(["top", "--node", ""], cwd)).toEqual(["node01", "node02", "edge-1", "@site=a", "@site=b"]);
    expect(await completed(["top", "--node", "node01,!n"], cwd)).toEqual(["node01,!node01", "node01,!node02"]);
    expect(await completed(["top", "--node=@"], cwd)).toEqual(["@site=a", "@site=b"]);
    expect(await completed(["generate", "haproxy", "--node", ""], cwd)).toEqual(["node01", "node02", "edge-1"]);
  });

  it("looks into the fleet file that the line names", async () => {
    const cwd = await home();
    await writeFile(join(cwd, "other.yaml"), "masters: [{ name: m1 }]\nnodes: [{ name: n1, address: 10.0.0.1 }]\n");
    for (const words of [
      ["--config", "other.yaml", "drain"],
      ["drain", "--config=other.yaml"],
    ]) {
      expect(await completed([...words, ""], cwd)).toEqual(["m1"]);
    }
  });

  it("knows the clusters by their names, and looks into the fleet file of the one in the line", async () => {
    const cwd = await home();
    await mkdir(join(cwd, "k3s-lb", "clusters"), { recursive: true });
    const file = join(cwd, "k3s-lb", "clusters", "fr1.yaml");
    await writeFile(file, "masters: [{ name: m1 }]\nnodes: [{ name: n1, address: 10.0.0.1 }]\n");
    const env = { XDG_CONFIG_HOME: cwd };
    expect(await completed(["--cluster", ""], cwd, { env })).toEqual(["fr1"]);
    expect(await completed(["--cluster", "fr1", "drain", ""], cwd, { env })).toEqual(["m1"]);
    expect(await completed(["drain", "--cluster=fr1", ""], cwd, { env })).toEqual(["m1"]);
    expect(await completed(["drain", "--cluster=de1", ""], cwd, { env })).toEqual([]);
    expect(await completed(["init", "--cluster", ""], cwd, { env })).toEqual([]);
  });

  it("leaves to bash what bash has set aside", async () => {
    const cwd = await home();
    const line = async (text: string) => completed([text], cwd, { shell: "bash" });
    expect(await line("k3s-lb --theme=l")).toEqual(["light"]);
    expect(await line("k3s-lb top --node @site=")).toEqual(["a", "b"]);
    expect(await line("k3s-lb top --node=@site=")).toEqual(["a", "b"]);
    expect(await line("k3s-lb top --node @si")).toEqual(["@site=a", "@site=b"]);
    expect(await line("k3s-lb top --node=e")).toEqual(["edge-1"]);
  });

  it("reads no password", async () => {
    const cwd = await home();
    await completed(["drain", ""], cwd);
    expect(existsSync(join(cwd, "asked"))).toBe(false);
  });

  it.each([
    ["is broken", "nodes: [\n"],
    ["has mistakes", "masters: 1\n"],
  ])("completes nothing, and says nothing, where the fleet file %s", async (_, text) => {
    expect(await completed(["drain", ""], await home(text))).toEqual([]);
  });

  it("completes nothing, and says nothing, where there is no fleet file", async () => {
    expect(await completed(["drain", ""], await tempDir())).toEqual([]);
    expect(await completed(["--config", "gone.yaml", "drain", ""], await tempDir())).toEqual([]);
  });

  it("offers of every command the flags that its help shows, and those of the program", async () => {
    const flagsOf = (command: Command) =>
      command
        .createHelp()
        .visibleOptions(command)
        .flatMap(({ long }) => long ?? []);
    const visit = async (command: Command, words: readonly string[]): Promise<void> => {
      const own = [...flagsOf(command), "--config", "--cluster", "--no-color", "--theme", "--debug"];
      expect((await completed([...words, "-"])).toSorted(), words.join(" ")).toEqual([...new Set(own)].toSorted());
      for (const below of command.commands) await visit(below, [...words, below.name()]);
    };
    for (const command of createProgram(createFakeShell().shell).commands) await visit(command, [command.name()]);
  });

  it("tells what each candidate is", async () => {
    const { stdout } = await runCli(["completion", "fish", "--", "drain", "--node", "e"], { cwd: await home() });
    expect(stdout).toBe("words\nedge-1\tedge-1.vpn\n");
  });
});
