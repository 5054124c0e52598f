import { checkWords } from "./check-words.ts";
import type { FleetCheck } from "./inventory.ts";
import type { StatsRow } from "./stats.ts";
import type { NodeView } from "./view.ts";

/** Why a server line is down, as far as its last check tells; each kind has its own way to look further. */
export type CauseKind =
  | "refused"
  | "unreachable"
  | "hangs"
  | "tls"
  | "change-over"
  | "answer"
  | "agent"
  | "stopping"
  | "returning"
  | "other";

/** Shape: `words` is one clause ("connection refused"), with "mostly" in front where the nodes differ. */
export type Cause = { readonly kind: CauseKind; readonly words: string };

/** The commonest cause among the down server lines of one master (by its place in the fleet) on these nodes. */
export function commonCause(nodes: readonly NodeView[], masterIndex: number, expect: FleetCheck["expect"]): Cause {
  const counts = new Map<string, { cause: Cause; count: number }>();
  for (const node of nodes) {
    for (const server of node.cells[masterIndex]?.servers ?? []) {
      if (server.state !== "down") continue;
      const words = causeWords(server.row, node, expect);
      const known = counts.get(words);
      if (known === undefined) counts.set(words, { cause: { kind: causeKind(server.row, words), words }, count: 1 });
      else known.count += 1;
    }
  }
  const where = onlyBackend(nodes, masterIndex);
  const [first, ...others] = [...counts.values()].sort((a, b) => b.count - a.count);
  if (first === undefined) return { kind: "other", words: "for a reason that HAProxy does not tell" };
  const mostly = others.length === 0 ? "" : "mostly ";
  return { ...first.cause, words: `${mostly}${first.cause.words}${where}` };
}

/** Where several backends hold a master and one alone has lost it, that one is named: the others still serve. */
function onlyBackend(nodes: readonly NodeView[], masterIndex: number): string {
  const servers = nodes.flatMap((node) => node.cells[masterIndex]?.servers ?? []);
  const down = new Set(servers.filter(({ state }) => state === "down").map(({ backend }) => backend));
  const [name] = down;
  return down.size === 1 && servers.some(({ backend }) => backend !== name) ? ` (in backend ${name} only)` : "";
}

function causeWords(row: StatsRow, node: NodeView, expect: FleetCheck["expect"]): string {
  if (row.status.cause === "agent") return "its agent check says so";
  if (row.status.health === "stopping") return "stopping (NOLB), it asks for no new connections";
  return checkWords(row, { expect, source: node.source });
}

function causeKind(row: StatsRow, words: string): CauseKind {
  if (row.status.cause === "agent") return "agent";
  if (row.status.health === "stopping") return "stopping";
  switch (row.checkStatus) {
    case "L4CON":
      return words.includes("refused") ? "refused" : "unreachable";
    case "L4TOUT":
      return "unreachable";
    case "L6TOUT":
    case "L7TOUT":
      return "hangs";
    case "L6RSP":
      return "tls";
    case "L7STS":
      return row.checkCode === 200 || row.checkCode === 401 ? "change-over" : "answer";
    case "L4OK":
    case "L6OK":
    case "L7OK":
    case "L7OKC":
    case "PROCOK":
      return "returning";
    default:
      return "other";
  }
}
