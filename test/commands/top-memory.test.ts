import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openTopMemory, recallTop } from "../../src/commands/top-memory.ts";
import { createFakeShell } from "../support/fake-shell.ts";
import { openShell } from "../support/pty-shell.ts";
import { tempDir } from "../support/temp-dir.ts";
import { isRestored, setTopStage } from "../support/top-stage.ts";

describe("top in a terminal", () => {
  it("shows the columns and the order of the last time", { timeout: 60_000 }, async () => {
    const stage = await setTopStage();
    const first = await stage.openTop(100, 30);
    first.type("\u001b[Zf");
    await first.sees("columns of the masters");
    first.type("\u001b[B".repeat(9));
    await first.sees(/>. +SHARE/);
    first.type(" ");
    await first.sees(/>\* SHARE .*chosen/);
    first.type("\r");
    await first.sees(/MASTER.*SESS +SHARE/);
    first.type("\tR");
    await first.sees(/NODE▴/);
    first.type("q");
    await isRestored(first);

    const second = await stage.openTop(100, 30);
    await second.sees(/MASTER.*SESS +SHARE[\s\S]*NODE▴[\s\S]*node06[\s\S]*node01/);
    second.type("\u001b[Zf\u001b[F\r");
    await second.sees(/MASTER.*SESS CHECK/);
    second.type("q");
    await isRestored(second);
    expect(JSON.parse(await readFile(join(stage.folder, "k3s-lb", "top.json"), "utf8"))).toEqual({
      columns: { masters: {} },
      sort: { nodes: { column: "node", reverse: true } },
    });
  });

  it("says once, when it is left, that nothing can be remembered", { timeout: 60_000 }, async () => {
    const stage = await setTopStage();
    await mkdir(join(stage.folder, "k3s-lb", "top.json"), { recursive: true });
    const shell = openShell({ env: { XDG_STATE_HOME: stage.folder } });
    shell.run(`--config ${stage.config} top`);
    await shell.sees("6/6 fresh");
    shell.type("m");
    await shell.sees("time of the last check");
    shell.type("q");
    await shell.sees("what was chosen is not remembered: ");
    await isRestored(shell);
    expect(shell.screen().match(/not remembered/g)).toHaveLength(1);
  });
});

describe("openTopMemory", () => {
  it("finds what was kept earlier in the same run", async () => {
    const { shell } = createFakeShell({ env: { XDG_STATE_HOME: await tempDir() } });
    const memory = openTopMemory(shell);
    memory.keep({ group: "site" });
    memory.keep({ matrix: "check" });
    expect(memory.recalled).toMatchObject({ group: "site", matrix: "check" });
    expect(await memory.end()).toEqual([]);
    expect(recallTop(shell)).toMatchObject({ group: "site", matrix: "check" });
  });

  it("leaves to another top what that one changed", async () => {
    const { shell } = createFakeShell({ env: { XDG_STATE_HOME: await tempDir() } });
    const [one, other] = [openTopMemory(shell), openTopMemory(shell)];
    one.keep({ columns: { masters: { share: true } } });
    other.keep({ columns: { nodes: { poll: true } }, group: "site" });
    await Promise.all([one.end(), other.end()]);
    expect(recallTop(shell)).toMatchObject({
      columns: { masters: { share: true }, nodes: { poll: true } },
      group: "site",
    });
  });

  it("outlives nothing without a home, and hurts nobody with a broken file", async () => {
    const homeless = openTopMemory(createFakeShell({ env: {} }).shell);
    homeless.keep({ group: "site" });
    expect([homeless.recalled.group, await homeless.end()]).toEqual(["site", []]);
    const home = await tempDir();
    await mkdir(join(home, "k3s-lb"));
    await writeFile(join(home, "k3s-lb", "top.json"), '{"group":');
    expect(recallTop(createFakeShell({ env: { XDG_STATE_HOME: home } }).shell).group).toBeUndefined();
  });
});
