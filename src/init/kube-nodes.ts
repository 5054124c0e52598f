import { asList, asMapping, asText } from "./foreign-yaml.ts";
import { type Found, type FoundNode, found } from "./found.ts";

const ZONE = "topology.kubernetes.io/zone";
const ROLE = "node-role.kubernetes.io/";
const CONTROL_PLANE = ["control-plane", "master"];

/**
 * Takes nodes and masters from the items of the API's NodeList.
 * Shape: a node's address is its InternalIP; labels are `site` (the zone) and `role`. Masters are the control-plane
 * nodes, at port 6443.
 */
export function foundInNodeList(items: readonly unknown[], source: string): Found {
  const notes: string[] = [];
  const nodes: FoundNode[] = [];
  const masters: { name: string; address: string | undefined }[] = [];
  for (const item of items) {
    const metadata = asMapping(asMapping(item)?.["metadata"]);
    const name = asText(metadata?.["name"]);
    if (name === undefined) continue;
    const labels = asMapping(metadata?.["labels"]) ?? {};
    const address = internalIp(item);
    if (address === undefined) notes.push(`${name} has no InternalIP: its name is its address.`);
    const roles = Object.keys(labels).flatMap((label) => (label.startsWith(ROLE) ? label.slice(ROLE.length) : []));
    const isMaster = roles.some((role) => CONTROL_PLANE.includes(role));
    const role = isMaster ? "control-plane" : roles.includes("etcd") ? "etcd" : roles.toSorted()[0];
    const site = asText(labels[ZONE]);
    nodes.push({
      name,
      address,
      ssh: undefined,
      labels: { ...(site && { site }), ...(role && { role }) },
      statsPort: undefined,
    });
    if (isMaster) masters.push({ name, address });
  }
  const masterNotes = ["The masters' names are those of Kubernetes; HAProxy's server lines may have others."];
  return found(source, { nodes, masters, notes, masterNotes });
}

function internalIp(item: unknown): string | undefined {
  const addresses = asList(asMapping(asMapping(item)?.["status"])?.["addresses"]).map(asMapping);
  return asText(addresses.find((one) => one?.["type"] === "InternalIP")?.["address"]);
}
