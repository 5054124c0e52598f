import type { Fleet, FleetNode } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import type { GenerateInput, SecretForm } from "../generate/generate-input.ts";
import type { GeneratedFile } from "../generate/generated-file.ts";
import { nodesByFile } from "../generate/same-file-nodes.ts";
import type { Generator, Target } from "./generate-targets.ts";

/** A file with the target that it belongs to. */
export type MadeFile = GeneratedFile & { readonly target: string };

/**
 * What was made, and lines for stderr on which file is for whom.
 * Shape: `whole` are the targets of which these are all files, so that an earlier one is no longer made.
 */
export type Made = {
  readonly files: readonly MadeFile[];
  readonly notes: readonly string[];
  readonly whole: readonly string[];
};

/** What all targets of a run are given; `secrets` depends on the nodes that a file is for. */
export type MakeInput = Omit<GenerateInput, "secrets"> & {
  readonly secretKind: SecretForm["kind"];
  formFor(nodes: readonly FleetNode[]): Promise<SecretForm>;
};

/**
 * Runs the generators of some targets. A target that is per node gives a file for each group of nodes whose listeners are
 * alike, named by the first of them where there are several groups.
 */
export async function makeFiles(targets: readonly Target[], input: MakeInput): Promise<Made> {
  const files: MadeFile[] = [];
  const notes: string[] = [];
  for (const target of targets) {
    const moot = targets.length === 1 ? undefined : target.moot?.(input.fleet);
    if (moot !== undefined) {
      notes.push(`${target.name} is left out: ${moot}`);
      continue;
    }
    const generator = await target.load();
    for (const { part, suffix, names } of partsOf(target, input)) {
      const secrets = await secretsFor(target, input, part.node === undefined ? part.fleet.nodes : [part.node]);
      const made = run(generator, { ...input, ...part, secrets }, targets.length === 1 ? undefined : target.name);
      for (const file of made) {
        const path = withSuffix(file.path, suffix);
        files.push({ ...file, path, target: target.name });
        if (suffix !== "") notes.push(`${path} is for ${names}`);
      }
    }
  }
  const twice = files.find(({ path }, i) => files.findIndex((other) => other.path === path) !== i);
  if (twice !== undefined) throw new Error(`two files are called ${twice.path}`);
  // Names of the fleet file are in some paths: whatever a generator lets through, nothing leaves the folder of -O.
  const outside = files.find(({ path }) => path.startsWith("/") || path.split("/").includes(".."));
  if (outside !== undefined) throw new Error(`a file is called ${outside.path}`);
  const whole = input.node === undefined ? targets.map(({ name }) => name) : [];
  return { files, notes, whole };
}

/** Where there are several targets, a mistake says which of them it is about. */
function run(generator: Generator, input: GenerateInput, name: string | undefined): readonly GeneratedFile[] {
  try {
    return generator(input);
  } catch (error) {
    if (name === undefined || !(error instanceof UserError)) throw error;
    throw new UserError(`${name}: ${error.message}`, error.hint);
  }
}

async function secretsFor(target: Target, input: MakeInput, nodes: readonly FleetNode[]): Promise<SecretForm> {
  if (!target.options.includes("secrets")) return { kind: "env" };
  if (target.hasVault === undefined) return input.formFor(nodes);
  return input.secretKind === "hash" ? { kind: "hash", hashes: {} } : { kind: "env" };
}

type Part = {
  readonly part: { readonly fleet: Fleet; readonly node: FleetNode | undefined };
  readonly suffix: string;
  readonly names: string;
};

function partsOf(target: Target, { fleet, node, secretKind }: MakeInput): readonly Part[] {
  if (target.perNode === undefined || node !== undefined) return [{ part: { fleet, node }, suffix: "", names: "" }];
  return nodesByFile(fleet, target.perNode, secretKind).map(({ nodes, suffix, names }) => {
    const [only] = nodes;
    return { part: { fleet: { ...fleet, nodes }, node: nodes.length === 1 ? only : undefined }, suffix, names };
  });
}

function withSuffix(path: string, suffix: string): string {
  return path.replace(/(\.[^./]*)?$/, (extension) => suffix + extension);
}
