import { createGate } from "../app/gate.ts";
import { throughGate } from "../app/through-gate.ts";
import { foldNames } from "../domain/fold.ts";
import {
  defaultHaproxyVersion,
  formatHaproxyVersion,
  type HaproxyVersion,
  isAtLeast,
  oldestHaproxyVersion,
  oldestOf,
  parseHaproxyVersion,
} from "../domain/haproxy-version.ts";
import type { Fleet, FleetNode, SecretSource } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import { systemClock } from "../io/clock.ts";
import { createNodeReader } from "../io/node-reader.ts";
import { DEFAULT_PARALLEL } from "./flag-values.ts";

/** The version to write for, and one line for stderr where that is not plain. */
export type ChosenVersion = { readonly version: HaproxyVersion; readonly note: string | undefined };

/**
 * The oldest HAProxy that the fleet runs. Every node is asked at once, within its own time limit, by what `/metrics`
 * tells; a password is sent where it is at hand, as `/metrics` may want it, and is not needed where it does not.
 * Shape: 2.8 where nobody may be asked or nobody answers.
 */
export async function chooseHaproxyVersion(
  fleet: Fleet,
  options: { readonly offline: boolean; secretOf(source: SecretSource): string | undefined },
): Promise<ChosenVersion> {
  if (fleet.haproxy.version !== undefined) return { version: fleet.haproxy.version, note: undefined };
  const fallback = formatHaproxyVersion(defaultHaproxyVersion);
  if (options.offline) {
    return { version: defaultHaproxyVersion, note: `written for HAProxy ${fallback}; no node was asked (--offline)` };
  }
  const versions = await askVersions(fleet.nodes, options.secretOf);
  const oldest = oldestOf([...versions.values()]);
  if (oldest === undefined) {
    const note = `written for HAProxy ${fallback}, as no node told its version; name one with --haproxy-version`;
    return { version: defaultHaproxyVersion, note };
  }
  const version = isAtLeast(oldest, oldestHaproxyVersion) ? oldest : oldestHaproxyVersion;
  return { version, note: noteOf(versions, version) };
}

/** Which version runs where, if they are not all the one that is written for. */
function noteOf(versions: ReadonlyMap<string, HaproxyVersion>, version: HaproxyVersion): string | undefined {
  const nodesBy = new Map<string, string[]>();
  for (const [node, found] of versions) {
    const text = formatHaproxyVersion(found);
    nodesBy.set(text, [...(nodesBy.get(text) ?? []), node]);
  }
  const written = formatHaproxyVersion(version);
  if (nodesBy.size === 1 && nodesBy.has(written)) return undefined;
  const list = [...nodesBy].map(([text, nodes]) => `${text} (${foldNames(nodes)})`).sort();
  return `written for HAProxy ${written}; the nodes run ${list.join(", ")}`;
}

async function askVersions(
  nodes: readonly FleetNode[],
  secretOf: (source: SecretSource) => string | undefined,
): Promise<ReadonlyMap<string, HaproxyVersion>> {
  const asked = nodes.map((node) => {
    const { password } = node.stats;
    if (password === undefined || secretOf(password) !== undefined) return node;
    return { ...node, stats: { ...node.stats, password: undefined } };
  });
  const reader = await createNodeReader({
    nodes: asked,
    secrets: async (source) => secretOf(source) ?? "",
  }).catch((error: unknown) => {
    // A certificate of the console that cannot be read keeps it from asking, and not from writing a file.
    if (error instanceof UserError) return undefined;
    throw error;
  });
  const versions = new Map<string, HaproxyVersion>();
  if (reader === undefined) return versions;
  try {
    await throughGate(asked, createGate(systemClock, DEFAULT_PARALLEL), async (node) => {
      const version = parseHaproxyVersion((await reader.identify(node))?.version ?? "");
      if (version !== undefined) versions.set(node.name, version);
    });
  } finally {
    await reader.close();
  }
  return versions;
}
