import { parseHostPort } from "../domain/host.ts";
import { isLoopback } from "./firewall-sources.ts";
import type { GenerateInput } from "./generate-input.ts";

/** The ports that a firewall has to guard: of the stats listeners, and of the frontend where it is not on loopback. */
export type FirewallPorts = { readonly all: readonly number[]; readonly frontend: number | undefined };

/** Of one node where the input is for one, else of all: the same file fits every node then. */
export function firewallPorts({ fleet, node }: GenerateInput): FirewallPorts {
  const nodes = node === undefined ? fleet.nodes : [node];
  const bind = parseHostPort(fleet.frontend.bind.replace(/^\*?:/, "0.0.0.0:"));
  const frontend = bind === undefined || isLoopback(bind.host) ? undefined : bind.port;
  const ports = [...nodes.map(({ stats }) => stats.port), ...(frontend === undefined ? [] : [frontend])];
  return { all: [...new Set(ports)].toSorted((a, b) => a - b), frontend };
}
