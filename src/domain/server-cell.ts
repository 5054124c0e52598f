import type { StatsRow } from "./stats.ts";
import type { ServerCell } from "./view.ts";

/**
 * What one server row says of its master: may new connections go there?
 * A weight of 0 reads `drain`, which is what it does; NOLB reads `down`, for it takes nothing and nobody asked for
 * that on this HAProxy. A backup that is up is usable: it serves as soon as the others do not.
 * Source: haproxy-facts §3, "Takes new connections".
 */
export function readServer(row: StatsRow): ServerCell {
  const state = stateOf(row);
  return { backend: row.proxy, server: row.name, row, state, usable: state === "up" };
}

function stateOf(row: StatsRow): ServerCell["state"] {
  const { admin, health } = row.status;
  if (admin === "maint" || admin === "drain") return admin;
  switch (health) {
    case "up":
    case "unchecked":
      return row.weight === 0 ? "drain" : "up";
    case "down":
    case "stopping":
      return "down";
    case "unknown":
      return "unknown";
  }
}
