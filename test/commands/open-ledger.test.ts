import { appendFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { ledgerPath, openIntents, openLedgerPath, watchIntents } from "../../src/commands/open-ledger.ts";
import type { LedgerFacts } from "../../src/domain/ledger.ts";
import { encodeEntry } from "../../src/domain/ledger-lines.ts";
import { createFakeShell } from "../support/fake-shell.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { aBegun, aStep } from "../support/ledger.ts";
import { tempDir } from "../support/temp-dir.ts";

async function newShell() {
  const { shell } = createFakeShell({ env: { XDG_STATE_HOME: await tempDir() } });
  return { shell, path: await openLedgerPath(shell, "k8s-de1") };
}

describe("ledgerPath", () => {
  it("is where openLedgerPath makes the folder for it", async () => {
    const { shell, path } = await newShell();
    expect(path).toBe(join(shell.env["XDG_STATE_HOME"] ?? "", "k3s-lb", "k8s-de1", "ledger.jsonl"));
    expect(ledgerPath(shell, "k8s-de1")).toBe(path);
  });
});

describe("openIntents", () => {
  it("knows nothing, quietly, without a home or a ledger", async () => {
    const warn = vi.fn();
    expect(await openIntents(createFakeShell().shell, "k8s-de1", warn)()).toBeUndefined();
    const { shell } = await newShell();
    expect(await openIntents(shell, "k8s-de1", warn)()).toBeUndefined();
    expect(warn).not.toHaveBeenCalled();
  });

  it("warns once of a ledger that cannot be read, and reads it when it can be", async () => {
    const { shell, path } = await newShell();
    const warn = vi.fn();
    const read = openIntents(shell, "k8s-de1", warn);
    await mkdir(path);
    expect([await read(), await read()]).toEqual([undefined, undefined]);
    expect(warn.mock.calls).toEqual([[`the ledger ${path} is no plain file; who drained what is not known`]]);
    await rm(path, { recursive: true });
    await writeFile(path, `${encodeEntry(aBegun())}\n`);
    expect((await read())?.intents).toHaveLength(1);
  });
});

describe("watchIntents", () => {
  it("looks at once and then every second, and tells only what is new", async () => {
    const { shell, path } = await newShell();
    const clock = createHandClock();
    const onChange = vi.fn();
    let reads = 0;
    const readFile = openIntents(shell, "k8s-de1", () => {});
    const read = async (): Promise<LedgerFacts | undefined> => {
      const facts = await readFile();
      reads += 1;
      return facts;
    };
    const seen = async (count: number) => {
      await vi.waitFor(() => expect(reads).toBe(count));
    };
    const watched = watchIntents(read, clock, onChange);
    await seen(1);
    expect(watched.current()).toBeUndefined();
    await appendFile(path, `${encodeEntry(aBegun())}\n`);
    await clock.advance(999);
    expect(reads).toBe(1);
    await clock.advance(1);
    await seen(2);
    await vi.waitFor(() => expect(watched.current()?.intents[0]?.isSettled).toBe(false));
    await clock.advance(1_000);
    await seen(3);
    expect(onChange).toHaveBeenCalledTimes(1);
    await appendFile(path, `${encodeEntry(aStep())}\n`);
    await vi.waitFor(async () => {
      await clock.advance(1_000);
      expect(watched.current()?.intents[0]?.isSettled).toBe(true);
    });
    expect(onChange).toHaveBeenCalledTimes(2);
    watched.stop();
    const before = reads;
    await clock.advance(10_000);
    expect(reads).toBe(before);
  });
});
