import type { AdminAction } from "./action.ts";
import { takesOut } from "./shown-state.ts";
import type { ServerCell } from "./view.ts";

/** What an operator should know before an order goes to this server line, as clauses that follow its name. */
export function stepWarnings(cell: ServerCell, action: AdminAction, version: string | undefined): readonly string[] {
  const { row } = cell;
  const { health, admin, cause, text } = row.status;
  const warnings: string[] = [];
  if (health === "down" || health === "stopping") {
    if (action === "drain") warnings.push(`is ${text}, so a drain will not show until it is up again`);
    if (action === "ready") warnings.push(`is ${text}, so it takes connections only when its checks pass again`);
  }
  if (action === "ready" && (cause === "via" || cause === "resolution")) {
    warnings.push(`is ${text}, which enabling it does not undo`);
  } else if (action === "ready" && admin === "maint") {
    warnings.push(leavesMaint(version));
  }
  if (action !== "shutdown" && row.weight === 0 && admin === "ready") {
    warnings.push(
      action === "ready"
        ? "has weight 0 and takes no connections, which enabling it does not undo"
        : "has weight 0 already, which is no drain and stays when it is enabled again",
    );
  }
  // Without their number, which stands in the plan: nodes that are told the same are told in one line.
  if (takesOut(action) && (row.sessions ?? 0) > 0) warnings.push("keeps its sessions until they end or are killed");
  if (action === "shutdown" && cell.usable)
    warnings.push("still takes connections, so its clients may come back to it");
  return warnings;
}

/** Source: haproxy-facts §1 (3): only a server line with `init-state down`, from 3.1 on, waits for a check first. */
function leavesMaint(version: string | undefined): string {
  const serves = "leaves MAINT and serves at once, before any check has passed";
  return isAtLeast31(version) ? `${serves} (unless its line says \`init-state down\`)` : serves;
}

function isAtLeast31(version: string | undefined): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version ?? "") ?? [];
  return major !== undefined && (Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 1));
}
