import { nodeFile } from "../domain/fleet-haproxy-schema.ts";
import type { HaproxyFixId } from "../domain/haproxy-fixes.ts";
import { haproxyFixes } from "../domain/haproxy-fixes.ts";
import {
  type HaproxyVersion,
  isAtLeast,
  oldestHaproxyVersion,
  parseHaproxyVersion,
} from "../domain/haproxy-version.ts";
import type { FleetCheck } from "../domain/inventory.ts";
import { didYouMean } from "../domain/nearest.ts";
import { UserError } from "../domain/user-error.ts";
import type { KubernetesVersion, SecretForm } from "../generate/generate-input.ts";
import type { FleetChanges } from "../generate/lay-over.ts";
import { readAdminFlag, readInterfaceFlag } from "./generate-admin-flag.ts";

/** The flags of `generate` as commander gives them; which of them a target has is its own matter. */
export type GenerateFlags = {
  readonly haproxyVersion?: string;
  readonly offline?: boolean;
  readonly kubernetesVersion?: string;
  readonly check?: string;
  readonly checkCa?: string;
  readonly checkCert?: string;
  readonly without?: readonly string[];
  readonly with?: readonly string[];
  readonly admin?: string;
  readonly vpnInterface?: string;
  readonly node?: string;
  readonly sections?: boolean;
  readonly secrets?: SecretForm["kind"];
  readonly outputDir?: string;
  readonly diff?: string;
  readonly write?: string;
  readonly overwrite?: boolean;
  readonly verify: boolean;
  readonly config?: string;
  readonly color: boolean;
  readonly debug?: boolean;
};

/** Where the files go. */
export type Delivery =
  | { readonly kind: "print" }
  | { readonly kind: "folder"; readonly dir: string; readonly overwrite: boolean }
  | { readonly kind: "diff"; readonly old: string }
  | { readonly kind: "write"; readonly file: string; readonly overwrite: boolean };

/** What a run of `generate` is asked for. `version` is there when the nodes need not be asked. */
export type GenerateOptions = {
  readonly version: HaproxyVersion | undefined;
  readonly offline: boolean;
  readonly kubernetes: KubernetesVersion;
  readonly changes: FleetChanges;
  readonly node: string | undefined;
  readonly sections: boolean;
  readonly secrets: SecretForm["kind"];
  readonly delivery: Delivery;
  readonly verify: boolean;
  readonly config: string | undefined;
  readonly color: boolean;
  readonly debug: boolean;
};

/** Flags to options. Errors: a UserError that names the flag, what stands there and what is expected. */
export function readGenerateFlags(flags: GenerateFlags): GenerateOptions {
  return {
    version: flags.haproxyVersion === undefined ? undefined : readVersion(flags.haproxyVersion),
    offline: flags.offline ?? false,
    kubernetes: readKubernetes(flags.kubernetesVersion ?? "1.32"),
    changes: {
      expect: flags.check === undefined ? undefined : readCheck(flags.check),
      ca: readNodeFile("--check-ca", flags.checkCa),
      cert: readNodeFile("--check-cert", flags.checkCert),
      admin: readAdminFlag(flags.admin),
      vpnInterface: readInterfaceFlag(flags.vpnInterface),
      ...readFixes(flags),
    },
    node: flags.node,
    sections: flags.sections ?? false,
    secrets: flags.secrets ?? "env",
    delivery: readDelivery(flags),
    verify: flags.verify,
    config: flags.config,
    color: flags.color,
    debug: flags.debug ?? false,
  };
}

function readVersion(text: string): HaproxyVersion {
  const version = parseHaproxyVersion(text);
  if (version !== undefined && isAtLeast(version, oldestHaproxyVersion)) return version;
  throw new UserError(`--haproxy-version: "${text}" should be a version from 2.4 on, such as 2.8.`);
}

function readKubernetes(text: string): KubernetesVersion {
  const [, minor] = /^v?1\.(\d{1,2})(?:[.+-].*)?$/.exec(text) ?? [];
  if (minor !== undefined) return { major: 1, minor: Number(minor) };
  throw new UserError(`--kubernetes-version: "${text}" should be a version such as 1.32 or v1.32.4+k3s1.`);
}

function readCheck(text: string): FleetCheck["expect"] {
  if (text === "401") return 401;
  if (text === "200") return 200;
  if (text === "migrate") return "migrate";
  throw new UserError(`--check: "${text}" should be 401, 200 or migrate.`);
}

function readNodeFile(flag: string, path: string | undefined): string | undefined {
  if (path === undefined || nodeFile("").safeParse(path).success) return path;
  throw new UserError(`${flag}: "${path}" should be the absolute path of a PEM file on the nodes, without blanks.`);
}

function readFixes(flags: GenerateFlags): Pick<FleetChanges, "with" | "without"> {
  const fixes = { without: fixIds("--without", flags.without), with: fixIds("--with", flags.with) };
  const both = fixes.without.find((id) => fixes.with.includes(id));
  if (both === undefined) return fixes;
  throw new UserError(`--with ${both} and --without ${both} ask for opposite things.`);
}

function fixIds(flag: string, values: readonly string[] = []): readonly HaproxyFixId[] {
  const ids = haproxyFixes.map(({ id }) => id);
  return values
    .flatMap((value) => value.split(","))
    .map((value) => {
      const id = ids.find((each) => each === value.trim());
      if (id !== undefined) return id;
      throw new UserError(
        `${flag}: there is no fix "${value}"${didYouMean(value, ids)}`,
        `There are ${ids.join(", ")}.`,
      );
    });
}

function readDelivery({ outputDir, diff, write, overwrite = false }: GenerateFlags): Delivery {
  if (overwrite && outputDir === undefined && write === undefined) {
    throw new UserError("--overwrite says what to do with files that are there; it goes with -O or --write.");
  }
  if (outputDir !== undefined) return { kind: "folder", dir: outputDir, overwrite };
  if (diff !== undefined) return { kind: "diff", old: diff };
  return write === undefined ? { kind: "print" } : { kind: "write", file: write, overwrite };
}
