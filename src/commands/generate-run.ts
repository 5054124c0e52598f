import { formatHaproxyVersion, type HaproxyVersion } from "../domain/haproxy-version.ts";
import type { Fleet, FleetNode } from "../domain/inventory.ts";
import { didYouMean } from "../domain/nearest.ts";
import { UserError } from "../domain/user-error.ts";
import type { SecretForm } from "../generate/generate-input.ts";
import { layOver } from "../generate/lay-over.ts";
import { systemClock } from "../io/clock.ts";
import { debugSayer } from "./debug.ts";
import { loadFleet, sayWarnings } from "./fleet-option.ts";
import { interruptedCode, whileChecking } from "./generate-checking.ts";
import { deliver } from "./generate-deliver.ts";
import { type MakeInput, makeFiles } from "./generate-make.ts";
import { type GenerateFlags, type GenerateOptions, readGenerateFlags } from "./generate-options.ts";
import type { GenerateSecrets } from "./generate-secrets.ts";
import type { Target } from "./generate-targets.ts";
import { verifyFiles } from "./generate-verify.ts";
import { chooseSections } from "./generate-write.ts";
import type { Shell } from "./shell.ts";
import { tellWhile } from "./tell-while.ts";

/** The command as called: its name and its flags. */
export type GenerateCall = { readonly name: string; readonly flags: GenerateFlags };

/**
 * Makes some targets, has them checked, and hands them over.
 * Shape: resolves to the exit code, 1 where a program refused what was made, where `--diff` found a difference, and
 * where a file could not be written; 130 after Ctrl-C while programs check.
 * Errors: UserError for flags, the fleet file, and files that may not be replaced.
 */
export async function runGenerate(
  shell: Shell,
  targets: readonly Target[],
  { name, flags }: GenerateCall,
): Promise<number> {
  const options = readGenerateFlags(flags);
  refuseUnfit(name, options);
  const loaded = await loadFleet(shell, flags.config === undefined ? {} : { config: flags.config });
  sayWarnings(shell, loaded.warnings);
  const debug = debugSayer(shell, options);
  debug(`fleet file ${loaded.path}`);
  const fleet = layOver(loaded.fleet, options.changes);
  const node = options.node === undefined ? undefined : findNode(fleet, options.node);
  const has = (option: Target["options"][number]) => targets.some((target) => target.options.includes(option));
  const makesHashes = targets.some(({ options: own, hasVault }) => own.includes("secrets") && hasVault === undefined);
  const { atHand, formFor } = has("secrets")
    ? await openSecretForms(shell, fleet, node, makesHashes ? options.secrets : "env")
    : { atHand: () => undefined, formFor: async (): Promise<SecretForm> => ({ kind: "env" }) };
  const version = await versionFor(shell, fleet, { ...options, atHand, isNeeded: has("haproxy-version") });
  const sectionsOnly = has("sections") && (await chooseSections(shell, targets, options));
  const input: MakeInput = {
    fleet,
    node,
    version,
    kubernetes: options.kubernetes,
    sectionsOnly,
    secretKind: options.secrets,
    formFor,
  };
  if (has("haproxy-version")) debug(`for HAProxy ${formatHaproxyVersion(version)}`);
  if (has("secrets")) debug(`passwords as ${options.secrets}`);
  const made = await makeFiles(targets, input);
  for (const { path, target, text } of made.files) debug(`${target} made ${path}, ${Buffer.byteLength(text)} bytes`);
  const remake = async (older: HaproxyVersion) => (await makeFiles(targets, { ...input, version: older })).files;
  const checking = options.verify ? { version, remake } : undefined;
  debug(checking === undefined ? "nothing is checked (--no-verify)" : "checking by the programs that are installed");
  if (checking !== undefined) {
    const isSound = await whileChecking(shell, (signal) =>
      verifyFiles(shell, made.files, { ...checking, sectionsOnly, signal }),
    );
    if (isSound !== true) return isSound === undefined ? interruptedCode : 1;
  }
  return deliver(shell, made, options, checking);
}

function refuseUnfit(name: string, { delivery }: GenerateOptions): void {
  if (name !== "all" || delivery.kind === "folder" || delivery.kind === "diff") return;
  throw new UserError(
    "generate all makes many files, so it needs a folder for them (-O), or one to compare with (--diff)",
    "k3s-lb generate all -O deploy/",
  );
}

function findNode(fleet: Fleet, name: string): FleetNode {
  const node = fleet.nodes.find((each) => each.name === name);
  if (node !== undefined) return node;
  const names = fleet.nodes.map((each) => each.name);
  throw new UserError(
    `--node: there is no node "${name}"${didYouMean(name, names)}`,
    "It takes one node by its whole name: k3s-lb config view shows them all.",
  );
}

async function openSecretForms(
  shell: Shell,
  fleet: Fleet,
  node: FleetNode | undefined,
  kind: SecretForm["kind"],
): Promise<GenerateSecrets> {
  const { openGenerateSecrets } = await import("./generate-secrets.ts");
  return openGenerateSecrets(shell, fleet, node === undefined ? fleet.nodes : [node], kind);
}

async function versionFor(
  shell: Shell,
  fleet: Fleet,
  options: Pick<GenerateOptions, "version" | "offline"> & {
    readonly isNeeded: boolean;
    readonly atHand: GenerateSecrets["atHand"];
  },
): Promise<HaproxyVersion> {
  if (options.version !== undefined) return options.version;
  const { chooseHaproxyVersion } = await import("./generate-version.ts");
  const chosen = chooseHaproxyVersion(fleet, {
    offline: options.offline || !options.isNeeded,
    secretOf: options.atHand,
  });
  const say = (seconds: number) => `asking the nodes for their version, ${seconds}s (--offline asks nobody)`;
  const { version, note } = await tellWhile(shell, systemClock, say, chosen);
  if (note !== undefined && options.isNeeded) shell.stderr.write(`k3s-lb: ${note}\n`);
  return version;
}
