import { realpath } from "node:fs/promises";
import { shellWord } from "../domain/shell-word.ts";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import { type ClusterFile, clusterFiles } from "../io/cluster-files.ts";
import { hasFleetFile } from "../io/fleet-search.ts";
import type { KnownCluster } from "../ui/clusters.ts";
import { configFlag } from "./admin-scope.ts";
import { whereTo } from "./cluster-option.ts";
import { type LoadedFleet, loadFleet } from "./fleet-option.ts";
import type { Shell } from "./shell.ts";
import type { TopFlags } from "./top.ts";
import { asksAtTerminal, openTopCluster, type TopCluster } from "./top-cluster.ts";
import type { TopSettings } from "./top-settings.ts";

/** The clusters of a dashboard. `all`: each of them is polled from the start. `paths` are their fleet files. */
export type TopClusters = {
  readonly known: readonly KnownCluster[];
  readonly first: string;
  readonly all: boolean;
  readonly paths: ReadonlyMap<string, string>;
};

/** A fleet to begin with, and the clusters beside it. */
export type FirstCluster = { readonly loaded: LoadedFleet; readonly clusters: TopClusters };

/**
 * The fleet file in force, and those that are known by name; with `-A` the first of these where none is in force.
 * Errors: a UserError as for every fleet file, and where a flag belongs to one cluster only.
 */
export async function findClusters(shell: Shell, flags: TopFlags): Promise<FirstCluster> {
  const { config } = flags;
  const all = flags.allClusters === true;
  if (all) refuseFlagsOfOne(flags);
  const files = await clusterFiles(shell.env);
  const hasOwn = !all || (await hasFleetFile({ env: shell.env, cwd: shell.cwd, config }));
  const loaded = hasOwn
    ? await loadFleet(shell, config === undefined ? {} : { config })
    : await loadFirst(shell, files);
  const own = await realpath(loaded.path).catch(() => loaded.path);
  const paths = new Map(files.map((file) => [file.name, file.path]));
  const same = files.find((file) => file.path === own);
  const isTaken = same === undefined && paths.has(loaded.fleet.cluster);
  const first = same?.name ?? (isTaken ? cleanText(loaded.path) : loaded.fleet.cluster);
  paths.set(first, loaded.path);
  const known = [...paths].map(([name, file]) => ({
    ...{ name, file: tilde(shell, file) },
    scope: name === first && same === undefined ? configFlag(config) : ` --cluster ${shellWord(name)}`,
  }));
  return {
    loaded,
    clusters: { known: known.sort((a, b) => (a.name < b.name ? -1 : 1)), first, all, paths },
  };
}

/**
 * Begins to poll another cluster. Errors: a UserError for its fleet file and its secrets, and for a password that a program
 * would have to ask for while the screen is drawn.
 */
export async function openOtherCluster(
  shell: Shell,
  clusters: TopClusters | undefined,
  name: string,
  { flags, settings }: { readonly flags: TopFlags; readonly settings: TopSettings },
): Promise<TopCluster> {
  const path = clusters?.paths.get(name);
  if (path === undefined) throw new UserError(`there is no cluster "${name}"`);
  const { fleet } = await loadFleet(shell, { config: path });
  if (asksAtTerminal(fleet)) {
    throw new UserError(`its password comes from a program, which may ask: k3s-lb top --cluster ${name}`);
  }
  const { backend: _, node: __, record: ___, ...shared } = flags;
  const scope = clusters?.known.find((one) => one.name === name)?.scope;
  return openTopCluster(shell, fleet, { flags: shared, settings, scope, lend: (run) => run() });
}

/** The first cluster with a sound file: those that have none are told of on the page. Errors: a UserError where none has. */
async function loadFirst(shell: Shell, files: readonly ClusterFile[]): Promise<LoadedFleet> {
  let failure = new UserError("-A: no cluster is known", `Put their fleet files there: ${whereTo(shell.env, "NAME")}`);
  for (const [index, { path }] of files.entries()) {
    try {
      return await loadFleet(shell, { config: path });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (index === 0) failure = error;
    }
  }
  throw failure;
}

const flagsOfOne = ["node", "backend", "record"] as const satisfies readonly (keyof TopFlags)[];

function refuseFlagsOfOne(flags: TopFlags): void {
  const given = flagsOfOne.find((name) => flags[name] !== undefined);
  if (given === undefined) return;
  throw new UserError(`-A cannot be used with --${given}, which is about one cluster`, "Leave one of them out.");
}

function tilde({ env }: Shell, path: string): string {
  const home = env["HOME"];
  return cleanText(home && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path);
}
