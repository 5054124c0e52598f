import type { FleetEvent } from "./timeline.ts";
import type { FleetView, Severity } from "./view.ts";

/**
 * How bad it is that this happened, by the fleet as it stood then.
 * Shape: `CRITICAL` where a node was left without a usable master, or a master is down for every node that can tell;
 * `UNKNOWN` where no node answers any more; `WARNING` for any other loss, and for what goes back and forth; `OK` for
 * recoveries, restarts, polls that are late, another failure of a node that was lost before, and masters that were taken out of service. It is about the change: `status` judges what is left.
 */
export function eventSeverity(event: FleetEvent, view: FleetView): Severity {
  const severity = severityOfEnd(event, view);
  return event.flaps > 0 && severity === "OK" ? "WARNING" : severity;
}

function severityOfEnd(event: FleetEvent, view: FleetView): Severity {
  if (event.kind === "restart") return "OK";
  if (event.kind === "node") {
    // Stale without a failure is this console being late. One that was lost is not lost again by failing otherwise.
    if (event.to === "fresh" || event.to === "stale") return "OK";
    if (event.from !== "fresh" && event.from !== "stale") return "OK";
    return view.nodes.some((node) => node.state === "fresh") ? "WARNING" : "UNKNOWN";
  }
  if (event.to === "up") return isDrift(event, view) ? "WARNING" : "OK";
  if (leavesNone(event, view)) return "CRITICAL";
  if (event.to === "drain" || event.to === "maint") return "OK";
  if (event.to !== "down") return "WARNING";
  const verdict = view.masters.find(({ name }) => name === event.master)?.verdict;
  // Nobody loses a master that was out of service before, as when it is rebooted.
  if (event.from === "drain" || event.from === "maint") return verdict === "down" ? "WARNING" : "OK";
  return verdict === "down" ? "CRITICAL" : "WARNING";
}

function leavesNone({ nodes }: FleetEvent, view: FleetView): boolean {
  const names = new Set(nodes);
  return view.nodes.some(({ name, usableMasters }) => usableMasters === 0 && names.has(name));
}

/** Back in service though the ledger says otherwise: a restart that forgot its drain, or somebody's hand. */
function isDrift({ master, nodes }: FleetEvent, view: FleetView): boolean {
  const drift = view.masters.find(({ name }) => name === master)?.drift ?? [];
  return drift.some((name) => nodes.includes(name));
}
