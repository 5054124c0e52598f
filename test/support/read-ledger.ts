import type { LedgerEntry } from "../../src/domain/ledger.ts";
import { decodeLine } from "../../src/domain/ledger-lines.ts";
import { openLedgerText } from "../../src/io/ledger-scan.ts";

/** What a ledger holds, in the order of the file, and how many lines are damaged. */
export async function readLedger(path: string): Promise<{ entries: readonly LedgerEntry[]; damaged: number }> {
  const text = await openLedgerText(path);
  if (text === undefined) return { entries: [], damaged: 0 };
  const entries: LedgerEntry[] = [];
  let damaged = 0;
  await text.forwards(0, (line) => {
    const read = decodeLine(line);
    if (read.kind === "entry") entries.push(read.entry);
    if (read.kind === "damaged") damaged += 1;
  });
  await text.close();
  return { entries, damaged };
}
