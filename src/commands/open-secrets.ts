import type { FleetNode } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import type { ReadSecret } from "../io/secret.ts";
import type { Shell } from "./shell.ts";

/**
 * Reads every secret that these nodes need, before the first poll: a missing password is told once and in words
 * instead of as a failure of each node. Throws a `UserError` that holds all that is missing.
 */
export async function openSecrets(shell: Shell, nodes: readonly FleetNode[]): Promise<ReadSecret> {
  const { createSecretReader } = await import("../io/secret.ts");
  const readSecret = createSecretReader({ env: shell.env });
  const sources = nodes.flatMap(({ stats }) => stats.password ?? []);
  const results = await Promise.allSettled(sources.map(readSecret));
  const errors = new Set(results.flatMap((result) => (result.status === "rejected" ? [result.reason] : [])));
  const [first] = errors;
  if (first === undefined) return readSecret;
  if (errors.size === 1 || ![...errors].every((error) => error instanceof UserError)) throw first;
  throw new UserError([...errors].map((error: UserError) => error.message).join("\n"));
}
