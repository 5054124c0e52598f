import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { networkInterfaces } from "node:os";

/**
 * Whether a host name or address is this machine's own, other than its loopback: a fleet on loopback (as the demo's) has
 * many nodes on one machine, and each is reached at its own address.
 */
export async function isOwnAddress(host: string): Promise<boolean> {
  const own = ownAddresses();
  if (isIP(host) !== 0) return own.has(host.toLowerCase());
  try {
    const found = await lookup(host, { all: true });
    return found.some(({ address }) => own.has(address.toLowerCase()));
  } catch {
    // A name that means nothing here is no name of ours; whoever connects says so in words.
    return false;
  }
}

/** The addresses of this machine, without its loopback. */
export function ownAddresses(): ReadonlySet<string> {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return new Set(all.filter(({ internal }) => !internal).map(({ address }) => address.toLowerCase()));
}
