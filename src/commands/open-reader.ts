import type { Clock } from "../app/clock.ts";
import type { NodeReader } from "../app/reader.ts";
import type { FleetNode } from "../domain/inventory.ts";
import { systemClock } from "../io/clock.ts";
import { createNodeReader } from "../io/node-reader.ts";
import { createSecretReader } from "../io/secret.ts";

import type { Shell } from "./shell.ts";

/**
 * The real reader of these nodes and the real clock. Close the reader at the end.
 * Errors: UserError for a password or a TLS file that cannot be read.
 */
export async function openReader(
  shell: Shell,
  nodes: readonly FleetNode[],
): Promise<{ readonly reader: NodeReader; readonly clock: Clock }> {
  const reader = await createNodeReader({ nodes, secrets: createSecretReader({ env: shell.env }) });
  return { reader, clock: systemClock };
}
