import type { ServerStatus } from "../domain/status.ts";

/**
 * A server's status column in an operator's words: `UP 1/2` is "up, 1 failed check from DOWN".
 * A word that the grammar does not know is shown as HAProxy wrote it.
 * Source: haproxy-facts §3: `UP n/m` has n checks left before DOWN, `DOWN n/m` has n good checks of m.
 */
export function statusWords(status: ServerStatus): string {
  if (status.admin === "maint") return maintWords(status);
  if (status.admin === "drain") return `draining${causeWords(status)}, no new connections${fallWords(status)}`;
  switch (status.health) {
    case "up":
      return `up${fallWords(status)}`;
    case "stopping":
      return `stopping (NOLB), no new connections${fallWords(status)}`;
    case "down":
      return `down${causeWords(status)}${riseWords(status)}`;
    case "unchecked":
      return "not checked, taken as up";
    case "unknown":
      return status.text === "" ? "not known" : `unknown status "${status.text}"`;
  }
}

function maintWords(status: ServerStatus): string {
  if (status.cause === "resolution") return "in maintenance: its name does not resolve";
  if (status.cause === "via") return `in maintenance, as ${status.via ?? "the server it follows"} is`;
  return "in maintenance";
}

function causeWords(status: ServerStatus): string {
  return status.cause === "agent" ? " (says its agent check)" : "";
}

function fallWords({ streak }: ServerStatus): string {
  return streak === undefined ? "" : `, ${counted(streak.count, "failed check")} from DOWN`;
}

function riseWords({ streak }: ServerStatus): string {
  return streak === undefined ? "" : `, ${counted(Math.max(0, streak.of - streak.count), "good check")} from UP`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
