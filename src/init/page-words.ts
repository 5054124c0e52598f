import { foldNames } from "../domain/fold.ts";
import type { StatsRow } from "../domain/stats.ts";
import type { FoundMaster } from "./found.ts";

/** What the fleet file says that a node's page can be held against. */
export type Written = { readonly backend: string; readonly masters: readonly string[] };

/**
 * Puts into words what a node answered, compared with what is written.
 * Shape: the first line says what the node is and has, the others what to correct.
 */
export function pageWords(
  node: string,
  version: string | undefined,
  rows: readonly StatsRow[],
  written: Written,
): readonly string[] {
  const backends = serversOf(rows);
  const answers = `${node} answers: HAProxy${version === undefined ? "" : ` ${version}`}`;
  const servers = backends.get(written.backend);
  if (servers === undefined)
    return [`${answers}; it has no backend ${written.backend}.`, ...otherBackends(backends, written)];
  const missing = written.masters.filter((name) => !servers.includes(name));
  const extra = servers.filter((name) => !written.masters.includes(name));
  const has = `${answers}; backend ${written.backend} has ${foldNames(servers)}`;
  if (missing.length === 0 && extra.length === 0) return [`${has}, as written.`];
  return [
    `${has}.`,
    ...(missing.length === 0 ? [] : [`Correct masters: there is no ${foldNames(missing)} on it.`]),
    ...(extra.length === 0 ? [] : [`Correct masters: ${foldNames(extra)} is on it and not in the file.`]),
  ];
}

/** The masters as a page shows them, where the sources know none. A page without them gives `undefined`. */
export function mastersOnPage(
  rows: readonly StatsRow[],
  wanted: string | undefined,
): { readonly backend: string; readonly masters: readonly FoundMaster[] } | undefined {
  const backends = serversOf(rows);
  const names = [...backends.keys()];
  const likely = names.filter((name) => /kube|k8s|k3s|master|api/i.test(name));
  const backend = wanted !== undefined && backends.has(wanted) ? wanted : (only(likely) ?? only(names));
  if (backend === undefined) return undefined;
  const addresses = new Map(rows.filter(({ proxy }) => proxy === backend).map(({ name, address }) => [name, address]));
  return {
    backend,
    masters: (backends.get(backend) ?? []).map((name) => ({ name, address: addresses.get(name) })),
  };
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

/** The servers of each backend, in the order of the page. */
function serversOf(rows: readonly StatsRow[]): ReadonlyMap<string, readonly string[]> {
  const backends = new Map<string, string[]>();
  for (const { proxy, name, type } of rows) {
    if (type !== "server") continue;
    const servers = backends.get(proxy);
    if (servers === undefined) backends.set(proxy, [name]);
    else servers.push(name);
  }
  return backends;
}

const SHOWN = 5;

function otherBackends(backends: ReadonlyMap<string, readonly string[]>, { masters }: Written): readonly string[] {
  if (backends.size === 0) return ["It shows no server lines at all: is it the right stats page?"];
  const same = [...backends].find(([, servers]) => masters.some((name) => servers.includes(name)));
  if (same !== undefined) return [`Correct backend: the masters are in ${same[0]}, which has ${foldNames(same[1])}.`];
  const list = [...backends].slice(0, SHOWN).map(([name, servers]) => `${name} with ${foldNames(servers)}`);
  return [`Correct backend and masters: it has ${list.join("; ")}.`];
}
