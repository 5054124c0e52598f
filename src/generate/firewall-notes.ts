import type { FirewallPorts } from "./firewall-ports.ts";
import type { FirewallSources } from "./firewall-sources.ts";

/** What is guarded, for the comments of both files. */
export function portNotes({ all, frontend }: FirewallPorts): readonly string[] {
  const stats = `Guarded: port ${all.join(", ")} over TCP. No other port is touched, and the node's own loopback always passes.`;
  if (frontend === undefined) return [stats];
  return [
    stats,
    `${frontend} is the frontend: frontend.bind is not on loopback. Agents ask it on their own node and need nobody to let them`,
    "in; pods do not (they ask the masters by the kubernetes service).",
  ];
}

/** Who is let in, for the comments of both files. */
export function sourceNotes(sources: FirewallSources): readonly string[] {
  return sources.kind === "interface"
    ? [`Let in: all that comes by ${sources.name} (haproxy.vpn_interface).`]
    : [
        "Let in: the nodes of the fleet file, and haproxy.admin.from. A console or a Prometheus that is none of these is kept out:",
        "add its address there, or set haproxy.vpn_interface.",
      ];
}
