import type { Recorder } from "../app/recorder.ts";
import { UserError } from "../domain/user-error.ts";
import type { OperationReader } from "../io/operation-reader.ts";
import { ledgerPath } from "./open-ledger.ts";
import type { Shell } from "./shell.ts";

/** Hands a recorder the operations of a ledger. `settle` resolves when those that were to be read are read. */
export type RecordedOperations = {
  /** The ledger says something new. */
  grew(): void;
  settle(): Promise<void>;
};

/**
 * Reads one after the other; what grew meanwhile is read with the next one. Nothing is loaded before there is a ledger.
 * That one cannot be read is said where its intents are read.
 */
export function recordOperations(
  shell: Shell,
  cluster: string,
  recorder: Pick<Recorder, "operations">,
): RecordedOperations {
  const path = ledgerPath(shell, cluster);
  let reader: OperationReader | undefined;
  let isWanted = false;
  let reading: Promise<void> | undefined;

  async function read(from: string): Promise<void> {
    while (isWanted) {
      isWanted = false;
      try {
        reader ??= (await import("../io/operation-reader.ts")).createOperationReader(from);
        recorder.operations(await reader.read());
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (!(error instanceof UserError) && code === undefined) throw error;
      }
    }
    reading = undefined;
  }

  return {
    grew() {
      if (path === undefined) return;
      isWanted = true;
      reading ??= read(path);
    },
    settle: async () => reading,
  };
}
