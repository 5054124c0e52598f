import { formatAge } from "../domain/ages.ts";
import { checkWords } from "../domain/check-words.ts";
import type { FleetCheck } from "../domain/inventory.ts";
import type { MasterCell, NodeView } from "../domain/view.ts";
import { spokenNames } from "./short-names.ts";
import { statusWords } from "./status-words.ts";

/** A restart is news for this long. */
const RESTART_NEWS_MS = 10 * 60_000;

/** What is to be said of a node beside its cells: its failure, or why each master is not up there. May be empty. */
export function nodeNote(node: NodeView, expect: FleetCheck["expect"]): string {
  if (node.failure !== undefined) return node.failure.text;
  if (node.state !== "fresh") return "";
  const names = spokenNames(node.cells.map((cell) => cell.master));
  const parts = node.cells.flatMap((cell, index) => {
    const words = cellNote(cell, node, expect);
    return words === undefined ? [] : [`${names[index] ?? cell.master}: ${words}`];
  });
  if (node.cutOff) parts.unshift("sees no master while other nodes do");
  if (node.restartedAgoMs !== undefined && node.restartedAgoMs < RESTART_NEWS_MS) {
    parts.push(`HAProxy restarted ${formatAge(node.restartedAgoMs)} ago`);
  }
  return parts.join("; ");
}

/** Is there nothing to say of this node? Such nodes are only counted. */
export function isFine(node: NodeView): boolean {
  return (
    node.state === "fresh" &&
    !node.cutOff &&
    node.failure === undefined &&
    node.cells.every((cell) => cell.state === "up" && cell.servers.every((server) => !isWavering(server.row.status))) &&
    (node.restartedAgoMs === undefined || node.restartedAgoMs >= RESTART_NEWS_MS)
  );
}

function cellNote(cell: MasterCell, node: NodeView, expect: FleetCheck["expect"]): string | undefined {
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
