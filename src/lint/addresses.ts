import ipaddr from "ipaddr.js";

/** Ranges that no router of the internet leads to. */
const INSIDE: ReadonlySet<string> = new Set([
  "private",
  "loopback",
  "linkLocal",
  "uniqueLocal",
  "carrierGradeNat",
  "ipv4Mapped",
]);

/** What an address admits or where it listens. `any` is every address there is. */
export type Reach = "loopback" | "inside" | "public" | "any" | "unknown";

/** Reads a host of a `bind` line; empty, `0.0.0.0` and `::` are all addresses of the machine. Names are unknown. */
export function reachOf(host: string): Reach {
  if (host === "") return "any";
  if (!ipaddr.isValid(host) || (!host.includes(":") && !ipaddr.IPv4.isValidFourPartDecimal(host))) return "unknown";
  const address = ipaddr.process(host);
  const range = address.range();
  if (range === "unspecified") return "any";
  if (range === "loopback") return "loopback";
  return INSIDE.has(range) ? "inside" : "public";
}

/** Whether a network given to `src` is one that outsiders are in: not a private one, and more than a site's own. */
export function isWide(network: string): boolean {
  if (!ipaddr.isValidCIDR(network)) return false;
  const [address, prefix] = ipaddr.parseCIDR(network);
  const isFour = address.kind() === "ipv4";
  const ends = isFour
    ? [ipaddr.IPv4.networkAddressFromCIDR(network), ipaddr.IPv4.broadcastAddressFromCIDR(network)]
    : [ipaddr.IPv6.networkAddressFromCIDR(network), ipaddr.IPv6.broadcastAddressFromCIDR(network)];
  if (ends.every((end) => end.range() === "loopback" || INSIDE.has(end.range()))) return false;
  return prefix < (isFour ? 24 : 48);
}
