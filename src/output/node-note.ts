import { formatAge } from "../domain/ages.ts";
import { checkWords } from "../domain/check-words.ts";
import type { FleetCheck } from "../domain/inventory.ts";
import { cellLedger } from "../domain/master-ledger.ts";
import { recentRestartMs } from "../domain/restart.ts";
import type { CellState, MasterCell, MasterView, NodeView } from "../domain/view.ts";
import { ledgerWords } from "./ledger-words.ts";
import { spokenNames } from "./short-names.ts";
import { statusWords } from "./status-words.ts";

/**
 * What is to be said of a node beside its cells: its failure (without the address, so that nodes alike fold), or why
 * each master is not up there. May be empty.
 */
export function nodeNote(node: NodeView, expect: FleetCheck["expect"]): string {
  if (node.failure !== undefined) return node.failure.detail === "" ? node.failure.text : node.failure.detail;
  if (node.state !== "fresh") return "";
  const names = spokenNames(node.cells.map((cell) => cell.master));
  const parts = node.cells.flatMap((cell, index) => {
    const words = cellNote(cell, node, expect);
    return words === undefined ? [] : [`${names[index] ?? cell.master}: ${words}`];
  });
  if (node.cutOff) parts.unshift("sees no master while other nodes do");
  const restartMs = recentRestartMs(node.restartedAgoMs);
  if (restartMs !== undefined) parts.push(`HAProxy restarted ${formatAge(restartMs)} ago`);
  return parts.join("; ");
}

/** What a node has to say of a master to be like the others, by the verdict on it; half a change goes by majority. */
function commonStates({ verdict, nodes }: MasterView): readonly CellState[] {
  switch (verdict) {
    case "up":
    case "path":
      return ["up"];
    case "partly-drained":
    case "drift":
      return nodes.up >= nodes.drain + nodes.maint ? ["up"] : ["drain", "maint"];
    case "drained":
      return ["drain", "down"];
    case "down":
    case "maint":
    case "absent":
    case "unknown":
      return [verdict];
  }
}

/** Does a node that says this of a master say what the others say? What is down everywhere is the master's trouble. */
export function isCommonState(state: CellState, master: MasterView | undefined): boolean {
  return master !== undefined && commonStates(master).includes(state);
}

/**
 * Is there nothing to say of this node? It answers, can use a master, and says of each what the others say: a master
 * that is down everywhere is the master's trouble. `masters` are those of the node's cells, in the same order.
 */
export function isLikeOthers(node: NodeView, masters: readonly MasterView[]): boolean {
  return (
    node.state === "fresh" &&
    !node.cutOff &&
    node.usableMasters !== 0 &&
    node.failure === undefined &&
    node.cells.every(({ state, servers }, index) => {
      const hasDrifted = servers.some(({ ledger }) => ledger?.relation === "drift");
      const isCommon = isCommonState(state, masters[index]);
      return isCommon && !hasDrifted && !servers.some((server) => isWavering(server.row.status));
    }) &&
    recentRestartMs(node.restartedAgoMs) === undefined
  );
}

function cellNote(cell: MasterCell, node: NodeView, expect: FleetCheck["expect"]): string | undefined {
  const words = stateNote(cell, node, expect);
  const asked = ledgerWords(cellLedger(cell));
  return asked === undefined ? words : [words ?? "up", asked].join(", ");
}

function stateNote(cell: MasterCell, node: NodeView, expect: FleetCheck["expect"]): string | undefined {
  if (cell.state === "absent") return "no server line";
  const server = cell.servers.find((each) => each.state === cell.state);
  if (server === undefined) return undefined;
  const { row } = server;
  if (cell.state === "up") return isWavering(row.status) ? statusWords(row.status) : undefined;
  if (cell.state === "down") return checkWords(row, { expect, source: node.source });
  return statusWords(row.status);
}

/** `UP 1/2`: it serves, but the last check failed. Right after a start it reads the same, and is worth a line too. */
function isWavering(status: { readonly streak: unknown; readonly health: string }): boolean {
  return status.health === "up" && status.streak !== undefined;
}
