import type { ChildProcess } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { statusAnswer } from "../../src/demo/health-check.ts";
import type { OpenDemo } from "../../src/demo/open-demo.ts";
import { type DemoStage, openDemoStage } from "../support/demo-stage.ts";
import { runProgram, startProgram, untilEnd } from "../support/program.ts";
import { openShell } from "../support/pty-shell.ts";

let stage: DemoStage;
let demo: OpenDemo;
let folder: string;
let config: string;

beforeAll(async () => {
  stage = await openDemoStage();
  ({ demo, folder, config } = stage);
});

afterAll(() => stage.close());

/** Resolves when the program has said it. */
function says(child: ChildProcess, wanted: RegExp): Promise<void> {
  let text = "";
  return new Promise((resolve) => {
    child.stdout?.on("data", (chunk) => {
      text += String(chunk);
      if (wanted.test(text)) resolve();
    });
  });
}

/** A settings file of this text, as the environment names it. */
async function settings(text: string): Promise<Record<string, string>> {
  const file = join(folder, `top-${text.length}.yaml`);
  await writeFile(file, text);
  return { K3S_LB_TOP_CONFIG: file };
}

describe("top --plain", () => {
  it("prints what is true, then what changes, without a terminal and without an escape", async () => {
    const child = startProgram(["--config", config, "top", "--plain"], { env: { TERM: "dumb" } });
    const ended = untilEnd(child);
    await says(child, /Master k8s-de1-master-3: up on all 6 nodes/);
    const down = says(child, /WARNING: k8s-de1-master-2 is down on all 6 nodes: connection refused\. What to do: /);
    demo.fleet.answer("k8s-de1-master-2", { kind: "refuse" });
    await down;
    demo.fleet.answer("k8s-de1-master-2", statusAnswer(401));
    await says(child, /OK: all 3 masters up on all 6 nodes/);
    child.kill("SIGINT");
    const { code, stderr, stdout } = await ended;
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^Polling 6 nodes of k8s-de1\. Times are UTC\. Ctrl-C ends it\.\n\d\d:\d\d:\d\d OK, cluster/,
    );
    expect(stdout).toMatch(/\d k8s-de1-master-2 UP to DOWN on 6 nodes \(node\[01-06\]\): connection refused\n/);
    expect(stdout.replaceAll("\n", "")).toMatch(/^[\x20-\x7e]*$/);
  }, 60_000);

  it("ends as a signal says, and where nobody reads any more", async () => {
    const child = startProgram(["--config", config, "top", "--plain"]);
    const ended = untilEnd(child);
    await says(child, /Master/);
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 143, stderr: "" });
    const left = startProgram(["--config", config, "top", "--plain"]);
    const over = untilEnd(left);
    left.stdout?.destroy();
    expect(await over).toMatchObject({ code: 0, stderr: "" });
  });

  it("is what the settings say too, and then draws nothing on a terminal either", async () => {
    const shell = openShell({ columns: 120, env: { ...(await settings("plain: true\n")) } });
    let bytes = "";
    shell.pty.onData((chunk) => {
      bytes += chunk;
    });
    shell.run(`--config ${config} top`);
    await shell.sees("Master k8s-de1-master-3");
    expect(bytes).not.toMatch(/\u001b\[\?1049h|\u001b\[\d*;\d*H/);
    shell.type("\u0003");
    await shell.sees("exit-0 tty-same");
  });
});

describe("top with a person's settings", () => {
  it("obeys their keys and names them", async () => {
    const env = await settings("theme: light\nascii: true\nkeys: { leave: [x], help: [F, '?'] }\n");
    const shell = openShell({ env });
    shell.run(`--config ${config} top`);
    await shell.sees("F help  x quit");
    expect(shell.screen()).not.toMatch(/[^\x00-\x7f]/);
    shell.type("F\u0004");
    await shell.sees("F, ?");
    shell.type("xx");
    await shell.sees("exit-0 tty-same");
  });

  it("refuses mistakes with their place, and gives the terminal back", async () => {
    const shell = openShell({ columns: 120, env: await settings("keys: { freeze: [j] }\n") });
    shell.run(`--config ${config} top`);
    await shell.sees(":1:18: j is down already, in a table");
    await shell.sees("exit-2 tty-same");
    expect(shell.isAlternate()).toBe(false);
    const named = { K3S_LB_TOP_CONFIG: "/no/such/file" };
    const { stderr } = await runProgram(["--config", config, "top", "--interval", "5s"], { env: named });
    expect(stderr).toContain("/no/such/file (K3S_LB_TOP_CONFIG): there is no such file");
  });
});
