import type { ServerLine } from "./server-line.ts";

/** A server's state in the exporter's five words, where streaks and "no check" are lost. */
export type ServerWord = "DOWN" | "UP" | "MAINT" | "DRAIN" | "NOLB";

/** The status column of a server row. Source: HAProxy src/stats-proxy.c (stats_fill_sv_computed_state). */
export function statusText(server: ServerLine): string {
  const { rise, fall } = server.checks;
  const isFull = !server.checksOn || server.health === rise + fall - 1;
  const streak = isFull ? "" : ` ${server.health - rise + 1}/${fall}`;
  switch (statusWord(server)) {
    case "MAINT":
      return "MAINT";
    case "DOWN":
      return server.health > 0 ? `DOWN ${server.health}/${rise}` : "DOWN";
    case "NOLB":
      return `NOLB${streak}`;
    case "DRAIN":
      return `DRAIN${streak}`;
    case "UP":
      return server.checksOn ? `UP${streak}` : "no check";
  }
}

/** The same for /metrics. A drain shows only on a running server: under DOWN nothing tells it from a plain DOWN. */
export function statusWord(server: ServerLine): ServerWord {
  if (server.inMaint) return "MAINT";
  if (server.state === "stopped") return "DOWN";
  if (server.state === "stopping") return "NOLB";
  return server.drained ? "DRAIN" : "UP";
}
