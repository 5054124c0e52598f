import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoProcess, startDemo } from "../support/demo-process.ts";
import { programPath, runProgram, startProgram, untilEnd } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";

let demo: DemoProcess;
beforeAll(async () => {
  demo = await startDemo(["--nodes", "2", "--no-incident"]);
});
afterAll(() => demo.stop());

/** The parts of the one file that a run compiled: each leaves its code in an empty cache. Source: .ci/launcher.cjs. */
async function partsLoadedBy(...args: readonly string[]): Promise<readonly string[]> {
  const cache = await tempDir();
  await mkdir(`${cache}/k3s-lb`, { mode: 0o700 });
  await runProgram(args, { env: { XDG_CACHE_HOME: cache, K3S_LB_CONFIG: demo.configPath } });
  const files = await readdir(`${cache}/k3s-lb`);
  return files.map((file) => /(main|tools|ink|undici|yaml)(-\w+)?$/.exec(file)?.[1] ?? file).sort();
}

describe("k3s-lb", () => {
  it.each([
    [["--version"], ["main"]],
    [["--help"], ["main"]],
    [["help", "status"], ["main"]],
    [["schema", "status"], ["main"]],
    [["man"], ["main", "tools"]],
    [
      ["completion", "zsh", "--", "drain", ""],
      ["main", "tools", "yaml"],
    ],
    [
      ["generate", "rbac"],
      ["main", "tools", "yaml"],
    ],
    [
      ["status", "-o", "json"],
      ["main", "undici", "yaml"],
    ],
  ])("loads for %j no more than %j: never Ink, React or Yoga", async (args, parts) => {
    expect(await partsLoadedBy(...args)).toEqual(parts);
  });

  it("prints its version", async () => {
    expect(await runProgram(["--version"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  it("groups its commands in the help, with examples and exit codes", async () => {
    const { code, stdout, stderr } = await runProgram(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/See the fleet:\n {2}(top|status) /);
    for (const word of ["The fleet file:", "Examples:", "Exit codes:"]) expect(stdout).toContain(word);
    expect(stdout).toMatch(/^[\x20-\x7e\n]+$/);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(94);
  });

  it.each(["top", "status", "generate", "lint", "doctor", "demo", "config", "schema", "man", "completion"])(
    "has help for %s in plain ASCII",
    async (verb) => {
      const [long, word] = await Promise.all([runProgram([verb, "--help"]), runProgram(["help", verb])]);
      expect(long).toMatchObject({ code: 0, stderr: "" });
      expect(long.stdout).toMatch(new RegExp(`^Usage: k3s-lb ${verb} [\\x20-\\x7e\n]+$`));
      expect(word).toEqual(long);
    },
  );

  it("shows the help on stderr and exits 2 when called with nothing", async () => {
    const { code, stdout, stderr } = await runProgram([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Usage: k3s-lb [options] <command>");
  });

  it.each([
    [["statsu"], "k3s-lb: unknown command 'statsu'\n(Did you mean status?)"],
    [["--verison"], "k3s-lb: unknown option '--verison'\n(Did you mean --version?)"],
    [["schema", "fleets"], "'fleets' is invalid"],
  ])("exits 2 for %j, with the nearest right word", async (args, words) => {
    const { code, stdout, stderr } = await runProgram(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(words);
  });

  it.each([[["--help"]], [["schema"]], [["status", "-o", "wide"]]])(
    "ends quietly when nobody reads the output of %j",
    async (args) => {
      const child = startProgram(args, { env: { K3S_LB_CONFIG: demo.configPath } });
      child.stdout?.destroy();
      expect(await untilEnd(child)).toMatchObject({ signal: null, code: 0, stderr: "" });
    },
  );

  it.skipIf(!existsSync("/dev/full"))("says in a sentence that the output cannot be written", async () => {
    const run = (...args: string[]) => {
      const words = [programPath, ...args, "--config", demo.configPath];
      const full = openSync("/dev/full", "w");
      const { status, stderr } = spawnSync(process.execPath, words, { stdio: ["ignore", full, "pipe"] });
      closeSync(full);
      return { status, said: String(stderr) };
    };
    const said = "k3s-lb: cannot write the output: no space left on device\n";
    expect(run("schema")).toEqual({ status: 1, said });
    expect(run("status")).toEqual({ status: 3, said });
  });
});
