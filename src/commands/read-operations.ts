import { type HistoryReader, type Operation, readHistory } from "../domain/history.ts";
import { decodeLine } from "../domain/ledger-lines.ts";
import { openLedgerText } from "../io/ledger-scan.ts";
import { ledgerPath } from "./open-ledger.ts";
import type { Shell } from "./shell.ts";

/** What was found in the ledger; lines that are none of ours, and those of a later version, are counted. */
export type Found = { readonly operations: readonly Operation[]; readonly damaged: number; readonly foreign: number };

/** The last operations on a cluster, the newest first. Errors: a UserError for a ledger that cannot be read. */
export async function readOperations(shell: Shell, cluster: string, limit: number): Promise<readonly Operation[]> {
  const found = await findOperations(
    ledgerPath(shell, cluster),
    readHistory(limit, () => true),
    () => false,
  );
  return found.operations;
}

/** Reads the ledger from its end until `history` has enough or `isWhole`. */
export async function findOperations(
  path: string | undefined,
  history: HistoryReader,
  isWhole: () => boolean,
): Promise<Found> {
  const text = path === undefined ? undefined : await openLedgerText(path);
  let damaged = 0;
  let foreign = 0;
  try {
    await text?.backwards((line) => {
      const read = decodeLine(line);
      if (read.kind === "entry") return history.add(read.entry) && !isWhole();
      if (read.kind === "damaged") damaged += 1;
      else foreign += 1;
      return true;
    });
  } finally {
    await text?.close();
  }
  return { operations: history.operations(), damaged, foreign };
}
