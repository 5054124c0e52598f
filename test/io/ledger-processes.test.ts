import { type ChildProcess, spawn } from "node:child_process";
import { readlink, rm, symlink } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { openLedger } from "../../src/io/ledger-file.ts";
import { aStep } from "../support/ledger.ts";
import { untilEnd } from "../support/program.ts";
import { readLedger } from "../support/read-ledger.ts";
import { tempDir } from "../support/temp-dir.ts";

const writer = fileURLToPath(new URL("../support/ledger-writer.ts", import.meta.url));
const newPath = async () => join(await tempDir(), "ledger.jsonl");

function startWriter(path: string, id: string, lines: number): ChildProcess {
  return spawn(process.execPath, [writer, path, id, String(lines)], { stdio: ["ignore", "pipe", "inherit"] });
}

describe("several consoles at one ledger", () => {
  it("lose none of two times 200 lines written at once", { timeout: 60_000 }, async () => {
    const path = await newPath();
    const runs = await Promise.all(["a", "b"].map((id) => untilEnd(startWriter(path, id, 200))));
    expect(runs.map(({ code, stdout }) => [code, stdout])).toEqual([
      [0, "ready\n"],
      [0, "ready\n"],
    ]);
    const { entries, damaged } = await readLedger(path);
    const countOf = (id: string) =>
      entries.flatMap((entry) => (entry.kind === "step" && entry.id === id ? entry.ms : []));
    const all = Array.from({ length: 200 }, (_, ms) => ms);
    expect({ damaged, a: countOf("a"), b: countOf("b") }).toEqual({ damaged: 0, a: all, b: all });
  });

  it("go on after one was killed in the middle of writing", { timeout: 60_000 }, async () => {
    const path = await newPath();
    for (let round = 0; round < 5; round++) {
      const child = startWriter(path, `killed${round}`, 1_000_000);
      const ended = untilEnd(child);
      // Killed when lines are in the file, so at some point of lock, write and release; a different one each time.
      for (;;) {
        const { entries } = await readLedger(path);
        if (entries.some(({ id }) => id === `killed${round}`)) break;
      }
      child.kill("SIGKILL");
      expect((await ended).signal).toBe("SIGKILL");
      await openLedger(path).append([aStep({ id: `after${round}` })]);
    }
    const { entries } = await readLedger(path);
    expect(entries.filter(({ id }) => id.startsWith("after")).map(({ id }) => id)).toEqual(
      Array.from({ length: 5 }, (_, round) => `after${round}`),
    );
    for (let round = 0; round < 5; round++) {
      const written = entries.flatMap((entry) =>
        entry.kind === "step" && entry.id === `killed${round}` ? entry.ms : [],
      );
      expect(written).toEqual(Array.from({ length: written.length }, (_, ms) => ms));
    }
  });

  it("take the lock of a process that is gone, also when its number lives on", async () => {
    const path = await newPath();
    const child = startWriter(`${path}.other`, "x", 1);
    await untilEnd(child);
    await symlink(`${child.pid}:1:abcd:${hostname()}`, `${path}.lock`);
    await openLedger(path).append([aStep()]);
    await symlink(`${process.pid}:1:abcd:${hostname()}`, `${path}.lock`);
    await openLedger(path).append([aStep({ ms: 2 })]);
    expect((await readLedger(path)).entries).toEqual([aStep(), aStep({ ms: 2 })]);
  });

  it("are told who holds the lock when it is not let go, and take it when it is", async () => {
    const path = await newPath();
    await symlink("4711:99:abcd:another.host", `${path}.lock`);
    await expect(openLedger(path).append([aStep()])).rejects.toMatchObject({
      name: "UserError",
      message: "another k3s-lb (process 4711 on another.host) is writing to the ledger and does not end",
      hint: expect.stringContaining(`rm ${path}.lock`),
    });
    expect(await readlink(`${path}.lock`)).toBe("4711:99:abcd:another.host");
    const waiting = openLedger(path).append([aStep()]);
    await rm(`${path}.lock`);
    await waiting;
    expect((await readLedger(path)).entries).toEqual([aStep()]);
  });
});
