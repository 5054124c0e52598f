import { type CfgProxy, type CfgServer, heldLines } from "../domain/cfg-proxy.ts";
import { changeOverFix } from "../domain/change-over.ts";
import { expectationOf } from "./expectation.ts";
import { type Hit, hitAt, hitOn, type LintRule } from "./rule.ts";

export const weakCheck: LintRule = {
  id: "LB030",
  name: "weak-check",
  severity: "warning",
  finds: "a health check that takes 401 for healthy",
  reason: "401 proves TLS and an HTTP server, not that the master is ready; and it is down the day it answers 200",
  fix: `http-check expect status 200, in this order: ${changeOverFix}`,
  find: ({ pattern, fleet }) =>
    pattern.backends.flatMap((backend) => {
      const expected = expectationOf(backend);
      if (expected?.takes(401) !== true || takesAnything(backend)) return [];
      if (expected.takes(200) !== true) return [hitAt(expected.line, backend, "the check wants 401")];
      if (fleet?.check.expect === "migrate") return [];
      return [hitAt(expected.line, backend, "the check takes 401 beside 200")];
    }),
};

/** How a backend checks; the last one set holds. */
const CHECKS: readonly string[] = [
  "httpchk",
  "tcp-check",
  "ssl-hello-chk",
  "external-check",
  "smtpchk",
  "mysql-check",
  "pgsql-check",
  "ldap-check",
  "redis-check",
  "spop-check",
];

/** What can be written today: k3s answers 401 to a stranger, so a check that wants 200 alone takes every master out. */
const EXPECT = "http-check expect status 200,401; 200 alone when every master answers it: k3s-lb generate change-over";

export const noHttpCheck: LintRule = {
  id: "LB031",
  name: "no-http-check",
  severity: "warning",
  finds: "a health check that does not ask for the master's health, or takes any answer to it",
  reason: "a master whose port answers counts as healthy, with its API broken or not yet started",
  fix: `option httpchk GET /readyz, ${EXPECT}`,
  find: ({ pattern, caAtHand }) =>
    pattern.backends.filter(isChecked).flatMap((backend) => {
      const fix = askingFix(backend, caAtHand);
      return faultOf(backend).map((hit) => ({ ...hit, fix }));
    }),
};

/** Without TLS the API answers a check with 400, and every master is down. */
function askingFix(backend: CfgProxy, ca: string | undefined): string {
  const isEncrypted = ({ params }: CfgServer): boolean => params.has("check-ssl") || params.has("ssl");
  const connects = heldLines(backend, "http-check", "connect").some(({ words }) => words.includes("ssl"));
  if (connects || backend.servers.filter(({ params }) => params.has("check")).every(isEncrypted)) {
    return `option httpchk GET /readyz, ${EXPECT}`;
  }
  const trust = ca === undefined ? "verify none" : `verify required ca-file ${ca}`;
  return `option httpchk GET /readyz, default-server check-ssl ${trust}, ${EXPECT}`;
}

/** Without a check there is nothing to be weak: LB033. */
function isChecked({ servers }: CfgProxy): boolean {
  return servers.some(({ params }) => params.has("check"));
}

function faultOf(backend: CfgProxy): readonly Hit[] {
  const kind = [...backend.options.keys()].findLast((name) => CHECKS.includes(name));
  if (kind === undefined) return [hitOn(backend, "no option httpchk: the check only connects")];
  const line = backend.options.get(kind) ?? backend.section.header;
  if (kind !== "httpchk") return [hitAt(line, backend, `option ${kind}: the check asks for nothing of Kubernetes`)];
  if (expectationOf(backend) === undefined) {
    return [hitAt(line, backend, "no http-check expect: the check takes every 2xx and 3xx")];
  }
  if (!takesAnything(backend)) return [];
  return [hitAt(expectationOf(backend)?.line ?? line, backend, "http-check expect takes any answer")];
}

function takesAnything(backend: CfgProxy): boolean {
  const expected = expectationOf(backend);
  return expected !== undefined && [403, 500, 503].every((status) => expected.takes(status) === true);
}

export const unverifiedCheck: LintRule = {
  id: "LB032",
  name: "unverified-check",
  severity: "warning",
  finds: "checks with verify none, though the masters' authority is at hand",
  reason: "whatever answers on a master's address passes for the master, and chooses the texts on the stats page",
  fix: "verify required ca-file <file>, in place of verify none",
  find: ({ pattern, caAtHand }) =>
    caAtHand === undefined ? [] : pattern.backends.flatMap((one) => trusting(one, caAtHand)),
};

function trusting(backend: CfgProxy, ca: string): readonly Hit[] {
  const servers = backend.servers.filter(
    ({ params }) => (params.has("ssl") || params.has("check-ssl")) && params.get("verify") === "none",
  );
  const [first] = servers;
  if (first === undefined) return [];
  const text = `verify none on ${servers.length === 1 ? first.name : `${servers.length} servers`}, though ${ca} is at hand`;
  const own = backend.section.lines.find(({ words }) => words[0] === "default-server" && words.includes("none"));
  const isCommon = own !== undefined && !first.line.words.includes("verify");
  return [hitAt(isCommon ? own : first.line, backend, text, { fix: `verify required ca-file ${ca}` })];
}
