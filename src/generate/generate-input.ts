import type { HaproxyVersion } from "../domain/haproxy-version.ts";
import type { Fleet, FleetNode } from "../domain/inventory.ts";

/**
 * What every generator is given.
 * Shape: flags are already laid over `fleet` (`check`, `haproxy`); `node` is the one node that a file is for, where it is
 * for one. `version` is the HAProxy that has to read it, `kubernetes` the k3s.
 */
export type GenerateInput = {
  readonly fleet: Fleet;
  readonly node: FleetNode | undefined;
  readonly version: HaproxyVersion;
  readonly kubernetes: KubernetesVersion;
  /** Only the sections of the pattern, for a file that has its own `global` and `defaults`. */
  readonly sectionsOnly: boolean;
  readonly secrets: SecretForm;
};

/** A Kubernetes release, as "1.32". */
export type KubernetesVersion = { readonly major: number; readonly minor: number };

/**
 * How a password appears in an output, which is never as itself: as a variable of HAProxy's environment, or as hashes
 * for a userlist (by user name, in the form of crypt(3)).
 */
export type SecretForm =
  | { readonly kind: "env" }
  | { readonly kind: "hash"; readonly hashes: Readonly<Record<string, string>> };
