import { appendFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { LedgerEntry } from "../../src/domain/ledger.ts";
import { encodeEntry } from "../../src/domain/ledger-lines.ts";
import { createIntentReader } from "../../src/io/intent-reader.ts";
import { aBegun, anEnd, aStep } from "../support/ledger.ts";
import { tempDir } from "../support/temp-dir.ts";

const textOf = (...entries: readonly LedgerEntry[]) => entries.map((entry) => `${encodeEntry(entry)}\n`).join("");
const drain = [aBegun(), aStep(), anEnd({ counts: { verified: 1 } })];
const enable = [
  aBegun({ id: "op2", action: "ready" }),
  aStep({ id: "op2" }),
  anEnd({ id: "op2", counts: { verified: 1 } }),
];
const newPath = async () => join(await tempDir(), "ledger.jsonl");

async function statesIn(path: string): Promise<readonly string[] | undefined> {
  return (await createIntentReader(path).read())?.intents.map(({ node, state }) => `${node} ${state}`);
}

/** Lines enough for an index: closed sessions, which want nothing. */
const ballast = textOf(
  aBegun({ id: "kill", action: "shutdown" }),
  ...Array.from({ length: 1_500 }, (_, ms) => aStep({ id: "kill", ms })),
);

describe("createIntentReader", () => {
  it("says nothing where there is no ledger, an empty one, or none but broken lines", async () => {
    const path = await newPath();
    expect(await statesIn(path)).toBeUndefined();
    await writeFile(path, "");
    expect(await statesIn(path)).toBeUndefined();
    await writeFile(path, 'what\n{"v":1}\n');
    expect(await statesIn(path)).toBeUndefined();
  });

  it("says what is wanted, and that an operation which came to nothing wants nothing", async () => {
    const path = await newPath();
    await writeFile(path, textOf(...drain));
    expect(await statesIn(path)).toEqual(["node01 drain"]);
    await writeFile(path, textOf(aBegun(), aStep({ outcome: "denied" })));
    const facts = await createIntentReader(path).read();
    expect(facts).toEqual({ intents: [], lastAtMs: Date.parse("2026-11-22T05:00:01.000Z") });
  });

  it("answers with the same object until the file changes, then with what the new lines mean", async () => {
    const path = await newPath();
    await writeFile(path, textOf(...drain));
    const reader = createIntentReader(path);
    const first = await reader.read();
    expect(await reader.read()).toBe(first);
    await appendFile(path, textOf(...enable));
    expect((await reader.read())?.intents.map(({ state }) => state)).toEqual(["ready"]);
    await appendFile(path, '{"v":1,"kind":"beg');
    expect((await reader.read())?.intents.map(({ state }) => state)).toEqual(["ready"]);
  });

  it("starts anew when another file took its place, or it was taken away", async () => {
    const path = await newPath();
    const reader = createIntentReader(path);
    await writeFile(path, textOf(...drain, ...enable));
    await reader.read();
    await writeFile(path, textOf(aBegun({ id: "x", action: "maint" }), aStep({ id: "x" })));
    expect((await reader.read())?.intents.map(({ state }) => state)).toEqual(["maint"]);
    await rm(path);
    expect(await reader.read()).toBeUndefined();
  });

  it("keeps what the lines of a long ledger mean, and reads the later ones only", async () => {
    const path = await newPath();
    await writeFile(path, textOf(...drain) + ballast);
    expect(await statesIn(path)).toEqual(["node01 drain"]);
    expect(await readdir(join(path, ".."))).toEqual(["ledger.jsonl", "ledger.jsonl.index"]);
    const index = await readFile(`${path}.index`, "utf8");
    // The index is believed: an intent changed in it shows.
    await writeFile(`${path}.index`, index.replace('"state":"drain"', '"state":"maint"'));
    expect(await statesIn(path)).toEqual(["node01 maint"]);
    await appendFile(path, textOf(...enable));
    expect(await statesIn(path)).toEqual(["node01 ready"]);
    expect(await readFile(`${path}.index`, "utf8")).toBe(index.replace('"state":"drain"', '"state":"maint"'));
  });

  it.each([
    ["is no JSON", () => "{"],
    ["is of a later version", (index: string) => index.replace('"v":1', '"v":2')],
    ["holds something else", (index: string) => index.replace('"isSettled":true', '"isSettled":"yes"')],
    ["belongs to another file", (index: string) => index.replace(/"mark":"[^"]*"/, '"mark":"other"')],
    ["knows more than there is", (index: string) => index.replace(/"offset":\d+/, '"offset":99999999')],
  ])("reads the whole ledger again where the index %s", async (_, spoil) => {
    const path = await newPath();
    await writeFile(path, textOf(...drain) + ballast);
    await statesIn(path);
    const index = await readFile(`${path}.index`, "utf8");
    await writeFile(`${path}.index`, spoil(index.replace('"state":"drain"', '"state":"maint"')));
    expect(await statesIn(path)).toEqual(["node01 drain"]);
  });
});
