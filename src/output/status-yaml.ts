import { stringify } from "yaml";
import type { FleetStatus } from "./fleet-status.ts";

/** `-o yaml`: one document, begun by `---`, so that the documents of `--watch` stay apart. */
export function formatYaml(status: FleetStatus): string {
  return `---\n${stringify(status, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
