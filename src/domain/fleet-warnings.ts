import { foldNames } from "./fold.ts";
import { formatHostPort } from "./host.ts";
import type { Fleet } from "./inventory.ts";
import type { FilePath } from "./mistake.ts";
import type { RawFleet } from "./raw-fleet.ts";

/** Something that works and should not stay so. */
export type FleetWarning = { readonly path: FilePath; readonly text: string };

/** What a sound fleet file still deserves to be told about. */
export function fleetWarnings(raw: RawFleet, fleet: Fleet): readonly FleetWarning[] {
  return [...literalPasswords(raw), ...uncheckedTls(raw, fleet), ...sharedEndpoints(fleet)];
}

/** The environment variables that the fleet's secrets come from. */
export function secretVariables(fleet: Fleet): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { stats } of fleet.nodes) if (stats.password?.kind === "env") names.add(stats.password.name);
  return names;
}

/** Once for the file, at the first place, however many nodes have one. */
function literalPasswords(raw: RawFleet): FleetWarning[] {
  const places: FilePath[] = [];
  if (typeof raw.stats?.password === "string") places.push(["stats", "password"]);
  raw.nodes.forEach((node, index) => {
    if (typeof node?.stats?.password === "string") places.push(["nodes", index, "stats", "password"]);
  });
  const [first] = places;
  if (first === undefined) return [];
  const more = places.length === 1 ? "" : ` (and in ${places.length - 1} more places)`;
  const text = `a password stands in the file itself${more}; { env: NAME }, { file: path } or { command: […] } keep it out`;
  return [{ path: first, text }];
}

/** A password sent to whoever answers. Once for the file, at the first place. */
function uncheckedTls(raw: RawFleet, fleet: Fleet): FleetWarning[] {
  const unchecked = fleet.nodes.filter(({ stats }) => stats.tls?.insecure === true).map(({ name }) => name);
  if (unchecked.length === 0) return [];
  const index = raw.nodes.findIndex((node) => node?.stats?.tls?.insecure === true);
  const path: FilePath =
    raw.stats?.tls?.insecure === true || index === -1
      ? ["stats", "tls", "insecure"]
      : ["nodes", index, "stats", "tls", "insecure"];
  const text = `the certificates of ${foldNames(unchecked)} are not checked, so anybody on the way can read the password; give tls.ca instead`;
  return [{ path, text }];
}

/** Two names for one HAProxy give its opinion two votes. */
function sharedEndpoints(fleet: Fleet): FleetWarning[] {
  const groups = new Map<string, string[]>();
  for (const { name, address, stats } of fleet.nodes) {
    const endpoint = formatHostPort(address, stats.port);
    const names = groups.get(endpoint);
    if (names === undefined) groups.set(endpoint, [name]);
    else names.push(name);
  }
  return [...groups]
    .filter(([, names]) => names.length > 1)
    .map(([endpoint, names]) => ({
      path: ["nodes"],
      text: `${foldNames(names)} have the same address ${endpoint}: one HAProxy would count ${names.length} times`,
    }));
}
