/** A host with an optional port. IPv6 comes without brackets. */
export type HostPort = { readonly host: string; readonly port: number | undefined };

const HOST_NAME = /^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?$/;

/**
 * Reads `host`, `host:port`, an IPv4 or IPv6 literal, `[v6]` or `[v6]:port`.
 * Shape: `undefined` for anything that is no address; 10.8.0.300 is none, although it would pass as a name, and neither
 * is 10.8.0.01, which some read as octal and others not at all.
 */
export function parseHostPort(text: string): HostPort | undefined {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(text);
  if (bracketed !== null) return withPort(isIpv6(bracketed[1] ?? "") ? bracketed[1] : undefined, bracketed[2]);
  if (isIpv6(text)) return { host: text, port: undefined };
  const plain = /^([^:]*)(?::(\d+))?$/.exec(text);
  const host = plain?.[1] ?? "";
  return withPort(isIpv4(host) || isName(host) ? host : undefined, plain?.[2]);
}

/** Whether a host is an IP address written out, without brackets, and no name. */
export function isAddress(host: string): boolean {
  return isIpv4(host) || isIpv6(host);
}

/** `host:port`, with brackets where the host is IPv6. */
export function formatHostPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function withPort(host: string | undefined, portText: string | undefined): HostPort | undefined {
  if (host === undefined) return undefined;
  if (portText === undefined) return { host, port: undefined };
  const port = Number(portText);
  return port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

/** A name that a URL can hold: one whose last part is a number is taken for an IPv4 address there, and fails as one. */
function isName(text: string): boolean {
  return HOST_NAME.test(text) && !/(^|\.)(\d+|0x[\da-f]*)\.?$/i.test(text);
}

function isIpv4(text: string): boolean {
  return /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(text) && text.split(".").every((part) => Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  return text.includes(":") && /^[0-9A-Fa-f:.]+$/.test(text) && URL.canParse(`http://[${text}]/`);
}
