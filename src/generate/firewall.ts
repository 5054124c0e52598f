import { portNotes, sourceNotes } from "./firewall-notes.ts";
import { type FirewallPorts, firewallPorts } from "./firewall-ports.ts";
import { type FirewallSources, firewallSources } from "./firewall-sources.ts";
import { ufwScript } from "./firewall-ufw.ts";
import type { GenerateInput } from "./generate-input.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { hashComment } from "./hash-comment.ts";

/**
 * Rules for the nodes that keep the stats listener (and the frontend, where it is not on loopback) to the VPN or to the
 * fleet: once for nftables, once for ufw. One of the two is enough.
 * Errors: a UserError where the sources cannot be written as addresses.
 */
export function generateFirewall(input: GenerateInput): readonly GeneratedFile[] {
  const ports = firewallPorts(input);
  const sources = firewallSources(input.fleet);
  return [
    { path: "k3s-lb.nft", text: nftRules(ports, sources), check: "nft", comment: "#" },
    { path: "k3s-lb-ufw.sh", text: ufwScript(ports, sources), check: undefined, comment: "#" },
  ];
}

function nftRules(ports: FirewallPorts, sources: FirewallSources): string {
  const dport = ports.all.length === 1 ? String(ports.all[0]) : `{ ${ports.all.join(", ")} }`;
  return `#!/usr/sbin/nft -f
${hashComment([...head, ...portNotes(ports), ...sourceNotes(sources)])}
# Made if it is not there, so that it can be deleted; all in one step, so that nothing is open in between.
table inet k3s_lb
delete table inet k3s_lb

table inet k3s_lb {
${sets(sources)}	chain input {
		# Only the last rule drops. What is accepted here still has to pass the other tables: this one opens nothing.
		type filter hook input priority filter; policy accept;

		iif "lo" accept
		ct state established,related accept
${passes(sources, dport)}		tcp dport ${dport} counter drop
	}
}
`;
}

const head = [
  "Written by k3s-lb generate firewall, for nftables. On every node, as root: nft -f k3s-lb.nft",
  "To keep it, include it in /etc/nftables.conf. It is a table of its own, may be loaded as often as one likes, and is",
  "taken away by: nft delete table inet k3s_lb",
  "",
];

function sets(sources: FirewallSources): string {
  if (sources.kind === "interface") return "";
  return set("fleet4", "ipv4_addr", sources.ipv4) + set("fleet6", "ipv6_addr", sources.ipv6);
}

function set(name: string, type: string, elements: readonly string[]): string {
  if (elements.length === 0) return "";
  const lines = elements.map((element) => `\t\t\t${element},\n`).join("");
  return `\tset ${name} {\n\t\ttype ${type}\n\t\tflags interval\n\t\telements = {\n${lines}\t\t}\n\t}\n\n`;
}

function passes(sources: FirewallSources, dport: string): string {
  if (sources.kind === "interface") return `\t\ttcp dport ${dport} iifname "${sources.name}" accept\n`;
  const ipv4 = sources.ipv4.length > 0 ? `\t\ttcp dport ${dport} ip saddr @fleet4 accept\n` : "";
  const ipv6 = sources.ipv6.length > 0 ? `\t\ttcp dport ${dport} ip6 saddr @fleet6 accept\n` : "";
  return ipv4 + ipv6;
}
