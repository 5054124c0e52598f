/**
 * An address as `bind` and `server` take them.
 * Shape: `host` is empty for every address of the machine (`:443`, `*:443`), IPv6 is without brackets; `port` is
 * `undefined` where there is none, or none that is a plain number (a range, a variable). A socket that is none of the
 * network's (a path, `unix@`, `fd@`) has kind `local`.
 */
export type CfgAddress =
  | { readonly kind: "network"; readonly host: string; readonly port: number | undefined }
  | { readonly kind: "local" };

/** Reads one address; the last colon separates the port, as HAProxy has it. Source: doc/configuration.txt 2.9 (3.4). */
export function parseCfgAddress(text: string): CfgAddress {
  const [, family, rest = text] = /^([a-z0-9+]+)@(.*)$/s.exec(text) ?? [];
  if (family !== undefined && /^(unix|abnsz?|fd|sockpair|mptcp-fd|rhttp|rev)$/.test(family)) return { kind: "local" };
  if (text.startsWith("/")) return { kind: "local" };
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/s.exec(rest);
  if (bracketed !== null) return network(bracketed[1] ?? "", bracketed[2]);
  const colon = rest.lastIndexOf(":");
  return colon < 0 ? network(rest, undefined) : network(rest.slice(0, colon), rest.slice(colon + 1));
}

function network(host: string, port: string | undefined): CfgAddress {
  const number = port !== undefined && /^\d{1,5}$/.test(port) ? Number(port) : undefined;
  return { kind: "network", host: host === "*" ? "" : host, port: number };
}
