import ipaddr from "ipaddr.js";
import type { CfgProxy, CfgServer } from "../domain/cfg-proxy.ts";
import { parseCfgTime } from "../domain/cfg-time.ts";
import { haproxyFixes } from "../domain/haproxy-fixes.ts";
import { isAtLeast } from "../domain/haproxy-version.ts";
import { type Hit, hitAt, type LintRule, listNames } from "./rule.ts";

export const shutdownSessions: LintRule = {
  id: "LB012",
  name: "shutdown-sessions",
  severity: "warning",
  finds: "servers without on-marked-down shutdown-sessions",
  reason: "sessions stay on a master that is down, until TCP or a timeout gives them up",
  fix: "default-server on-marked-down shutdown-sessions",
  find: ({ pattern }) =>
    onServers(
      pattern.backends,
      ({ params }) => params.get("on-marked-down") !== "shutdown-sessions",
      "no on-marked-down shutdown-sessions",
    ),
};

export const slowstart: LintRule = {
  id: "LB015",
  name: "slowstart",
  severity: "note",
  finds: "servers without slowstart",
  reason: "a master that comes back gets the connections of all reconnecting clients at once",
  fix: "default-server slowstart 10s",
  find: ({ pattern }) =>
    onServers(pattern.backends, ({ params }) => !(parseCfgTime(params.get("slowstart") ?? "") ?? 0), "no slowstart"),
};

export const initState: LintRule = {
  id: "LB017",
  name: "init-state",
  severity: "note",
  finds: "servers without init-state down, where the HAProxy is known to have it (3.1 and later)",
  reason: "a master that starts or leaves maintenance gets connections before its first check has passed",
  fix: "default-server init-state down",
  find: ({ pattern, version }) => {
    const since = haproxyFixes.find(({ id }) => id === "init-state")?.since;
    if (version === undefined || since === undefined || !isAtLeast(version, since)) return [];
    const isUp = ({ params }: CfgServer) => !/^(?:fully-)?down$/.test(params.get("init-state") ?? "");
    return onServers(pattern.backends, isUp, "no init-state down");
  },
};

export const noCheck: LintRule = {
  id: "LB033",
  name: "no-check",
  severity: "error",
  finds: "servers without check",
  reason: "HAProxy sends connections to a master that is down, and never notices",
  fix: "default-server check",
  find: ({ pattern }) =>
    onServers(pattern.backends, ({ params }) => !params.has("check") && !params.has("track"), "no check"),
};

export const initAddr: LintRule = {
  id: "LB053",
  name: "init-addr",
  severity: "warning",
  finds: "servers by name that have to resolve when HAProxy starts",
  reason:
    "while one of the names does not resolve HAProxy refuses to start or to reload, and the node has no API at all",
  fix: "default-server init-addr libc,last,none",
  find: ({ pattern }) => onServers(pattern.backends, mustResolve, "a name that has to resolve at the start"),
};

/**
 * `none` lets HAProxy start without an address, and an address in the list stands in for the name's own. With `resolvers`
 * and without a list, HAProxy adds `none` by itself.
 * Source: srv_iterate_initaddr in HAProxy's src/server.c; seen on 2.2, 2.6 and 3.2.
 */
function mustResolve({ address, params }: CfgServer): boolean {
  if (address.kind !== "network" || address.host === "" || address.host.includes("$")) return false;
  if (ipaddr.isValid(address.host)) return false;
  const ways = params.get("init-addr");
  if (ways === undefined && params.has("resolvers")) return false;
  return !(ways ?? "").split(",").some((way) => way === "none" || ipaddr.isValid(way));
}

/** One hit a backend: on its last default-server line where all servers lack it, else on the first that does. */
function onServers(backends: readonly CfgProxy[], lacks: (server: CfgServer) => boolean, text: string): readonly Hit[] {
  return backends.flatMap((backend) => {
    const lacking = backend.servers.filter(lacks);
    const [first] = lacking;
    if (first === undefined) return [];
    const isAll = lacking.length === backend.servers.length;
    const common = backend.section.lines.findLast(({ words }) => words[0] === "default-server");
    const names =
      isAll && lacking.length > 1 ? `all ${lacking.length} servers` : listNames(lacking.map(({ name }) => name));
    return [hitAt(isAll && common !== undefined ? common : first.line, backend, `${text}: ${names}`)];
  });
}
