import { compareNames } from "../domain/fold.ts";
import type { Found, FoundNode } from "./found.ts";

/**
 * Joins what several sources say; whoever comes first is believed.
 * Shape: masters come from the first source that has any, and so do nodes; later sources add labels, ways and ports to
 * nodes of the same name. What they say otherwise becomes a note.
 */
export function mergeFound(sources: readonly Found[]): Found {
  const masters = sources.find((source) => source.masters.length > 0);
  const notes = [...sources.flatMap((source) => source.notes), ...(masters?.masterNotes ?? [])];
  for (const other of sources) {
    if (masters === undefined || other === masters || other.masters.length === 0) continue;
    if (other.masters.length === masters.masters.length) continue;
    const counts = `${masters.source} has ${count(masters.masters.length, "master")}, ${other.source} has ${other.masters.length}`;
    notes.push(`${counts}; those of ${masters.source} are written.`);
  }
  notes.push(...disagreements(sources));
  return {
    source: sources.map(({ source }) => source).join(", "),
    cluster: first(sources, ({ cluster }) => cluster),
    masters: masters?.masters ?? [],
    nodes: mergeNodes(sources, notes),
    backend: first(sources, ({ backend }) => backend),
    frontend: lay(sources, ({ frontend }) => frontend),
    check: lay(sources, ({ check }) => check),
    stats: lay(sources, ({ stats }) => stats),
    notes,
    masterNotes: [],
  };
}

/** What is worth a look where two sources say different things. */
const compared: readonly { readonly key: string; of(source: Found): string | number | undefined }[] = [
  { key: "backend", of: ({ backend }) => backend },
  { key: "check.expect", of: ({ check }) => check.expect },
  { key: "stats.port", of: ({ stats }) => stats.port },
  { key: "stats.path", of: ({ stats }) => stats.path },
];

function disagreements(sources: readonly Found[]): readonly string[] {
  return compared.flatMap(({ key, of }) => {
    const [main, ...others] = sources.filter((source) => of(source) !== undefined);
    return others
      .filter((other) => main !== undefined && of(other) !== of(main))
      .map(
        (other) =>
          `${key} is ${main && of(main)} in ${main?.source} and ${of(other)} in ${other.source}; the first is written.`,
      );
  });
}

function mergeNodes(sources: readonly Found[], notes: string[]): readonly FoundNode[] {
  const [main, ...others] = sources.filter(({ nodes }) => nodes.length > 0);
  if (main === undefined) return [];
  const nodes = new Map(main.nodes.map((node) => [node.name, node]));
  for (const other of others) {
    const unknown: string[] = [];
    for (const node of other.nodes) {
      const known = nodes.get(node.name);
      if (known === undefined) unknown.push(node.name);
      else nodes.set(node.name, join(known, node));
    }
    if (unknown.length === 0) continue;
    const [one = ""] = unknown.toSorted(compareNames);
    const names = unknown.length === 1 ? one : `${count(unknown.length, "node")}, ${one} among them`;
    notes.push(`${names}, in ${other.source} only: left out, as the nodes come from ${main.source}.`);
  }
  return [...nodes.values()];
}

function join(known: FoundNode, more: FoundNode): FoundNode {
  return {
    name: known.name,
    address: known.address ?? more.address,
    ssh: known.ssh ?? more.ssh,
    labels: { ...more.labels, ...known.labels },
    statsPort: known.statsPort ?? more.statsPort,
  };
}

function first<Value>(sources: readonly Found[], pick: (source: Found) => Value | undefined): Value | undefined {
  return sources.map(pick).find((value) => value !== undefined);
}

/** The keys of every source, those of the first on top. */
function lay<Part extends object>(sources: readonly Found[], pick: (source: Found) => Part): Part {
  return Object.assign({}, ...sources.map(pick).toReversed());
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
