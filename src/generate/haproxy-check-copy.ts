/** What exists on the machine that checks, to stand for what only the nodes have. */
export type CheckPlaces = {
  readonly pem: string;
  readonly emptyFile: string;
  readonly stateFile: string;
  readonly uid: number;
  readonly gid: number;
};

/** Keywords whose next word is a PEM file. */
const PEM_WORDS = /(\s(?:crt|ca-file|ca-verify-file|crl-file|ca-sign-file)\s+)(\S+)/g;

/** Whether a configuration names certificates, so that a check needs one to load. */
export function namesCertificates(text: string): boolean {
  return text
    .split("\n")
    .some((line) => /^\s*(bind|server|default-server)\s/.test(line) && line.search(PEM_WORDS) >= 0);
}

/**
 * A haproxy.cfg for a check on another machine: the same lines, but for what belongs to the nodes. So the check tells
 * about the configuration and not about the machine: names become loopback (HAProxy looks them up at -c too), PEM files
 * one that is there, users and groups the numbers of whoever checks, error pages and the state file empty ones.
 */
export function haproxyCheckCopy(text: string, places: CheckPlaces): string {
  let section = "";
  return text
    .split("\n")
    .map((line) => {
      section = /^([a-z]+)(\s|$)/.exec(line)?.[1] ?? section;
      return localLine(line, section, places);
    })
    .join("\n");
}

function localLine(line: string, section: string, { pem, emptyFile, stateFile, uid, gid }: CheckPlaces): string {
  switch (/^\s*(\S+)/.exec(line)?.[1]) {
    case "server":
      return line
        .replace(/^(\s*server\s+\S+\s+)(\S+)/, (_, head, address) => head + loopback(address))
        .replace(PEM_WORDS, `$1${pem}`);
    case "default-server":
      return line.replace(PEM_WORDS, `$1${pem}`);
    case "bind":
    case "stats":
      return line
        .replace(PEM_WORDS, `$1${pem}`)
        .replace(/\suser\s+\S+/, ` uid ${uid}`)
        .replace(/\sgroup\s+\S+/, ` gid ${gid}`);
    case "user":
      return section === "global" ? line.replace(/user\s+\S+/, `uid ${uid}`) : line;
    case "group":
      return section === "global" ? line.replace(/group\s+\S+/, `gid ${gid}`) : line;
    case "errorfile":
      return line.replace(/(errorfile\s+\d+\s+)\S+/, `$1${emptyFile}`);
    case "server-state-file":
      return line.replace(/(server-state-file\s+)\S+/, `$1${stateFile}`);
    default:
      return line;
  }
}

/** `master-1:6443` becomes `127.0.0.1:6443`; an address stays. */
function loopback(address: string): string {
  const [, host = "", port = ""] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*)(:\d+)?$/.exec(address) ?? [];
  return /^[\d.]+$/.test(host) || host.includes(":") ? address : `127.0.0.1${port}`;
}

/** What stands in front of sections that are for a file with its own `global`: what they say that they need of it. */
export const SECTIONS_PREAMBLE = `global
  log /dev/log local0
  server-state-file /var/lib/k3s-lb-haproxy/servers
defaults
  log global
`;
