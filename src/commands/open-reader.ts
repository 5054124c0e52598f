import type { Clock } from "../app/clock.ts";
import type { FleetNode } from "../domain/inventory.ts";
import { systemClock } from "../io/clock.ts";
import { createNodeReader, type NodeReaderOf } from "../io/node-reader.ts";
import { openSecrets } from "./open-secrets.ts";
import type { Shell } from "./shell.ts";

/**
 * The real reader of these nodes and the real clock. Close the reader at the end.
 * Errors: UserError that holds every password that cannot be read, or for a TLS file.
 */
export async function openReader(
  shell: Shell,
  nodes: readonly FleetNode[],
): Promise<{ readonly reader: NodeReaderOf; readonly clock: Clock }> {
  const reader = await createNodeReader({ nodes, secrets: await openSecrets(shell, nodes) });
  return { reader, clock: systemClock };
}
