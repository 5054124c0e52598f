import ipaddr from "ipaddr.js";
import type { Fleet } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";

/** Who may come in from elsewhere: all of the VPN's interface, or addresses, sorted and none twice or inside another. */
export type FirewallSources =
  | { readonly kind: "interface"; readonly name: string }
  | { readonly kind: "addresses"; readonly ipv4: readonly string[]; readonly ipv6: readonly string[] };

type Range = { readonly address: ipaddr.IPv4 | ipaddr.IPv6; readonly prefix: number };

/** From the fleet file. Throws a UserError for what no rule can hold: names of hosts, and ranges that are everybody. */
export function firewallSources({ nodes, haproxy }: Fleet): FirewallSources {
  if (haproxy.vpnInterface !== undefined) return { kind: "interface", name: checkedInterface(haproxy.vpnInterface) };
  const named = nodes.filter(({ address }) => readRange(address) === undefined);
  const [first] = named;
  if (first !== undefined) {
    const others = named.length > 1 ? ` (and ${named.length - 1} more)` : "";
    throw new UserError(
      `The address of node ${first.name}${others} is the name ${first.address}; firewall rules go by addresses, which a name may change.`,
      "Set haproxy.vpn_interface, or write IP addresses into nodes.",
    );
  }
  const extra = haproxy.admin.kind === "from" ? haproxy.admin.addresses : [];
  const ranges = minimal([...nodes.map(({ address }) => address), ...extra].flatMap((text) => checkedRange(text)));
  const ofKind = (kind: string) => ranges.filter(({ address }) => address.kind() === kind).map(formatRange);
  return { kind: "addresses", ipv4: ofKind("ipv4"), ipv6: ofKind("ipv6") };
}

/** Whether an address, or the name localhost, is the machine itself. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || readRange(host)?.address.range() === "loopback";
}

function checkedInterface(name: string): string {
  if (/^[A-Za-z0-9_.@-]{1,15}$/.test(name)) return name;
  throw new UserError(
    `haproxy.vpn_interface is ${JSON.stringify(name)}; expected the name of an interface such as wg0.`,
  );
}

function checkedRange(text: string): readonly Range[] {
  const range = readRange(text);
  if (range === undefined) {
    throw new UserError(
      `haproxy.admin.from has ${JSON.stringify(text)}; expected an IP address, with or without a prefix.`,
    );
  }
  if (range.prefix === 0) {
    throw new UserError(
      `haproxy.admin.from has ${text}, which is everybody: such a firewall would keep nobody out.`,
      "Name the addresses that watch, or set haproxy.vpn_interface.",
    );
  }
  // Loopback needs no entry: it is always let in.
  return range.address.range() === "loopback" ? [] : [range];
}

/** `undefined` for what is no address written in full. IPv4 inside IPv6 is IPv4, as packets are. */
function readRange(text: string): Range | undefined {
  const [host = "", digits, ...rest] = text.split("/");
  if (rest.length > 0 || (digits !== undefined && !/^\d{1,3}$/.test(digits))) return undefined;
  if (!ipaddr.IPv4.isValidFourPartDecimal(host) && !ipaddr.IPv6.isValid(host)) return undefined;
  const address = ipaddr.process(host);
  const prefix =
    digits === undefined
      ? widthOf(address)
      : Number(digits) - (host.includes(":") && address.kind() === "ipv4" ? 96 : 0);
  if (prefix < 0 || prefix > widthOf(address)) return undefined;
  return { address: networkOf(address, prefix), prefix };
}

function widthOf(address: ipaddr.IPv4 | ipaddr.IPv6): number {
  return address.kind() === "ipv4" ? 32 : 128;
}

function networkOf(address: ipaddr.IPv4 | ipaddr.IPv6, prefix: number): ipaddr.IPv4 | ipaddr.IPv6 {
  const cidr = `${address.toString()}/${prefix}`;
  return address.kind() === "ipv4"
    ? ipaddr.IPv4.networkAddressFromCIDR(cidr)
    : ipaddr.IPv6.networkAddressFromCIDR(cidr);
}

/** Sorted by address, without what another range holds already: sets of nft refuse overlaps. */
function minimal(ranges: readonly Range[]): readonly Range[] {
  const sorted = ranges.toSorted((a, b) => compareBytes(a, b) || a.prefix - b.prefix);
  const kept: Range[] = [];
  for (const range of sorted) {
    const last = kept.at(-1);
    if (last === undefined || !holds(last, range)) kept.push(range);
  }
  return kept;
}

function compareBytes(a: Range, b: Range): number {
  const [ours, theirs] = [a.address.toByteArray(), b.address.toByteArray()];
  if (ours.length !== theirs.length) return ours.length - theirs.length;
  const at = ours.findIndex((byte, i) => byte !== theirs[i]);
  return at === -1 ? 0 : (ours[at] ?? 0) - (theirs[at] ?? 0);
}

function holds(outer: Range, inner: Range): boolean {
  if (outer.address.kind() !== inner.address.kind() || outer.prefix > inner.prefix) return false;
  return networkOf(inner.address, outer.prefix).toString() === outer.address.toString();
}

function formatRange({ address, prefix }: Range): string {
  const text = address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
  return prefix === widthOf(address) ? text : `${text}/${prefix}`;
}
