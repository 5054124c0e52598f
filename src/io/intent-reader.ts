import { createHash } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { checkIntentState } from "../domain/intent-state.ts";
import { foldIntents, type IntentFold, type IntentState } from "../domain/intents.ts";
import type { LedgerFacts } from "../domain/ledger.ts";
import { decodeLine } from "../domain/ledger-lines.ts";
import { type LedgerText, openLedgerText } from "./ledger-scan.ts";

/** So much is read again rather than kept: a few milliseconds' worth. */
const keepEveryBytes = 256 * 1024;
const markBytes = 64;

/** What is known up to an offset. `mark` tells the file by the bytes around its start and before that offset. */
type Known = { readonly offset: number; readonly mark: string; readonly fold: IntentFold; readonly facts: Facts };
type Facts = LedgerFacts | undefined;

export type IntentReader = {
  /** What the ledger says now; `undefined` where it says nothing. The same object while the file is the same. */
  read(): Promise<LedgerFacts | undefined>;
};

/**
 * Reads what a ledger wants, and of a ledger that has grown the new lines only. What older lines mean is kept beside it
 * (`<path>.index`), so that one of 100 MB costs a command no more than a short one; the index is made again where it is
 * missing, broken, or of another file, and where it cannot be written nothing is said.
 * Errors: a UserError where there is a ledger that cannot be read.
 */
export function createIntentReader(path: string): IntentReader {
  let known: Known | undefined;
  let seen = "";

  return {
    async read() {
      const version = await versionOf(path);
      if (version !== undefined && version === seen) return known?.facts;
      const text = await openLedgerText(path);
      if (text === undefined) {
        known = undefined;
        seen = "";
        return undefined;
      }
      try {
        known = await readOn(path, text, known);
        seen = version ?? "";
        return known.facts;
      } finally {
        await text.close();
      }
    },
  };
}

async function versionOf(path: string): Promise<string | undefined> {
  return stat(path).then(
    ({ size, mtimeMs, ino }) => `${ino} ${size} ${mtimeMs}`,
    () => undefined,
  );
}

async function readOn(path: string, text: LedgerText, before: Known | undefined): Promise<Known> {
  const index = before === undefined && text.size > keepEveryBytes ? await readIndex(path) : undefined;
  const start = before ?? (index && { ...index, fold: foldIntents(index.state) });
  const isSame = start !== undefined && start.offset <= text.size && (await markOf(text, start.offset)) === start.mark;
  const fold = isSame ? start.fold : foldIntents();
  const from = isSame ? start.offset : 0;
  const offset = await text.forwards(from, (line) => {
    const read = decodeLine(line);
    if (read.kind === "entry") fold.add(read.entry);
  });
  const mark = await markOf(text, offset);
  if (before !== undefined && isSame && offset === from) return before;
  const state = fold.state();
  if (offset - from > keepEveryBytes) await writeIndex(path, { offset, mark, state });
  const facts =
    state.lastAt === undefined ? undefined : { intents: fold.intents(), lastAtMs: Date.parse(state.lastAt) };
  return { offset, mark, fold, facts };
}

async function markOf(text: LedgerText, offset: number): Promise<string> {
  const first = await text.bytes(0, Math.min(markBytes, offset));
  const last = await text.bytes(Math.max(0, offset - markBytes), offset);
  return createHash("sha256").update(first).update(last).digest("hex");
}

type Index = { readonly offset: number; readonly mark: string; readonly state: IntentState };

async function readIndex(path: string): Promise<Index | undefined> {
  try {
    const { v, offset, mark, state: kept } = JSON.parse(await readFile(`${path}.index`, "utf8"));
    const state = checkIntentState(kept);
    if (v !== 1 || typeof offset !== "number" || typeof mark !== "string" || state === undefined) return undefined;
    return { offset, mark, state };
  } catch {
    return undefined;
  }
}

async function writeIndex(path: string, index: Index): Promise<void> {
  const temporary = `${path}.index.${process.pid}`;
  try {
    await writeFile(temporary, JSON.stringify({ v: 1, ...index }), { mode: 0o600 });
    await rename(temporary, `${path}.index`);
  } catch {
    await rm(temporary, { force: true }).catch(() => {});
  }
}
