import { createOperationFinder } from "../domain/last-operation.ts";
import { decodeLine } from "../domain/ledger-lines.ts";
import { UserError } from "../domain/user-error.ts";
import { openLedgerText } from "../io/ledger-scan.ts";
import type { AdminTarget } from "./admin-target.ts";
import { ledgerPath } from "./open-ledger.ts";
import type { Shell } from "./shell.ts";

/**
 * `--retry-failed`: the target cut down to the nodes where the last operation of the same action on the same masters
 * failed. `undefined` where it failed nowhere.
 * Errors: a UserError where the ledger knows of no such operation.
 */
export async function narrowToFailed(target: AdminTarget, shell: Shell): Promise<AdminTarget | undefined> {
  const { action, masters } = target.request;
  const finder = createOperationFinder(action, masters);
  const path = ledgerPath(shell, target.fleet.cluster);
  const text = path === undefined ? undefined : await openLedgerText(path);
  try {
    await text?.backwards((line) => {
      const read = decodeLine(line);
      return read.kind !== "entry" || finder.read(read.entry);
    });
  } finally {
    await text?.close();
  }
  const operation = finder.found();
  if (operation === undefined) {
    throw new UserError(
      `--retry-failed: the ledger knows of no such operation on ${masters.join(" and ")}`,
      "Leave the flag out to act on every node; k3s-lb history shows what was done.",
    );
  }
  const nodes = target.fleet.nodes.filter(({ name }) => operation.failedNodes.has(name));
  return nodes.length === 0 ? undefined : { ...target, fleet: { ...target.fleet, nodes } };
}
