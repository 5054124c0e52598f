import { cleanText } from "../domain/text.ts";
import { clusterOfBackend, type Found } from "./found.ts";
import { masterEntry, nodeEntries } from "./node-entries.ts";
import { comment, oneLine } from "./yaml-words.ts";

/** The variable that the file names for the password, unless another one is wanted. */
export const defaultPasswordVariable = "K3S_LB_PASSWORD";

/** `passwordVariable` is `undefined` where the stats page asks for no password. */
export type FleetTextOptions = { readonly passwordVariable: string | undefined };

const NOTES_SHOWN = 40;

/**
 * Writes a fleet file with a comment for each part: what it is, and what the default is.
 * Shape: found values stand as keys, the others as comments with their defaults; nodes with ranges where they count on
 * in step. The same findings give the same text.
 */
export function fleetText(found: Found, options: FleetTextOptions): string {
  const { cluster, masters, nodes, backend, frontend } = found;
  const name = cluster ?? clusterOfBackend(backend);
  const parts = [
    head(found),
    [
      ...comment("A name for this cluster; its ledger and the default of backend go by it."),
      write(key("cluster", name, "k3s")),
    ],
    [
      ...comment(
        "The masters: HAProxy's server lines, by exactly the names that they have there. Port 6443 by default.",
      ),
      "masters:",
      ...masters.map((master) => `  - ${oneLine(masterEntry(master))}`),
    ],
    [
      ...comment('The machines that run a HAProxy. "node[01:38]" with "10.8.0.[11:48]" are 38 of them.'),
      ...comment(
        "address: host name or IP address, without a port; the name by default. ssh: the destination for ssh;",
      ),
      ...comment("the address by default. labels: for --node @site=a, and to name what failing nodes have in common."),
      "nodes:",
      ...nodeEntries(nodes).map((entry) => `  - ${oneLine(entry)}`),
    ],
    [
      ...comment("The backend that holds the masters on every node."),
      write(key("backend", backend, `${name ?? "k3s"}-kube-api`)),
    ],
    [
      ...comment("What agents connect to on their own node."),
      ...section("frontend", [
        key("name", frontend.name, "kubernetes_master_kube_api"),
        key("bind", frontend.bind, "127.0.0.1:16443"),
      ]),
    ],
    checkLines(found),
    statsLines(found, options),
    [
      ...comment(
        "More sections, with defaults that fit most fleets: admin (how orders reach a node), poll, and haproxy",
      ),
      ...comment('(what generate writes). See README, "Fleet file"; k3s-lb config view shows all that is in force.'),
      ...haproxyLines(found),
    ],
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function head({ source, notes }: Found): readonly string[] {
  const more = notes.length - NOTES_SHOWN;
  return [
    ...comment(`The fleet file of k3s-lb, written by k3s-lb init${source === "" ? "" : ` from ${cleanText(source)}`}.`),
    ...comment("After a change: k3s-lb config validate"),
    ...(notes.length === 0 ? [] : ["#", ...comment("Left out or guessed, to be looked at:")]),
    ...notes.slice(0, NOTES_SHOWN).flatMap((note) => comment(`- ${cleanText(note)}`)),
    ...(more > 0 ? comment(`- and ${more} more`) : []),
  ];
}

function checkLines({ check }: Found): readonly string[] {
  return [
    ...comment(
      "The health check of the masters. expect: what /readyz must answer: 401 (TLS and HTTP work), 200 (ready),",
    ),
    ...comment("or migrate (both, while changing over)."),
    ...section("check", [
      key("expect", check.expect, 401),
      key("interval", check.interval, "1s"),
      key("rise", check.rise, 2),
      key("fall", check.fall, 2),
      ...(check.ca === undefined ? [] : [key("ca", check.ca)]),
      ...(check.cert === undefined ? [] : [key("cert", check.cert)]),
    ]),
  ];
}

function statsLines({ stats }: Found, { passwordVariable }: FleetTextOptions): readonly string[] {
  const secret: readonly Line[] =
    passwordVariable === undefined
      ? [{ isSet: false, text: "password: { env: K3S_LB_PASSWORD }  # none is asked for" }]
      : [
          { isSet: false, text: "The password is in no file: this variable of the environment has to hold it. Or" },
          { isSet: false, text: "{ file: ~/.k3s-lb-password } (mode 0600), or { command: [pass, show, lb] }." },
          { isSet: true, text: `password: ${oneLine({ env: passwordVariable })}` },
        ];
  const tls = { isSet: true, text: "tls: {}  # https, with the system's authorities; or { ca: ca.pem }" };
  return [
    ...comment("The stats listener of every node. path: its `stats uri`. username: of its `stats auth`."),
    ...section("stats", [
      key("port", stats.port, 1936),
      key("path", stats.path, "/"),
      key("username", stats.username, "admin"),
      ...secret,
      ...(stats.tls === true ? [tls] : []),
    ]),
  ];
}

function haproxyLines({ stats }: Found): readonly string[] {
  const lines = [
    ...(stats.bind === undefined ? [] : [key("stats_bind", stats.bind, "0.0.0.0")]),
    ...(stats.crt === undefined ? [] : [key("stats_crt", stats.crt, "/etc/haproxy/k3s-lb-stats.pem")]),
  ];
  return lines.length === 0 ? [] : section("haproxy", lines);
}

/** A line of the file; one that is not set is written as a comment. */
type Line = { readonly isSet: boolean; readonly text: string };

/** A found value, or the default. */
function key(name: string, value: string | number | undefined, otherwise?: string | number): Line {
  if (value === undefined) return { isSet: false, text: `${name}: ${oneLine(otherwise)}  # the default` };
  const told = otherwise === undefined || value === otherwise ? "" : `  # default: ${oneLine(otherwise)}`;
  return { isSet: true, text: `${name}: ${oneLine(value)}${told}` };
}

function write({ isSet, text }: Line): string {
  return isSet ? text : `# ${text}`;
}

/** A section of which nothing is known is a comment with its name: a key with nothing behind it would puzzle. */
function section(name: string, lines: readonly Line[]): readonly string[] {
  if (lines.some(({ isSet }) => isSet)) return [`${name}:`, ...lines.map((line) => `  ${write(line)}`)];
  return [`# ${name}:`, ...lines.map(({ text }) => `#   ${text}`)];
}
