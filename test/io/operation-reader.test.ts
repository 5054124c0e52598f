import { appendFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { LedgerEntry } from "../../src/domain/ledger.ts";
import { encodeEntry } from "../../src/domain/ledger-lines.ts";
import { createOperationReader } from "../../src/io/operation-reader.ts";
import { aBegun, anEnd, aStep } from "../support/ledger.ts";
import { tempDir } from "../support/temp-dir.ts";

const linesOf = (...entries: readonly LedgerEntry[]) => entries.map((entry) => `${encodeEntry(entry)}\n`).join("");

describe("createOperationReader", () => {
  it("reads the operations of a ledger, and what is new when it has grown", async () => {
    const path = join(await tempDir(), "ledger.jsonl");
    const reader = createOperationReader(path);
    expect(await reader.read()).toEqual([]);
    // Half a line is being written.
    await writeFile(path, `${linesOf(aBegun({ id: "a" }), anEnd({ id: "a" }), aBegun({ id: "b" }))}{"v":1,"kind":"st`);
    const first = await reader.read();
    expect(first).toEqual([
      { begun: aBegun({ id: "b" }), steps: [], ended: undefined },
      { begun: aBegun({ id: "a" }), steps: [], ended: anEnd({ id: "a" }) },
    ]);
    expect(await reader.read()).toEqual(first);
    await appendFile(path, `${encodeEntry(aStep({ id: "b" })).slice('{"v":1,"kind":"st'.length)}\n`);
    const second = await reader.read();
    expect(second).toEqual([{ ...first[0], steps: [aStep({ id: "b" })] }, first[1]]);
    expect(second[1]).toBe(first[1]);
  });

  it("begins anew where the ledger is another one", async () => {
    const path = join(await tempDir(), "ledger.jsonl");
    const reader = createOperationReader(path);
    await writeFile(path, linesOf(aBegun({ id: "a" })));
    await reader.read();
    await writeFile(`${path}.new`, linesOf(aBegun({ id: "z" }), anEnd({ id: "z" })));
    await rename(`${path}.new`, path);
    expect(await reader.read()).toEqual([{ begun: aBegun({ id: "z" }), steps: [], ended: anEnd({ id: "z" }) }]);
  });

  it("says where a ledger cannot be read", async () => {
    await expect(createOperationReader(await tempDir()).read()).rejects.toThrow("is no plain file");
  });
});
