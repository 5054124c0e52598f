import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { NodeReader, ReadResult } from "../../src/app/reader.ts";
import { watchStatus } from "../../src/commands/status-run.ts";
import type { Fleet } from "../../src/domain/inventory.ts";
import { openLedger } from "../../src/io/ledger-file.ts";
import { openStateFolder } from "../../src/io/state-folder.ts";
import { createFakeShell } from "../support/fake-shell.ts";
import { fleetOf } from "../support/fleet.ts";
import { createHandClock, type HandClock } from "../support/hand-clock.ts";
import { aBegun } from "../support/ledger.ts";
import { rowsOf, type Said } from "../support/scene.ts";
import { tempDir } from "../support/temp-dir.ts";

const fleet = fleetOf({ nodes: 4 });

/** A reader whose nodes answer after `delayMs`, each saying the same of its masters; "dead" takes its whole time limit. */
function readerOf(
  of: Fleet,
  clock: HandClock,
  says: (node: string, poll: number) => ((master: number) => Said) | "dead",
  delayMs = 10,
): NodeReader & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    read(node) {
      const poll = asked.filter((name) => name === node.name).length;
      asked.push(node.name);
      const said = says(node.name, poll);
      const result: ReadResult =
        said === "dead"
          ? { ok: false, failure: { kind: "timeout", detail: "no answer", statusCode: undefined } }
          : { ok: true, page: { source: "stats", rows: rowsOf(of, said) }, process: undefined };
      return new Promise((resolve) => {
        clock.after(said === "dead" ? node.poll.timeoutMs : delayMs, () => resolve(result));
      });
    },
    identify: async () => ({ version: "2.6.12", nodeName: undefined, startedAtSeconds: 1 }),
    close: async () => {
      asked.push("closed");
    },
  };
}

const allUp = () => () => "UP";

async function run(
  options: Parameters<typeof watchStatus>[2],
  says: Parameters<typeof readerOf>[2] = allUp,
  shell = createFakeShell(),
) {
  const clock = createHandClock();
  const reader = readerOf(fleet, clock, says);
  let isOver = false;
  const ended = watchStatus(shell.shell, fleet, options, async () => ({ reader, clock })).finally(() => {
    isOver = true;
  });
  ended.catch(() => {});
  // Time stands still while formats are loaded and texts are written, which takes turns of the event loop.
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    if (reader.asked.length > 0) await clock.advance(10);
  }
  return { exitCode: await ended, out: shell.out(), err: shell.err(), asked: reader.asked };
}

