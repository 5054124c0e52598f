import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { demoFleetFile } from "../../src/demo/demo-fleet-file.ts";
import { type OpenDemo, openDemo } from "../../src/demo/open-demo.ts";
import { openShell, type PtyShell } from "../support/pty-shell.ts";

let demo: OpenDemo | undefined;
let folder: string;
let config: string;

beforeEach(async () => {
  await demo?.close();
  const options = { nodes: 6, masters: 3, version: "2.6.12", seed: 1, speed: 1, hasIncident: false } as const;
  demo = await openDemo({ ...options, isConsoleLocal: true }, () => undefined);
  folder = await mkdtemp(join(tmpdir(), "k3s-lb-acting-"));
  config = join(folder, "fleet.yaml");
  const password = join(folder, "password");
  await writeFile(password, demo.password, { mode: 0o600 });
  await writeFile(config, demoFleetFile(demo.fleet, demo.endpoints, password));
  return () => rm(folder, { recursive: true, force: true });
});

afterAll(() => demo?.close());

async function openTop(args = ""): Promise<PtyShell> {
  const shell = openShell({ env: { XDG_STATE_HOME: folder } });
  shell.run(`--config ${config} top ${args}`);
  await shell.sees("6/6 fresh");
  return shell;
}

/** What the nodes' own pages say of a master, node by node. */
async function statesOf(master: string): Promise<readonly string[]> {
  if (demo === undefined) throw new Error("no fleet");
  const authorization = `Basic ${Buffer.from(`admin:${demo.password}`).toString("base64")}`;
  return Promise.all(
    demo.endpoints.map(async ({ address, port }) => {
      const answer = await fetch(`http://${address}:${port}/;csv`, { headers: { authorization } });
      const row = (await answer.text()).split("\n").find((line) => line.includes(`,${master},`));
      return row?.split(",")[17] ?? "absent";
    }),
  );
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
    expect(await statesOf("k8s-de1-master-2")).toEqual(["UP", "UP", "UP", "UP", "UP", "UP"]);
    shell.type("\tnew kernel\r");
    await shell.sees("> answer:");
    shell.type("y\r");
    await shell.sees(/outcome, after .*[\s\S]*verified +2 +node\[01-02\]/);
    expect(await statesOf("k8s-de1-master-2")).toEqual(["DRAIN", "DRAIN", "UP", "UP", "UP", "UP"]);
    // Behind the outcome the screen goes on: a fault that comes now is told.
    demo?.fleet.answer("k8s-de1-master-3", { kind: "refuse" });
    await shell.sees(/k8s-de1-master-3 is down on all 6 nodes[\s\S]*outcome, after/);
    shell.type("\r");
    await shell.until(() => !shell.screen().includes("outcome, after"), "the outcome is closed");
    shell.type("q");
    await shell.sees("exit-0 tty-same");
    const ledger = await readFile(join(folder, "k3s-lb", "k8s-de1", "ledger.jsonl"), "utf8");
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
    const [silent] = demo?.fleet.nodes ?? [];
    if (silent === undefined) throw new Error("no node");
    demo?.fleet.reach(silent, "silent");
    shell.type("y\r");
    await shell.sees(/verified +5[\s\S]*waiting for +1 +node01/);
    shell.type("\u0003");
    await shell.sees("Stopping");
    shell.type("\u0003");
    await shell.sees("waiting for what was sent");
    expect(shell.isAlternate()).toBe(false);
    demo?.fleet.reach(silent, "closed");
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
    expect(await statesOf("k8s-de1-master-1")).toEqual(["UP", "UP", "UP", "UP", "UP", "UP"]);
  });
});
