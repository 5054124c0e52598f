import ipaddr from "ipaddr.js";
import * as z from "zod/mini";
import { defaultHaproxySettings as defaults } from "./default-haproxy-settings.ts";
import { text, word } from "./fleet-leaves.ts";
import { haproxyFixes } from "./haproxy-fixes.ts";
import { isAtLeast, oldestHaproxyVersion, parseHaproxyVersion } from "./haproxy-version.ts";

// Part of the definition in fleet-schema.ts: the configuration that generate writes.

// Words that are written into HAProxy's configuration and into unit files: nothing that either would read as more.
const NODE_FILE = /^\/[A-Za-z0-9_@%+=:,./-]{1,200}$/;

/** The absolute path of a file on the nodes. */
export const nodeFile = (what: string): z.ZodMiniString<string> =>
  text("the absolute path of a PEM file on the nodes, without blanks", `${what} (PEM on the nodes).`, NODE_FILE);

const VERSION = 'a version from 2.4 on, in quotes: "2.8"';
const ADMIN = "localhost, group, or { from: [addresses] }";
const ADDRESS = "an IP address, with or without a prefix (10.8.0.0/24)";

const isVersion = (given: string): boolean => {
  const version = /^\d+\.\d+$/.test(given) ? parseHaproxyVersion(given) : undefined;
  return version !== undefined && isAtLeast(version, oldestHaproxyVersion);
};

const isAddress = (given: string): boolean => ipaddr.isValidCIDR(given) || isBare(given);

/** Written in full: 10.8 is an address to some programs and none to HAProxy. */
const isBare = (given: string): boolean => ipaddr.IPv6.isValid(given) || ipaddr.IPv4.isValidFourPartDecimal(given);

const ids = haproxyFixes.map(({ id }) => id);

/** The section `haproxy`. */
export const haproxySection: z.ZodMiniType = z.strictObject(
  {
    version: z.optional(
      z.string({ error: VERSION }).check(
        z.refine(isVersion, { error: VERSION }),
        z.meta({
          description: "The oldest HAProxy that has to read it. Default: the oldest that the nodes run, else 2.8.",
        }),
      ),
    ),
    without: z._default(
      z
        .array(word(ids, "A fix that is left out."), { error: `a list of fixes to leave out: ${ids.join(", ")}` })
        .check(z.meta({ description: "Fixes that are not written." })),
      [],
    ),
    admin: z._default(
      z
        .union(
          [
            z.literal(["localhost", "group"]),
            z.strictObject({
              from: z
                .array(z.string({ error: ADDRESS }).check(z.refine(isAddress, { error: ADDRESS })), {
                  error: "a list of addresses",
                })
                .check(
                  z.minLength(1, { error: "at least one address" }),
                  z.meta({ description: "Addresses from which orders are taken." }),
                ),
            }),
          ],
          { error: ADMIN },
        )
        .check(z.meta({ description: `Who may give orders over the stats page: ${ADMIN}.` })),
      "localhost",
    ),
    stats_bind: z._default(
      z.string({ error: "an IP address" }).check(
        z.refine((given) => isBare(given), { error: "an IP address, such as 0.0.0.0 or ::" }),
        z.meta({ description: "Address of the stats listener on the nodes." }),
      ),
      defaults.statsBind,
    ),
    stats_crt: z._default(
      nodeFile("Certificate and key of the stats listener, where stats.tls is set"),
      defaults.statsCrt,
    ),
    vpn_interface: z.optional(
      text(
        "the name of an interface",
        "The VPN's interface on the nodes, for firewall rules.",
        /^[A-Za-z0-9_.@-]{1,15}$/,
      ),
    ),
  },
  { error: "a mapping of version, without, admin, stats_bind, stats_crt and vpn_interface" },
);
