import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeEntry } from "../../src/domain/ledger-lines.ts";
import { openLedger } from "../../src/io/ledger-file.ts";
import { aBegun, anEnd, aStep } from "../support/ledger.ts";
import { readLedger } from "../support/read-ledger.ts";
import { tempDir } from "../support/temp-dir.ts";

const newPath = async () => join(await tempDir(), "ledger.jsonl");

describe("openLedger", () => {
  it("keeps what is appended, in order, in a file for its user alone, and leaves no lock", async () => {
    const path = await newPath();
    const ledger = openLedger(path);
    await ledger.append([aBegun()]);
    await Promise.all([ledger.append([aStep(), aStep({ ms: 2 })]), ledger.append([aStep({ ms: 3 })])]);
    await openLedger(path).append([anEnd()]);
    const entries = [aBegun(), aStep(), aStep({ ms: 2 }), aStep({ ms: 3 }), anEnd()];
    expect(await readLedger(path)).toEqual({ entries, damaged: 0 });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(path, ".."))).toEqual(["ledger.jsonl"]);
  });

  it("makes no file by appending nothing", async () => {
    const path = await newPath();
    await openLedger(path).append([]);
    expect(await readdir(join(path, ".."))).toEqual([]);
  });

  it("shares one write between those who come while the disk is busy", async () => {
    const path = await newPath();
    const ledger = openLedger(path);
    const steps = Array.from({ length: 500 }, (_, ms) => aStep({ ms }));
    await Promise.all(steps.map((step) => ledger.append([step])));
    expect((await readLedger(path)).entries).toEqual(steps);
  });

  it("says that the folder is gone, and writes again once it is back", async () => {
    const folder = join(await tempDir(), "state");
    const ledger = openLedger(join(folder, "ledger.jsonl"));
    await expect(ledger.append([aBegun()])).rejects.toThrow(/cannot be written: its folder is gone/);
    await mkdir(folder);
    await ledger.append([aStep()]);
    expect((await readLedger(ledger.path)).entries).toEqual([aStep()]);
  });

  it("refuses what is no plain file", async () => {
    const path = await newPath();
    await symlink("/dev/null", path);
    await expect(openLedger(path).append([aStep()])).rejects.toThrow("is no plain file");
  });

  it.skipIf(process.getuid?.() === 0)("says whose right is missing", async () => {
    const path = await newPath();
    await writeFile(path, "");
    await chmod(path, 0o400);
    await expect(openLedger(path).append([aStep()])).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining("this user may not write there"),
      hint: expect.stringContaining("--no-ledger"),
    });
  });
});

describe("a ledger that was cut in the middle of a write", () => {
  const written = [aBegun({ reason: "Kühlung ❄" }), aStep(), aStep({ outcome: "denied" }), anEnd()];
  const lines = written.map((entry) => Buffer.from(`${encodeEntry(entry)}\n`));
  const whole = Buffer.concat(lines);

  /** How many lines, line end included, stand in the first `cut` bytes. */
  function linesBefore(cut: number): number {
    return lines.filter((_, i) => Buffer.concat(lines.slice(0, i + 1)).length <= cut).length;
  }

  it("reads as the whole lines before the cut, at every byte, and what is appended later is read whole", async () => {
    const path = await newPath();
    // Every byte would be a thousand writes that wait for the disk; the ends of lines are always among them.
    const ends = lines.map((_, i) => Buffer.concat(lines.slice(0, i + 1)).length);
    const cuts = fc.oneof(
      fc.nat({ max: whole.length }),
      fc.constantFrom(0, ...ends.flatMap((end) => [end - 1, end, end + 1].filter((cut) => cut <= whole.length))),
    );
    await fc.assert(
      fc.asyncProperty(cuts, async (cut) => {
        await writeFile(path, whole.subarray(0, cut));
        const before = await readLedger(path);
        expect(before).toEqual({ entries: written.slice(0, linesBefore(cut)), damaged: 0 });
        await openLedger(path).append([aStep({ id: "later" })]);
        const after = await readLedger(path);
        const isOnlyTheEndMissing = ends.includes(cut + 1);
        const isHalf = cut > 0 && !ends.includes(cut) && !isOnlyTheEndMissing;
        const kept = written.slice(0, linesBefore(cut) + (isOnlyTheEndMissing ? 1 : 0));
        expect(after).toEqual({ entries: [...kept, aStep({ id: "later" })], damaged: isHalf ? 1 : 0 });
      }),
      { numRuns: 150 },
    );
  });

  it("reads as the whole lines before the cut at every single byte", async () => {
    const path = await newPath();
    for (let cut = 0; cut <= whole.length; cut++) {
      await writeFile(path, whole.subarray(0, cut));
      expect(await readLedger(path)).toEqual({ entries: written.slice(0, linesBefore(cut)), damaged: 0 });
    }
  });

  it("keeps the half line, so that nothing that was ever written is lost", async () => {
    const path = await newPath();
    await writeFile(path, whole.subarray(0, whole.length - 9));
    await openLedger(path).append([aStep({ id: "later" })]);
    const text = await readFile(path, "utf8");
    expect(text.startsWith(whole.subarray(0, whole.length - 9).toString())).toBe(true);
  });
});
