import type { Fleet, FleetNode, Master } from "../domain/inventory.ts";
import { didYouMean, nearest } from "../domain/nearest.ts";
import { parseNodePattern } from "../domain/node-pattern.ts";
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
 * Shape: patterns add up, those with `!` take away. A pattern that fits no node is a `UserError`: it is a slip, and a
 * sweep over fewer nodes than meant looks healthier than the fleet is.
 */
export function selectNodes(fleet: Fleet, patterns: readonly string[]): readonly FleetNode[] {
  const parsed = patterns.flatMap((value) => {
    const result = parseNodePattern(value);
    if (result.ok) return result.patterns;
    throw new UserError(`--node: ${result.problem}`, PATTERN_HINT);
  });
  for (const pattern of parsed) {
    if (fleet.nodes.some((node) => pattern.matches(node))) continue;
    const words = pattern.text.startsWith("@") ? labelWords(fleet) : fleet.nodes.map(({ name }) => name);
    const near = didYouMean(pattern.text, words);
    throw new UserError(`--node: "${pattern.text}" fits none of the ${fleet.nodes.length} nodes${near}`, PATTERN_HINT);
  }
  const wanted = parsed.filter(({ excludes }) => !excludes);
  const unwanted = parsed.filter(({ excludes }) => excludes);
  const nodes = fleet.nodes.filter(
    (node) =>
      (wanted.length === 0 || wanted.some((pattern) => pattern.matches(node))) &&
      !unwanted.some((pattern) => pattern.matches(node)),
  );
  if (nodes.length === 0) throw new UserError("--node: the patterns with ! take every node away", PATTERN_HINT);
  return nodes;
}

const PATTERN_HINT =
  "Patterns: a name, node[01:10], node[01-10,12], edge-*, @site=b, a list with commas, ! in front to leave out.";

function labelWords(fleet: Fleet): Set<string> {
  return new Set(fleet.nodes.flatMap(({ labels }) => Object.entries(labels).map(([key, value]) => `@${key}=${value}`)));
}

/**
 * The masters of these names, in the fleet's order; all of them without a name.
 * Shape: a whole name, or the end of one after a separator where only one master ends so: "master-2" or "2" for
 * "k8s-de1-master-2".
 */
export function selectMasters(fleet: Fleet, names: readonly string[]): readonly Master[] {
  if (names.length === 0) return fleet.masters;
  const chosen = new Set(names.map((name) => findMaster(fleet, name)));
  return fleet.masters.filter((master) => chosen.has(master));
}

function findMaster(fleet: Fleet, name: string): Master {
  const exact = fleet.masters.find((master) => master.name === name);
  if (exact !== undefined) return exact;
  const ending = fleet.masters.filter((master) => endings(master.name).includes(name));
  const [only] = ending;
  if (only !== undefined && ending.length === 1) return only;
  const all = fleet.masters.map((master) => master.name);
  const near =
    name === ""
      ? undefined
      : nearest(
          name,
          all.flatMap((one) => [one, ...endings(one)]),
        );
  const meant = all.find((one) => one === near || endings(one).some((ending) => ending === near));
  const question = meant === undefined ? "" : `; did you mean "${meant}"?`;
  if (ending.length > 1) {
    throw new UserError(
      `"${name}" may be ${ending.map((master) => master.name).join(" or ")}`,
      "Write the whole name.",
    );
  }
  throw new UserError(`there is no master "${name}"${question}`, `Masters: ${all.join(", ")}`);
}

/** What may stand for a name: "master-2" and "2" for "k8s-de1-master-2", but not the part "de1" alone. */
export function endings(name: string): string[] {
  const parts = name.split(/(?<=[-_.:])/);
  return parts.slice(1).map((_, i) => parts.slice(i + 1).join(""));
}
