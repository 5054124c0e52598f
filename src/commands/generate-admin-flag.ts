import { haproxySection } from "../domain/fleet-haproxy-schema.ts";
import type { AdminRule } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";

/** `--admin`: localhost, group, or from:<addresses>. Errors: a UserError; what an address is, the fleet file says. */
export function readAdminFlag(text: string | undefined): AdminRule | undefined {
  if (text === undefined) return undefined;
  const word = text.toLowerCase(); // HAProxy's own word is LOCALHOST.
  if (word === "localhost" || word === "group") return { kind: word };
  const addresses = text.startsWith("from:") ? text.slice("from:".length).split(",") : undefined;
  if (addresses === undefined) {
    throw new UserError(`--admin: "${text}" should be localhost, group, or from:<address,address>.`);
  }
  const wrong = addresses.find((address) => !haproxySection.safeParse({ admin: { from: [address] } }).success);
  if (wrong === undefined) return { kind: "from", addresses };
  throw new UserError(`--admin: "${wrong}" should be an IP address, with or without a prefix (10.8.0.0/24).`);
}

/** `--vpn-interface`, as the fleet file takes it. */
export function readInterfaceFlag(name: string | undefined): string | undefined {
  if (name === undefined || haproxySection.safeParse({ vpn_interface: name }).success) return name;
  throw new UserError(`--vpn-interface: "${name}" should be the name of an interface, such as wg0.`);
}
