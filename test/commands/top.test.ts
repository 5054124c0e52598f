import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { statusAnswer } from "../../src/demo/health-check.ts";
import type { OpenDemo } from "../../src/demo/open-demo.ts";
import { type DemoStage, openDemoStage } from "../support/demo-stage.ts";
import { runProgram } from "../support/program.ts";
import { openShell, type PtyShell } from "../support/pty-shell.ts";
import { isRestored } from "../support/top-stage.ts";

let stage: DemoStage;
let demo: OpenDemo;
let config: string;

beforeAll(async () => {
  stage = await openDemoStage();
  ({ demo, config } = stage);
});

afterAll(() => stage.close());

/** The dashboard on the healthy fleet, with its data on the screen. */
async function openTop(args = "", columns = 80, rows = 24): Promise<PtyShell> {
  const shell = openShell({ columns, rows });
  shell.run(`--config ${config} top ${args}`);
  await shell.sees("6/6 fresh");
  expect(shell.isAlternate()).toBe(true);
  expect(shell.isCursorShown()).toBe(false);
  return shell;
}

describe("top in a terminal", () => {
  it("shows a fault when it happens, and its end", async () => {
    const shell = await openTop();
    await shell.sees("all 3 masters up on all 6 nodes");
    demo.fleet.answer("k8s-de1-master-2", { kind: "refuse" });
    await shell.sees(/WARNING[\s\S]*master-2 is down on all 6 nodes: connection refused/);
    demo.fleet.answer("k8s-de1-master-2", statusAnswer(401));
    await shell.sees("all 3 masters up on all 6 nodes");
    shell.type("q");
    await isRestored(shell, 0);
  });

  it("goes in and out by keys, many at once too", async () => {
    const shell = await openTop();
    shell.type("jjj\r");
    await shell.sees("k8s-de1 › node04");
    await shell.sees("answered 401");
    shell.type("\u001b");
    await shell.sees("> node04");
    shell.type("\tj\r");
    await shell.sees("k8s-de1 › k8s-de1-master-2");
    shell.type("?");
    await shell.sees("Keys of k3s-lb top");
    shell.type("q");
    await shell.sees("k8s-de1 › k8s-de1-master-2");
    shell.type("q/node0[56]\r");
    await shell.sees("/node0[56] 2 of 6");
    expect(shell.screen()).not.toContain("node01");
    shell.type("Z");
    await shell.sees("PAUSED");
    shell.type("+");
    await shell.sees("every 2s");
    shell.type("q");
    await isRestored(shell, 0);
  });

  it("loses no key that is pressed before it can draw", async () => {
    const shell = openShell();
    shell.run(`--config ${config} top`);
    shell.type("?");
    await shell.sees("Keys of k3s-lb top");
    shell.type("qq");
    await isRestored(shell, 0);
  });

  it("follows the size of the window, and says when it is too small", async () => {
    const shell = await openTop("--ascii", 60, 15);
    shell.resize(120, 30);
    await shell.sees(/REASON[\s\S]*up on all 6 nodes[\s\S]*\? help {2}q quit/);
    shell.resize(50, 10);
    await shell.sees("needs 60x15; this is 50x10");
    shell.resize(80, 24);
    await shell.sees("-- nodes");
    expect(shell.screen()).toMatch(/^[\n\x20-\x7e]*$/);
    shell.type("q");
    await isRestored(shell, 0);
  });

  it("comes back after Ctrl-Z and fg", async () => {
    const shell = await openTop();
    shell.type("\u001a");
    await shell.sees("Stopped");
    expect(shell.isAlternate()).toBe(false);
    expect(shell.isCursorShown()).toBe(true);
    shell.type('clear; [ "$(stty -g)" = "$B" ] && echo modes-\'\'same; fg\r');
    await shell.until(() => shell.isAlternate() && shell.screen().includes("6/6 fresh"), "the screen is back");
    shell.type("jj\r");
    await shell.sees("k8s-de1 › node03");
    shell.type("\u001a");
    await shell.sees("modes-same");
    shell.type("fg; ends\r");
    await shell.until(() => shell.isAlternate() && shell.screen().includes("k8s-de1 › node03"), "the screen is back");
    shell.type("\u0003");
    await isRestored(shell, 0);
  });

  it("comes back after it was stopped from outside", async () => {
    const shell = await openTop();
    process.kill(shell.childPid(), "SIGTSTP");
    await shell.sees("Stopped");
    expect(shell.isAlternate()).toBe(false);
    shell.type("fg; ends\r");
    await shell.until(() => shell.isAlternate() && shell.screen().includes("6/6 fresh"), "the screen is back");
    shell.type("q");
    await isRestored(shell, 0);
  });

  it.each([
    ["SIGINT", 0],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("leaves the terminal as it was on %s", async (signal, exitCode) => {
    const shell = await openTop();
    process.kill(shell.childPid(), signal);
    await isRestored(shell, exitCode);
  });

  it("ends with its terminal", async () => {
    const shell = await openTop();
    const pid = shell.childPid();
    shell.pty.kill("SIGKILL");
    await shell.until(() => !isAlive(pid), "the program has ended");
  });

  it("leaves the screen before it says what is wrong with the fleet file", async () => {
    const shell = openShell();
    shell.run("--config /nonexistent/fleet.yaml top");
    await isRestored(shell, 2);
    expect(shell.screen()).toContain("nonexistent/fleet.yaml");
  });

  it("draws without colour where NO_COLOR is set, also in CI", async () => {
    const shell = openShell({ env: { NO_COLOR: "1", CI: "true" } });
    let bytes = "";
    shell.pty.onData((chunk) => {
      bytes += chunk;
    });
    shell.run(`--config ${config} top`);
    await shell.sees("6/6 fresh");
    expect(bytes).not.toMatch(/\u001b\[(\d+;)*(3\d|9\d|7|2)m/);
    shell.type("q");
    await isRestored(shell, 0);
  });
});

describe("top without a terminal", () => {
  it("does not draw on one that cannot move its cursor, and demo prints a status there", async () => {
    const shell = openShell({ columns: 120, env: { TERM: "dumb" } });
    shell.run(`--config ${config} top`);
    await shell.sees("this one cannot move its cursor (TERM=dumb).");
    await isRestored(shell, 2);
    shell.run("demo --nodes 2 --no-incident");
    await shell.sees("all 2 nodes answer and agree");
    await isRestored(shell, 0);
  });

  it("names status and exits 2", async () => {
    const run = await runProgram(["--config", config, "top"]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toBe(
      "k3s-lb: top draws on a terminal, and here is none.\n  k3s-lb status prints the same truth once; top --plain prints it and what changes, line by line.\n",
    );
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
