import { foldNames } from "../domain/fold.ts";
import type { FleetNode, StatsEndpoint } from "../domain/inventory.ts";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import type { GenerateInput } from "./generate-input.ts";

/** The password that stands in the sample configuration. */
const SAMPLE_PASSWORD = "yoursupersecretpassword";

// What of a node's settings stands in its haproxy.cfg.
const WRITTEN: readonly { readonly key: string; of(node: FleetNode): string }[] = [
  { key: "stats.port", of: (node) => String(node.stats.port) },
  { key: "stats.path", of: (node) => node.stats.path },
  { key: "stats.username", of: (node) => node.stats.username },
  { key: "stats.tls", of: (node) => (node.stats.tls === undefined ? "http" : "https") },
];

/**
 * The stats listener of the node that a file is for, or of all nodes.
 * Errors: `UserError` where one file is to serve nodes that differ, and where the password is the sample's.
 */
export function statsOf(input: GenerateInput): StatsEndpoint {
  const nodes = nodesOf(input);
  for (const { key, of } of WRITTEN) refuseDifference(nodes, key, of);
  const sample = nodes.find(
    ({ stats: { password } }) => password?.kind === "literal" && password.value === SAMPLE_PASSWORD,
  );
  if (sample !== undefined) {
    throw new UserError(
      `stats.password of ${sample.name} is the password of the sample configuration, which everybody knows`,
      "Choose another one: openssl rand -base64 24",
    );
  }
  return first(nodes).stats;
}

/** The path of the stats socket on the node that a file is for, or on all nodes. Errors: as `statsOf`. */
export function socketOf(input: GenerateInput): string {
  const nodes = nodesOf(input);
  refuseDifference(nodes, "admin.socket", (node) => node.admin.socket);
  return first(nodes).admin.socket;
}

function nodesOf({ fleet, node }: GenerateInput): readonly FleetNode[] {
  return node === undefined ? fleet.nodes : [node];
}

function first(nodes: readonly FleetNode[]): FleetNode {
  const [node] = nodes;
  if (node === undefined) throw new UserError("the fleet file has no nodes", "Add one under `nodes`.");
  return node;
}

function refuseDifference(nodes: readonly FleetNode[], key: string, of: (node: FleetNode) => string): void {
  const names = new Map<string, string[]>();
  for (const node of nodes) names.set(of(node), [...(names.get(of(node)) ?? []), node.name]);
  if (names.size < 2) return;
  const values = [...names].map(([value, of]) => `${cleanText(value, 60)} on ${foldNames(of)}`);
  throw new UserError(
    `the nodes differ in ${key}: ${values.join(", ")}; one file cannot be for all of them`,
    "Make one for each node: --node <name>.",
  );
}
