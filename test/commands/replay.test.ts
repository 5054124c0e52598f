import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { statusAnswer } from "../../src/demo/health-check.ts";
import type { OpenDemo } from "../../src/demo/open-demo.ts";
import { type DemoStage, openDemoStage } from "../support/demo-stage.ts";
import { runProgram, startProgram, untilEnd } from "../support/program.ts";
import { openShell, type PtyShell } from "../support/pty-shell.ts";
import { tempDir } from "../support/temp-dir.ts";

const master = "k8s-de1-master-2";
let stage: DemoStage;
let demo: OpenDemo;
let folder: string;
let config: string;

beforeAll(async () => {
  stage = await openDemoStage();
  ({ demo, folder, config } = stage);
});

afterAll(() => stage.close());

/** Runs `top`, lets a master fail and come back, does `then`, and leaves. */
async function watchFault(args: string, then: (shell: PtyShell) => Promise<void>): Promise<void> {
  const shell = openShell({ columns: 100 });
  shell.pty.write(`cd ${folder}\r`);
  shell.run(`--config ${config} top ${args}`);
  await shell.sees("all 3 masters up on all 6 nodes");
  demo.fleet.answer(master, { kind: "refuse" });
  await shell.sees(/master-2 is down on all 6 nodes: connection refused/);
  demo.fleet.answer(master, statusAnswer(401));
  await shell.sees("all 3 masters up on all 6 nodes");
  await then(shell);
  shell.type("q");
  await shell.sees("exit-0 tty-same");
}

async function replayOf(file: string, args = ""): Promise<PtyShell> {
  const shell = openShell({ columns: 100 });
  shell.run(`replay ${join(folder, file)} ${args}`);
  await shell.sees("REPLAY 20");
  return shell;
}

describe("the flight recorder", () => {
  it("shows a fault again that top recorded, by stepping from event to event", async () => {
    await watchFault("--record fault.jsonl.gz", async (shell) => {
      await shell.sees(/^REC {2}6\/6 fresh/m);
    });
    const shell = await replayOf("fault.jsonl.gz", "--speed 0.01");
    shell.type("n");
    await shell.sees(/master-2 is down on|master-2 is down/);
    await shell.sees("paused, 0.01x");
    shell.type("}");
    await shell.sees("the end");
    await shell.sees("all 3 masters up on all 6 nodes");
    shell.type("NN");
    await shell.sees(/paused[\s\S]*6\/6 fresh/);
    shell.type("e");
    await shell.sees(`${master} UP → DOWN`);
    shell.type("a");
    await shell.sees("Read-only: nothing can be changed from here.");
    shell.type("W");
    await shell.sees("this is a recording already");
    shell.type("q?");
    await shell.sees("Keys of k3s-lb top. Read-only");
    shell.type("\u0003");
    await shell.sees("exit-0 tty-same");
    expect(shell.isAlternate()).toBe(false);
  });

  it("writes what was seen in top, though nobody was recording, and says where", async () => {
    await rm(join(folder, "named.jsonl"), { force: true });
    await watchFault("", async (shell) => {
      shell.type("W");
      await shell.sees(/The last [\d.]+s \([\d.]+ k?B\) are in \//);
      shell.type(":write named.jsonl\r");
      await shell.sees(`are in ${folder}/named.jsonl`);
      shell.type(":write named.jsonl\r");
      await shell.sees(/Not written: .*named.jsonl is there already/);
    });
    const isNamedByTime = (file: string) => /^k3s-lb-k8s-de1-\d{8}T\d{6}Z\.jsonl\.gz$/.test(file);
    const named = (await readdir(folder)).filter(isNamedByTime).sort().at(-1) ?? "";
    expect((await stat(join(folder, named))).mode & 0o777).toBe(0o600);
    const text = gunzipSync(await readFile(join(folder, named))).toString();
    const again = await readFile(join(folder, "named.jsonl"), "utf8");
    const lines = text.trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(20);
    // The first line tells when it was written; polls have come since.
    expect(again.split("\n").slice(1, lines.length)).toEqual(lines.slice(1));
    expect(text).not.toContain(demo.password);
    const shell = await replayOf(named, "--speed 50");
    await shell.sees("the end");
    // From the beginning, and slowly: at fifty times its speed it would be over before anybody has looked.
    shell.type(`${"-".repeat(12)}P`);
    await shell.sees(/0\.25x 0:0[0-9]/);
    shell.type("q");
    await shell.sees("exit-0 tty-same");
  });

  it("shows who did what, from before the recording and during it", async () => {
    const env = { XDG_STATE_HOME: await tempDir() };
    const run = (args: string) => runProgram([...args.split(" "), "--config", config], { env });
    await run(`drain ${master} --yes --node !node01 --reason kernel`);
    const end = untilEnd(
      startProgram(["record", "--config", config, "--for", "4s", join(folder, "acts.jsonl")], { env }),
    );
    await run(`enable ${master} --yes`);
    expect((await end).code).toBe(0);
    const text = await readFile(join(folder, "acts.jsonl"), "utf8");
    expect(text).toMatch(/^\{"operations":\[\{"id":/m);
    const shell = await replayOf("acts.jsonl", "--speed 0.01");
    shell.type("o}");
    await shell.sees(/enable +master-2 +verified 5, unchanged 1[\s\S]* drain +master-2 +verified 5/);
    shell.type("j");
    await shell.sees(/^ {2}drain k8s-de1-master-2 by \S+@\S+: kernel/m);
    shell.type("\u0003");
    await shell.sees("exit-0 tty-same");
  });

  it("records without a screen, ends with --for, and keeps a file that is there", async () => {
    const args = ["record", "--config", config, "--for", "1500ms", join(folder, "headless.jsonl")];
    const { code, stderr, stdout } = await runProgram(args);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(
      /^k3s-lb: recording 6 nodes to .*\nk3s-lb: recorded [\d.]+s, \d+ polls, \d+ kB\n {2}See it again: /,
    );
    const again = await runProgram(args);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("is there already")]);
  });

  it("ends with a whole file on Ctrl-C", async () => {
    const path = join(folder, "interrupted.jsonl.gz");
    const child = startProgram(["record", "--config", config, path]);
    const end = untilEnd(child);
    await new Promise<void>((resolve) => child.stderr?.once("data", () => resolve()));
    child.kill("SIGINT");
    expect((await end).code).toBe(0);
    // Throws where the last member has no end.
    expect(gunzipSync(await readFile(path)).toString()).toMatch(/\n$/);
  });

  it("says in words what it cannot do", async () => {
    const without = await runProgram(["replay", join(folder, "headless.jsonl")]);
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining("replay draws on a terminal")]);
    const shell = openShell();
    shell.run(`replay ${config}`);
    await shell.sees("is no recording of k3s-lb");
    await shell.sees("exit-2 tty-same");
    const full = await runProgram(["record", "--config", config, join(folder, "none", "f.jsonl.gz")]);
    expect([full.code, full.stderr]).toEqual([2, expect.stringContaining("there is no such folder")]);
  });
});
