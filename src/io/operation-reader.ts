import { type Operation, readHistory } from "../domain/history.ts";
import { decodeLine } from "../domain/ledger-lines.ts";
import { followOperations, type RecentOperations, untilEnough } from "../domain/recent-operations.ts";
import { mostOperations } from "../domain/recording-operations.ts";
import { type LedgerText, openLedgerText } from "./ledger-scan.ts";

/** So much of a ledger's beginning tells it from another one: its first line has a name and a time of its own. */
const markBytes = 64;

/** Reads the last operations of a ledger, and of one that has grown the new lines only. */
export type OperationReader = {
  /**
   * The newest first; one that is as it was is the same object. Empty where there is no ledger.
   * Errors: a UserError where there is one that cannot be read.
   */
  read(): Promise<readonly Operation[]>;
};

type Known = { readonly behind: number; readonly mark: string; readonly recent: RecentOperations };

export function createOperationReader(path: string): OperationReader {
  let known: Known | undefined;
  return {
    async read() {
      const text = await openLedgerText(path);
      try {
        known = text && (await readOn(text, known));
      } finally {
        await text?.close();
      }
      return known?.recent.operations() ?? [];
    },
  };
}

async function readOn(text: LedgerText, before: Known | undefined): Promise<Known> {
  const mark = (await text.bytes(0, Math.min(markBytes, text.size))).toString("latin1");
  const isSame = before !== undefined && before.behind <= text.size && mark.startsWith(before.mark);
  if (!isSame) return { ...(await lookBack(text)), mark };
  const behind = await text.forwards(before.behind, (line) => {
    const read = decodeLine(line);
    if (read.kind === "entry") before.recent.add(read.entry);
  });
  return { ...before, behind };
}

async function lookBack(text: LedgerText): Promise<Omit<Known, "mark">> {
  const history = untilEnough(readHistory(mostOperations, () => true));
  const behind = await text.backwards((line) => {
    const read = decodeLine(line);
    return read.kind !== "entry" || history.add(read.entry);
  });
  return { behind, recent: followOperations(history.operations()) };
}
