import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { type DemoStage, openDemoStage } from "../support/demo-stage.ts";
import { openShell, type PtyShell } from "../support/pty-shell.ts";

let stage: DemoStage;

beforeEach(async () => {
  stage = await openDemoStage();
  return () => stage.close();
});

async function openTop(args = ""): Promise<PtyShell> {
  const shell = openShell({ env: { XDG_STATE_HOME: stage.folder } });
  shell.run(`--config ${stage.config} top ${args}`);
  await shell.sees("6/6 fresh");
  return shell;
}

describe("acting inside top", () => {
  it("drains a master on the marked nodes only, proved, while polling goes on", async () => {
    const shell = await openTop();
    shell.type(":arm\r");
    await shell.sees(/ARMED [45]:/);
    shell.type("  ");
    await shell.sees("2 nodes marked");
    shell.type("a");
    await shell.sees("actions");
    shell.type("\r");
    await shell.sees("which masters?");
    shell.type("j\r");
    await shell.sees(/DRAIN k8s-de1-master-2 on 2 nodes.*leaves 2 of 3/);
    expect(await stage.statesOf("k8s-de1-master-2")).toEqual(["UP", "UP", "UP", "UP", "UP", "UP"]);
    shell.type("\tnew kernel\r");
    await shell.sees("> answer:");
    shell.type("y\r");
    await shell.sees(/outcome, after .*[\s\S]*verified +2 +node\[01-02\]/);
    expect(await stage.statesOf("k8s-de1-master-2")).toEqual(["DRAIN", "DRAIN", "UP", "UP", "UP", "UP"]);
    // Behind the outcome the screen goes on: a fault that comes now is told.
    stage.demo.fleet.answer("k8s-de1-master-3", { kind: "refuse" });
    await shell.sees(/k8s-de1-master-3 is down on all 6 nodes[\s\S]*outcome, after/);
    shell.type("\r");
    await shell.until(() => !shell.screen().includes("outcome, after"), "the outcome is closed");
    shell.type("q");
    await shell.sees("exit-0 tty-same");
    const ledger = await readFile(join(stage.folder, "k3s-lb", "k8s-de1", "ledger.jsonl"), "utf8");
    expect(
      ledger
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { kind: "begun", action: "drain", masters: ["k8s-de1-master-2"], reason: "new kernel" },
      { kind: "step", outcome: "verified", after: "DRAIN" },
      { kind: "step", outcome: "verified", after: "DRAIN" },
      { kind: "ended" },
    ]);
  });

  it("leaves on a second Ctrl-C, and tells what came of what was sent", async () => {
    const shell = await openTop();
    shell.type(":arm 1h\r");
    await shell.sees("ARMED");
    shell.type("\u001b[Zja");
    await shell.sees("Enter chooses");
    shell.type("\r");
    await shell.sees(/DRAIN k8s-de1-master-2 on 6 nodes/);
    const [silent] = stage.demo.fleet.nodes;
    if (silent === undefined) throw new Error("no node");
    stage.demo.fleet.reach(silent, "silent");
    shell.type("y\r");
    await shell.sees(/verified +5[\s\S]*waiting for +1 +node01/);
    shell.type("\u0003");
    await shell.sees("Stopping");
    shell.type("\u0003");
    await shell.sees("waiting for what was sent");
    expect(shell.isAlternate()).toBe(false);
    stage.demo.fleet.reach(silent, "closed");
    await shell.sees(/verified 5, (unknown|unreached) 1\s+All of it: k3s-lb history \S+/);
    await shell.sees("exit-0 tty-same");
  });

  it("cannot act by any key where it is read-only", async () => {
    const shell = await openTop("--read-only");
    shell.type(":arm\r");
    await shell.sees("Read-only: nothing can be changed from here.");
    shell.type("\u001b[Z");
    shell.type("a\r");
    await shell.sees("k8s-de1 › k8s-de1-master-1");
    shell.type("\u0003");
    await shell.sees("exit-0 tty-same");
    expect(await stage.statesOf("k8s-de1-master-1")).toEqual(["UP", "UP", "UP", "UP", "UP", "UP"]);
  });
});
