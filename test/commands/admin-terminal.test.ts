import { describe, expect, it } from "vitest";
import { adminFleet } from "../support/admin-fleet.ts";
import { openShell } from "../support/pty-shell.ts";

const fleet = adminFleet("--nodes", "3");
const { shown } = fleet;
const up = { node01: "UP", node02: "UP", node03: "UP" };
const drained = { node01: "DRAIN", node02: "DRAIN", node03: "DRAIN" };

/** A person in front of a terminal who runs a command on the fleet. */
function run(words: string) {
  const shell = openShell({ columns: 100, rows: 40, env: fleet.env() });
  shell.run(`${words} --config ${fleet.demo().configPath}`);
  return shell;
}

describe("an action in a terminal", () => {
  it("shows the plan, asks, and goes on after y", async () => {
    const shell = run("drain 2");
    await shell.sees(
      /USABLE LEFT[\s\S]*DRAIN k8s-de1-master-2 on 3 nodes, .*leaves 2 of 3 everywhere\. Go on\? \[y\/N\]/,
    );
    expect(await shown("master-2")).toEqual(up);
    shell.type("y\r");
    await shell.sees(/done and proved on all 3 nodes[\s\S]*exit-0 tty-same/);
    expect(await shown("master-2")).toEqual(drained);
  });

  it("sends nothing after Enter alone, which is No", async () => {
    const shell = run("drain 2");
    await shell.sees("[y/N]");
    shell.type("\r");
    await shell.sees(/not confirmed, nothing was sent\.[\s\S]*exit-2 tty-same/);
    expect(await shown("master-2")).toEqual(up);
  });

  it("sends nothing after Ctrl-C, and exits 130", async () => {
    const shell = run("drain 2");
    await shell.sees("[y/N]");
    shell.type("\u0003");
    await shell.sees(/interrupted, nothing was sent\.[\s\S]*exit-130 tty-same/);
    expect(await shown("master-2")).toEqual(up);
  });

  it("wants the whole names of two masters typed, --yes or not", async () => {
    const shell = run("drain 1 2 --yes");
    await shell.sees("Type k8s-de1-master-1 to go on:");
    shell.type("k8s-de1-master-1\r");
    await shell.sees("Type k8s-de1-master-2 to go on:");
    shell.type("k8s-de1-master-2\r");
    await shell.sees(/done and proved on all 6 server lines[\s\S]*exit-0 tty-same/);
    expect(await shown("master-1")).toEqual(drained);
  });

  it("sends nothing after another word than the name", async () => {
    const shell = run("drain 1 2");
    await shell.sees("Type k8s-de1-master-1 to go on:");
    shell.type("y\r");
    await shell.sees(/not confirmed, nothing was sent\.[\s\S]*exit-2/);
    expect(await shown("master-1")).toEqual(up);
  });

  it("shows how far waiting is on a line that vanishes, and Ctrl-C ends the wait and not what was done", async () => {
    const shell = run("drain 2 --yes --wait");
    await shell.sees(/^\[-{16}\] 0\/3 nodes, sessions \d+→\d+: node01 \d/m);
    shell.type("\u0003");
    await shell.sees(/Waiting was interrupted: 3 nodes[\s\S]*exit-130 tty-same/);
    expect(shell.screen()).not.toContain("[----");
    expect(await shown("master-2")).toEqual(drained);
  });
});
