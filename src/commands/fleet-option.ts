import { findName } from "../domain/find-name.ts";
import type { Fleet, FleetNode, Master } from "../domain/inventory.ts";
import { NODE_PATTERN_HINT, pickNodes } from "../domain/pick-nodes.ts";
import { UserError } from "../domain/user-error.ts";
import type { Shell } from "./shell.ts";

/** The fleet with the path of its file. `warnings` are for stderr, see `sayWarnings`. */
export type LoadedFleet = { readonly fleet: Fleet; readonly path: string; readonly warnings: readonly string[] };

/** Finds and reads the fleet file. Throws a `UserError` that says every mistake in it. */
export async function loadFleet(shell: Shell, options: { config?: string }): Promise<LoadedFleet> {
  const { loadFleetFile } = await import("../io/fleet-file.ts");
  const { fleet, path, warnings } = await loadFleetFile({ env: shell.env, cwd: shell.cwd, config: options.config });
  return { fleet, path, warnings };
}

/** One line a warning, on stderr. */
export function sayWarnings(shell: Shell, warnings: readonly string[]): void {
  for (const warning of warnings) shell.stderr.write(`k3s-lb: warning: ${warning}\n`);
}

/**
 * The nodes that `--node` asks for, in the fleet's order; all of them without a pattern.
 * Errors: a UserError for a pattern that fits no node: a sweep over fewer nodes than meant looks healthier than the fleet is.
 */
export function selectNodes(fleet: Fleet, patterns: readonly string[]): readonly FleetNode[] {
  const picked = pickNodes(fleet.nodes, patterns);
  if (picked.ok) return picked.nodes;
  throw new UserError(`--node: ${picked.problem}`, NODE_PATTERN_HINT);
}

/** The masters of these names, see `findName`, in the fleet's order; all of them without a name. */
export function selectMasters(fleet: Fleet, names: readonly string[]): readonly Master[] {
  if (names.length === 0) return fleet.masters;
  const all = fleet.masters.map(({ name }) => name);
  const chosen = new Set(
    names.map((name) => {
      const found = findName("master", all, name);
      if (found.ok) return found.name;
      throw new UserError(found.problem, found.hint ?? `Masters: ${all.join(", ")}`);
    }),
  );
  return fleet.masters.filter(({ name }) => chosen.has(name));
}
