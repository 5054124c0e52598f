import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoStage, openDemoStage } from "../support/demo-stage.ts";
import { runProgram } from "../support/program.ts";
import { openShell, type PtyShell } from "../support/pty-shell.ts";
import { isRestored } from "../support/top-stage.ts";

let stage: DemoStage;

beforeAll(async () => {
  stage = await openDemoStage();
});

afterAll(() => stage.close());

/** The dashboard with its data on the screen. */
async function openTop(args: string, env: Record<string, string> = {}): Promise<PtyShell> {
  const shell = openShell({ env });
  shell.run(`--config ${stage.config} top ${args}`);
  await shell.sees("6/6 fresh");
  return shell;
}

/** A settings file that wants the mouse, as the environment names it. */
async function wantsMouse(): Promise<Record<string, string>> {
  const file = join(stage.folder, "mouse.yaml");
  await writeFile(file, "mouse: true\n");
  return { K3S_LB_TOP_CONFIG: file };
}

/** A press and a release of the left button on the row of the screen on which this stands. */
function click(shell: PtyShell, text: string): void {
  const row = shell
    .screen()
    .split("\n")
    .findIndex((line) => line.includes(text));
  shell.type(`\u001b[<0;5;${row + 1}M\u001b[<0;5;${row + 1}m`);
}

describe("top --mouse", () => {
  it("goes in by clicks, moves by the wheel, and leaves the mouse to the terminal at its end", async () => {
    const shell = await openTop("--mouse");
    await shell.until(() => shell.mouse() === "vt200", "the mouse is reported");
    click(shell, "  node03");
    await shell.sees("> node03");
    click(shell, "> node03");
    await shell.sees("k8s-de1 › node03");
    shell.type("\u001b");
    await shell.sees("── masters");
    shell.type("g");
    await shell.sees("> node01");
    shell.type("\u001b[<65;5;20Mj\u001b[<64;5;20M\u001b[<65;5;20M");
    await shell.sees("> node05");
    click(shell, "NODE ");
    await shell.sees("NODE▾");
    shell.type("q");
    await isRestored(shell);
  });

  it.each([
    ["SIGINT", 0],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("leaves the mouse to the terminal on %s", async (signal, exitCode) => {
    const shell = await openTop("--mouse");
    await shell.until(() => shell.mouse() === "vt200", "the mouse is reported");
    process.kill(shell.childPid(), signal);
    await isRestored(shell, exitCode);
  });

  it("leaves the mouse to the terminal while it is stopped, by a key or from outside", async () => {
    const shell = await openTop("--mouse");
    for (const stop of [() => shell.type("\u001a"), () => process.kill(shell.childPid(), "SIGTSTP")]) {
      await shell.until(() => shell.mouse() === "vt200", "the mouse is reported");
      stop();
      await shell.sees("Stopped");
      expect(shell.mouse()).toBe("none");
      shell.type("clear; fg; ends\r");
      await shell.until(() => shell.isAlternate() && shell.screen().includes("6/6 fresh"), "the screen is back");
    }
    shell.type("q");
    await isRestored(shell);
  });

  it("is off without the flag, and takes nothing of the mouse for a key where a terminal reports it all the same", async () => {
    const shell = openShell();
    // A program that died has left it on.
    shell.type("printf '\\033[?1003;1006h'; clear\r");
    await shell.until(() => shell.mouse() === "any", "the mouse is reported");
    shell.run(`--config ${stage.config} top`);
    await shell.sees("6/6 fresh");
    expect(shell.mouse()).toBe("none");
    shell.type("\u001b[<0;5;");
    await shell.sees("> node01");
    shell.type("16M\u001b[M !-\u001b[<65;5;20M\u001b[32;5;16Mj");
    await shell.sees("> node02");
    expect(shell.screen()).toContain("all 3 masters up");
    shell.type("q");
    await isRestored(shell);
  });

  it("is what the settings say, and --no-mouse goes before them", async () => {
    const env = await wantsMouse();
    const shell = await openTop("", env);
    await shell.until(() => shell.mouse() === "vt200", "the mouse is reported");
    shell.type("q");
    await isRestored(shell);
    const without = await openTop("--no-mouse", env);
    expect(without.mouse()).toBe("none");
    without.type("q");
    await isRestored(without);
  });

  it("hears keys again after a paste that nothing ended", async () => {
    const shell = await openTop("");
    shell.type("\u001b[200~q");
    await shell.sees("Pasted text is not taken for keys.");
    shell.type("q");
    await isRestored(shell);
  });
});

describe("replay --mouse", () => {
  it("listens to it too", async () => {
    const file = join(stage.folder, "mouse.jsonl.gz");
    const run = await runProgram(["--config", stage.config, "record", file, "--for", "3s"]);
    expect(run.code).toBe(0);
    const shell = openShell();
    shell.run(`replay ${file} --mouse`);
    await shell.until(() => shell.mouse() === "vt200", "the mouse is reported");
    await shell.sees(/> node01[\s\S]*the end/); // Its rows stand still now.
    click(shell, "  node04");
    await shell.sees("> node04");
    shell.type("q");
    await isRestored(shell);
  });
});
