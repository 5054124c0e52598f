import { quoteCfgWord } from "../domain/cfg-quote.ts";
import type { GenerateInput } from "./generate-input.ts";
import { allow, allowedFixes, fixNote, hasFix } from "./haproxy-fix-notes.ts";
import type { HaproxyLine, HaproxySection } from "./haproxy-section.ts";
import { haproxyUsers } from "./haproxy-users.ts";
import { socketOf } from "./node-settings.ts";
import { stateFile } from "./state-file.ts";

// ECDHE lets a server prove itself by an EC or an RSA key; TLS 1.3 has suites of its own and needs no list.
const CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20";
const TLS_OPTIONS = ["ssl-min-ver", "TLSv1.2"];

/** The section `global`: the sample's, with what the pattern needs of it. */
export function globalSection(input: GenerateInput): HaproxySection {
  const lines: HaproxyLine[] = [
    { words: ["log", "/dev/log", "local0"], notes: allowances(input) },
    { words: ["log", "/dev/log", "local1", "notice"] },
    socketLine(input),
    { words: ["stats", "timeout", "30s"] },
    { words: ["user", "haproxy"] },
    { words: ["group", "haproxy"] },
    { words: ["daemon"] },
    { words: ["ca-base", "/etc/ssl/certs"] },
    { words: ["crt-base", "/etc/ssl/private"] },
    ...cipherLines(input),
    ...nodeLine(input),
    ...stateLine(input),
    ...passwordGuard(input),
  ];
  return { keyword: "global", name: "", lines };
}

/**
 * The lines of `global` that the pattern's sections rely on, for a file that has a `global` of its own.
 * Shape: without the guard, which stands in the userlist then.
 */
export function neededOfGlobal(input: GenerateInput): readonly HaproxyLine[] {
  return [socketLine(input), ...nodeLine(input), ...stateLine(input)];
}

/**
 * Stops HAProxy from starting without a password: an undefined variable would be an empty one, and so a password that
 * everybody knows. Nothing is to be guarded where the file holds hashes.
 */
export function passwordGuard(input: GenerateInput): readonly HaproxyLine[] {
  if (input.secrets.kind !== "env") return [];
  return haproxyUsers(input).flatMap(({ variable }) => [
    { words: [".if", `!defined(${variable})`] },
    { words: [".alert", `"${variable} is not set: put it into /etc/default/haproxy (owner root, mode 0600)"`] },
    { words: [".endif"] },
  ]);
}

function allowances(input: GenerateInput): readonly string[] {
  const left = allowedFixes(input, ["admin-socket", "ciphers", "state-file", "node-name"]);
  const isForAll = input.node === undefined && hasFix(input, "node-name");
  return isForAll ? [...left, allow("LB055", "one file for all nodes: --node <name> writes a node's own")] : left;
}

function socketLine(input: GenerateInput): HaproxyLine {
  const words = ["stats", "socket", quoteCfgWord(socketOf(input), "admin.socket")];
  if (!hasFix(input, "admin-socket")) return { words };
  return { words: [...words, "mode", "660", "level", "admin"], notes: [fixNote("admin-socket")] };
}

function cipherLines(input: GenerateInput): readonly HaproxyLine[] {
  if (!hasFix(input, "ciphers")) return [];
  return [
    { words: ["ssl-default-bind-ciphers", CIPHERS], notes: [fixNote("ciphers")] },
    { words: ["ssl-default-bind-options", ...TLS_OPTIONS] },
    { words: ["ssl-default-server-ciphers", CIPHERS] },
    { words: ["ssl-default-server-options", ...TLS_OPTIONS] },
  ];
}

/** HAProxy takes no colon in the name of a node, which a fleet file may have. */
function nodeLine(input: GenerateInput): readonly HaproxyLine[] {
  if (input.node === undefined || !hasFix(input, "node-name")) return [];
  return [{ words: ["node", input.node.name.replaceAll(":", "_")], notes: [fixNote("node-name")] }];
}

function stateLine(input: GenerateInput): readonly HaproxyLine[] {
  if (!hasFix(input, "state-file")) return [];
  return [{ words: ["server-state-file", stateFile], notes: [fixNote("state-file")] }];
}
