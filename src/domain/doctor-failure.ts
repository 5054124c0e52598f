import { describeFailure } from "./describe-failure.ts";
import type { PollFailure } from "./failure.ts";
import type { FleetNode } from "./inventory.ts";

/**
 * A failure as a clause that holds for every node it befalls alike, so that many nodes share one line, and what to do
 * about it. The node's own address stands in neither.
 */
export function failureClause(failure: PollFailure, node: FleetNode): { readonly text: string; readonly fix: string } {
  const { hint } = describeFailure(failure, { ...node, poll: { ...node.poll, source: "stats" } });
  return { text: wordsOf(failure, node), fix: hint };
}

function wordsOf({ kind, detail }: PollFailure, { stats }: FleetNode): string {
  switch (kind) {
    case "unreachable":
      return `port ${stats.port} cannot be connected: ${detail}`;
    case "timeout":
      return `port ${stats.port}: ${detail}`;
    case "dns":
      return `the name cannot be resolved: ${detail}`;
    case "tls":
      return `TLS fails: ${detail}`;
    case "unauthorized":
      return stats.password === undefined
        ? "the page wants a password, and none is configured"
        : `the page refuses user ${stats.username} or the password`;
    case "forbidden":
      return "the page answers 403: this address or user may not read it";
    case "http-status":
      return `port ${stats.port} ${detail} instead of a stats page`;
    case "too-large":
      return `port ${stats.port} sends more than 1 MiB`;
    case "not-stats":
      return `port ${stats.port} sends ${detail}`;
  }
}
