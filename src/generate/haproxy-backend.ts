import { cfgName, quoteCfgWord } from "../domain/cfg-quote.ts";
import { parseHostPort } from "../domain/host.ts";
import type { Master } from "../domain/inventory.ts";
import { UserError } from "../domain/user-error.ts";
import type { GenerateInput } from "./generate-input.ts";
import { allow, allowedFixes, fixNote, hasFix } from "./haproxy-fix-notes.ts";
import { keepaliveLines } from "./haproxy-frontend.ts";
import type { HaproxyLine, HaproxySection } from "./haproxy-section.ts";

/** The name that every k3s server's own certificate has. */
const CERTIFICATE_NAME = "kubernetes";

/** The backend with all masters. */
export function backendSection(input: GenerateInput): HaproxySection {
  const { backend, masters } = input.fleet;
  return {
    keyword: "backend",
    name: cfgName(backend, "backend"),
    lines: [
      { words: ["description", "backend", "with", "all", "kubernetes", "masters"], notes: allowances(input) },
      { words: ["mode", "tcp"] },
      { words: ["balance", "roundrobin"] },
      { words: ["option", "httpchk", "GET", "/readyz"] },
      ...(hasFix(input, "redispatch") ? [{ words: ["option", "redispatch"], notes: [fixNote("redispatch")] }] : []),
      ...(hasFix(input, "keepalive") ? [{ words: ["option", "srvtcpka"] }] : []),
      { words: ["http-check", "expect", "status", expectedStatus(input)] },
      { words: ["timeout", "connect", "5s"] },
      { words: ["timeout", "server", "50s"] },
      ...tunnelLines(input),
      defaultServer(input),
      ...masters.map((master) => serverLine(input, master)),
      ...keepaliveLines(input, "srv"),
      ...(hasFix(input, "state-file") ? [{ words: ["load-server-state-from-file", "global"] }] : []),
    ],
  };
}

function allowances(input: GenerateInput): readonly string[] {
  const { check, masters } = input.fleet;
  const isAlone = masters.length < 2 && hasFix(input, "slowstart");
  return [
    ...allowedFixes(input, [
      "tunnel-timeout",
      "shutdown-sessions",
      "slowstart",
      "redispatch",
      "init-state",
      "init-addr",
    ]),
    ...(isAlone ? [allow("LB015", "there is one master: nobody else would take what it is spared")] : []),
    ...(check.expect === 200 ? [] : [allow("LB030", `the fleet file says check.expect: ${check.expect}`)]),
    ...(check.ca === undefined ? [allow("LB032", "the fleet file names no check.ca")] : []),
  ];
}

/**
 * The answer to /readyz that the check takes as good.
 * Errors: `UserError` where a client certificate is shown and 401 expected: it is answered 200, all masters would go down.
 */
function expectedStatus({ fleet: { check } }: GenerateInput): string {
  if (check.expect === "migrate") return "200,401";
  if (check.expect === 401 && check.cert !== undefined) {
    throw new UserError(
      "check.cert is set and check.expect is 401; with a client certificate /readyz answers 200, and every master would go down",
      "Set check.expect to 200, or to migrate for the time of the change-over.",
    );
  }
  return String(check.expect);
}

/**
 * A day: more than the four hours after which a kubelet itself ends a silent exec or port-forward. `timeout tunnel`
 * takes the place of the client's and the server's limit once data flows; the `-fin` limits hold for connections that
 * one side has closed, which would else stay for that day.
 */
function tunnelLines(input: GenerateInput): readonly HaproxyLine[] {
  if (!hasFix(input, "tunnel-timeout")) return [];
  return [
    { words: ["timeout", "server-fin", "30s"] },
    { words: ["timeout", "tunnel", "24h"], notes: [fixNote("tunnel-timeout")] },
  ];
}

/**
 * What all masters have in common.
 * Shape: libc is asked before the last known address: the other way round, which is HAProxy's default, a state file would
 * keep an address for ever that the name has long left.
 */
function defaultServer(input: GenerateInput): HaproxyLine {
  const { check, masters } = input.fleet;
  const fixes = [
    ...(masters.length > 1 ? [{ id: "slowstart", words: ["slowstart", "10s"] } as const] : []),
    { id: "shutdown-sessions", words: ["on-marked-down", "shutdown-sessions"] } as const,
    { id: "init-state", words: ["init-state", "down"] } as const,
    ...(masters.some(hasHostName) ? [{ id: "init-addr", words: ["init-addr", "libc,last,none"] } as const] : []),
  ].filter(({ id }) => hasFix(input, id));
  return {
    words: [
      ...[
        "default-server",
        "inter",
        formatMs(check.intervalMs),
        "rise",
        String(check.rise),
        "fall",
        String(check.fall),
      ],
      ...fixes.flatMap(({ words }) => words),
    ],
    notes: fixes.map(({ id }) => fixNote(id)),
  };
}

function hasHostName({ address }: Master): boolean {
  const host = parseHostPort(address)?.host ?? "";
  return !host.includes(":") && !/^[\d.]+$/.test(host);
}

/** As HAProxy is given times here: in whole seconds where they are, else in milliseconds. */
function formatMs(ms: number): string {
  const whole = Math.max(1, Math.round(ms));
  return whole % 1000 === 0 ? `${whole / 1000}s` : `${whole}ms`;
}

function serverLine({ fleet: { check } }: GenerateInput, { name, address }: Master): HaproxyLine {
  const ca = check.ca === undefined ? undefined : quoteCfgWord(check.ca, "check.ca");
  const verify =
    ca === undefined
      ? ["verify", "none"]
      : ["verify", "required", "ca-file", ca, "verifyhost", CERTIFICATE_NAME, "check-sni", CERTIFICATE_NAME];
  const cert = check.cert === undefined ? [] : ["crt", quoteCfgWord(check.cert, "check.cert")];
  const where = [cfgName(name, "a master's name"), quoteCfgWord(address, `the address of ${name}`)];
  return { words: ["server", ...where, "check", "check-ssl", ...verify, ...cert] };
}