describe("watchStatus", () => {
  it.each([
    ["OK", allUp, 0],
    ["WARNING", () => (master: number) => (master === 2 ? "DOWN" : "UP"), 1],
    ["CRITICAL", () => () => "DOWN", 2],
    ["UNKNOWN", () => "dead" as const, 3],
  ])("ends with the exit code of %s", async (severity, says, exitCode) => {
    const result = await run({ output: "json" }, says);
    expect(JSON.parse(result.out)).toMatchObject({ apiVersion: "k3s-lb/v1", kind: "FleetStatus", severity });
    expect(result).toMatchObject({ exitCode, err: "" });
  });

  it("keeps the first answers fresh while it waits for the last", async () => {
    const says = (node: string) => (node === "node04" ? ("dead" as const) : () => "UP");
    const { out } = await run({ output: "json", timeoutMs: 10_000 }, says);
    const { at, nodes } = JSON.parse(out);
    expect(nodes.map(({ state, ageMs }: Record<string, unknown>) => [state, ageMs])).toEqual([
      ["fresh", 9990],
      ["fresh", 9990],
      ["fresh", 9990],
      ["timeout", null],
    ]);
    expect(at).toBe(new Date(1_700_000_010_000).toISOString());
  });

  it("holds the fleet beside the ledger, and goes on without one that cannot be read", async () => {
    const env = { XDG_STATE_HOME: await tempDir() };
    const path = join(await openStateFolder(env, "k8s-de1"), "ledger.jsonl");
    await openLedger(path).append([aBegun({ at: "2023-11-14T00:00:00.000Z" })]);
    const { out, exitCode } = await run({ output: "json" }, allUp, createFakeShell({ env }));
    expect(JSON.parse(out).masters[1]).toMatchObject({ verdict: "drift", drift: ["node01"], intent: { user: "ops" } });
    expect(exitCode).toBe(1);
    await rm(path);
    await mkdir(path);
    const without = await run({ output: "json" }, allUp, createFakeShell({ env }));
    expect(without).toMatchObject({ exitCode: 0, err: expect.stringContaining("warning: the ledger") });
  });

  it("asks only the nodes that are wanted, and judges only the masters that are named", async () => {
    const says = () => (master: number) => (master === 2 ? "DOWN" : "UP");
    const { asked, out, exitCode } = await run({ output: "name", nodes: ["node[01:02]"], masters: ["1", "3"] }, says);
    expect(asked).toEqual(["node01", "node02", "closed"]);
    expect({ out, exitCode }).toEqual({ out: "master-1\nmaster-3\n", exitCode: 0 });
  });

  it("judges by another backend when asked", async () => {
    const { out, exitCode } = await run({ output: "json", backend: "elsewhere" });
    expect(exitCode).toBe(2);
    expect(JSON.parse(out).problems[0]).toMatchObject({ kind: "no-master-usable" });
  });

  it("refuses names that the fleet does not have, with the nearest", async () => {
    await expect(run({ masters: ["mastr-2"] })).rejects.toThrow('did you mean "master-2"?');
    await expect(run({ nodes: ["nope"] })).rejects.toThrow("fits none of the 4 nodes");
  });

  it("prints one line per sweep with watch, and ends quietly with its last severity when nobody reads", async () => {
    const says = (_: string, poll: number) => (master: number) => (master === 2 && poll > 1 ? "DOWN" : "UP");
    const shell = createFakeShell({ closesAfter: 3 });
    const { exitCode, out, asked } = await run({ output: "jsonl", watch: { intervalMs: 5000 } }, says, shell);
    const lines = out.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).severity)).toEqual(["OK", "OK", "WARNING"]);
    expect(lines.map((line) => JSON.parse(line).at.slice(17, 19))).toEqual(["20", "25", "30"]);
    expect(asked).toHaveLength(4 * 4 + 1);
    expect(exitCode).toBe(1);
  });

  it("puts the time above every table of a watch", async () => {
    const shell = createFakeShell({ closesAfter: 2 });
    const { out } = await run({ watch: { intervalMs: undefined } }, allUp, shell);
    expect(out.match(/^2023-11-14T22:13:2\d\.\d{3}Z\nOK {2}k8s-de1: /gm)).toHaveLength(2);
  });

  it("takes the width, the colour and the marks of the terminal", async () => {
    const says = (node: string) => (master: number) => (master === 2 && node !== "node01" ? "DOWN" : "UP");
    const utf8 = createFakeShell({ stdout: { columns: 70 }, env: { LANG: "C.UTF-8", TERM: "xterm" } });
    const { out } = await run({}, says, utf8);
    expect(out).toContain("\u001b[33mWARNING\u001b[0m");
    expect(out).toContain("  → ");
    const lines = out.replace(/\u001b\[[\d;]*m/g, "").split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(70);
    const piped = await run({}, says, createFakeShell({ env: { TERM: "xterm" } }));
    expect(piped.out).toMatch(/^[\x20-\x7e\n]+$/);
    const plain = await run({ color: false }, says, createFakeShell({ stdout: { columns: 70 } }));
    expect(plain.out).not.toContain("\u001b");
  });

  it("says on a terminal whom it waits for once it takes long, and takes the line back", async () => {
    const says = (node: string) => (node === "node04" ? ("dead" as const) : () => "UP");
    const shell = createFakeShell({ stderr: { columns: 80 } });
    const { err } = await run({ output: "json", timeoutMs: 3000 }, says, shell);
    expect(err).toContain("waiting for 1 of 4 nodes (node04), 2s ");
    expect(err.endsWith("\r\u001b[K")).toBe(true);
    expect((await run({ output: "json" }, allUp, createFakeShell({ stderr: { columns: 80 } }))).err).toBe("");
    const dumb = createFakeShell({ stderr: { columns: 80 }, env: { TERM: "dumb" } });
    expect((await run({ output: "json", timeoutMs: 3000 }, says, dumb)).err).toBe("");
  });
});
