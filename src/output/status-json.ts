import type { FleetStatus } from "./fleet-status.ts";

/** `-o json`: the whole object, indented for eyes; `jq` does not mind. */
export function formatJson(status: FleetStatus): string {
  return `${JSON.stringify(status, undefined, 2)}\n`;
}

/** `-o jsonl`: the whole object in one line, so one line per sweep. */
export function formatJsonLine(status: FleetStatus): string {
  return `${JSON.stringify(status)}\n`;
}
