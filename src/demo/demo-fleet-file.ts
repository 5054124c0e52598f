import { defaultAdminSettings } from "../domain/admin-settings.ts";
import { defaultEventSettings } from "../domain/default-event-settings.ts";
import { defaultHaproxySettings } from "../domain/default-haproxy-settings.ts";
import type { Fleet, FleetNode, SecretSource } from "../domain/inventory.ts";
import { type DemoFleet, demoNames } from "./demo-fleet.ts";
import type { NodeEndpoint } from "./serve-fleet.ts";

/** The first line of every fleet file of a demo, by which it is known again. */
export const fleetFileHeading = '# The embedded fleet of "k3s-lb demo --serve". It is gone when that command ends.';

/** The embedded fleet as the fleet file would describe it, for commands in this process. */
export function demoInventory(fleet: DemoFleet, endpoints: readonly NodeEndpoint[], password: SecretSource): Fleet {
  return {
    cluster: demoNames.cluster,
    masters: fleet.masters.map((name, index) => ({ name, address: masterAddress(index) })),
    nodes: endpoints.map(
      ({ node, address, port }): FleetNode => ({
        name: node.name,
        address,
        ssh: undefined,
        labels: { site: node.site },
        stats: { port, path: "/", username: demoNames.username, password, tls: undefined },
        admin: { ...defaultAdminSettings, via: "http" },
        poll: { intervalMs: 1000, timeoutMs: 800, source: "stats" },
      }),
    ),
    backend: demoNames.backend,
    frontend: { name: demoNames.frontend, bind: "127.0.0.1:16443" },
    check: { expect: 401, intervalMs: 1000, rise: 2, fall: 2, ca: undefined, cert: undefined },
    admin: { locked: true, readOnly: false },
    haproxy: defaultHaproxySettings,
    events: defaultEventSettings,
  };
}

/**
 * The same as the text of a fleet file; `passwordPath` is where the password stands.
 * Neighbours of one site are one line with ranges, so that a file for thousands of nodes stays readable.
 */
export function demoFleetFile(fleet: DemoFleet, endpoints: readonly NodeEndpoint[], passwordPath: string): string {
  const [first] = endpoints;
  const onePort = first !== undefined && endpoints.every(({ port }) => port === first.port);
  return `${fleetFileHeading}
cluster: ${demoNames.cluster}
masters:
${fleet.masters.map((name, index) => `  - { name: ${name}, address: "${masterAddress(index)}" }`).join("\n")}
nodes:
${nodeLines(endpoints, onePort).join("\n")}
backend: ${demoNames.backend}
frontend: { name: ${demoNames.frontend}, bind: "127.0.0.1:16443" }
check: { expect: 401, interval: 1s, rise: 2, fall: 2 }
stats:
${onePort ? `  port: ${first.port}\n` : ""}  username: ${demoNames.username}
  password: { file: ${JSON.stringify(passwordPath)} }
admin: { via: http }
poll: { interval: 1s, timeout: 800ms, source: stats }
`;
}

function masterAddress(index: number): string {
  return `master-${index + 1}:6443`;
}

function nodeLines(endpoints: readonly NodeEndpoint[], onePort: boolean): readonly string[] {
  if (!onePort) {
    return endpoints.map(
      ({ node, address, port }) =>
        `  - { name: ${node.name}, address: ${address}, labels: { site: ${node.site} }, stats: { port: ${port} } }`,
    );
  }
  const runs: NodeEndpoint[][] = [];
  for (const endpoint of endpoints) {
    const run = runs.at(-1);
    const [head] = run ?? [];
    const continues =
      head !== undefined &&
      head.node.site === endpoint.node.site &&
      network(head.address) === network(endpoint.address);
    if (run !== undefined && continues) run.push(endpoint);
    else runs.push([endpoint]);
  }
  return runs.map(runLine);
}

function runLine(run: readonly NodeEndpoint[]): string {
  const [head, tail] = [run[0], run.at(-1)];
  if (head === undefined || tail === undefined) return "";
  const labels = `labels: { site: ${head.node.site} }`;
  if (head === tail) return `  - { name: ${head.node.name}, address: ${head.address}, ${labels} }`;
  const names = `node[${digitsOf(head.node.name)}:${digitsOf(tail.node.name)}]`;
  const addresses = `${network(head.address)}.[${hostOf(head.address)}:${hostOf(tail.address)}]`;
  return `  - { name: "${names}", address: "${addresses}", ${labels} }`;
}

function digitsOf(name: string): string {
  return name.replace(/^\D+/, "");
}

function network(address: string): string {
  return address.slice(0, address.lastIndexOf("."));
}

function hostOf(address: string): string {
  return address.slice(address.lastIndexOf(".") + 1);
}
