import type { Cfg, CfgLine } from "../domain/cfg-file.ts";
import { type CfgBind, type CfgProxy, effectiveProxies, heldLines, serverNames } from "../domain/cfg-proxy.ts";
import { formatHostPort } from "../domain/host.ts";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import { checkParams, expectOf, haproxyCheckDefaults } from "./check-words.ts";
import { clusterOfBackend, type Found, type FoundCheck, type FoundMaster, found } from "./found.ts";
import { foundStats } from "./haproxy-stats.ts";

/**
 * Takes masters, backend, frontend, check and stats listener from a HAProxy configuration. No password is looked at.
 * Shape: `backend` is the one that was asked for; else the one that looks most like the masters'.
 * Errors: `UserError` where the backend that was asked for is not there.
 */
export function foundInHaproxyCfg(cfg: Cfg, source: string, wanted: string | undefined): Found {
  const proxies = effectiveProxies(cfg);
  const notes: string[] = [];
  if (cfg.problems.length > 0) {
    notes.push(`HAProxy would not read ${source} as it is: see k3s-lb lint ${source}.`);
  }
  const stats = foundStats(cfg, proxies, notes);
  const backend = pickBackend(proxies, source, wanted, notes);
  if (backend === undefined) return found(source, { stats, notes });
  const frontend = frontendOf(proxies, backend);
  const bind = frontend?.binds.find(({ address }) => address.kind === "network" && address.port !== undefined);
  return found(source, {
    masters: mastersOf(backend, notes),
    backend: backend.name,
    cluster: clusterOfBackend(backend.name),
    frontend: { ...(frontend !== undefined && { name: frontend.name }), ...(bind && { bind: bindText(bind) }) },
    check: checkOf(backend, notes),
    stats,
    notes,
  });
}

function pickBackend(
  proxies: readonly CfgProxy[],
  source: string,
  wanted: string | undefined,
  notes: string[],
): CfgProxy | undefined {
  const withServers = proxies.filter(({ servers }) => servers.length > 0);
  const names = withServers.map(({ name }) => cleanText(name, 60));
  if (wanted !== undefined) {
    const named = withServers.find(({ name }) => name === wanted);
    if (named !== undefined) return named;
    throw new UserError(
      `--backend: ${source} has no backend "${cleanText(wanted)}" with servers`,
      names.length === 0 ? undefined : `Backends with servers: ${names.slice(0, 20).join(", ")}`,
    );
  }
  const ranked = withServers
    .map((proxy) => ({ proxy, points: likeness(proxy) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points);
  const [best, second] = ranked;
  if (best === undefined) {
    notes.push(`No backend of ${source} looks like the masters'; --backend names it.`);
    return undefined;
  }
  if (second?.points === best.points) {
    const [a, b] = [best, second].map(({ proxy }) => cleanText(proxy.name, 60));
    notes.push(`The backends ${a} and ${b} both look like the masters'; ${a} is written, --backend names another one.`);
  }
  return best.proxy;
}

/** How much a backend looks like that of API servers. Zero: not at all. */
function likeness({ name, mode, servers, options }: CfgProxy): number {
  const asks = options.get("httpchk")?.words.join(" ") ?? "";
  return (
    (/\/(readyz|livez|healthz)\b/.test(asks) ? 4 : 0) +
    (servers.some(({ address }) => address.kind === "network" && address.port === 6443) ? 3 : 0) +
    (/kube|k8s|k3s|master|api/i.test(name) && mode.value === "tcp" ? 1 : 0)
  );
}

function frontendOf(proxies: readonly CfgProxy[], backend: CfgProxy): CfgProxy | undefined {
  if (backend.binds.length > 0) return backend;
  return proxies.find(
    (proxy) =>
      proxy.binds.length > 0 &&
      [...heldLines(proxy, "default_backend"), ...heldLines(proxy, "use_backend")].some(
        ({ words }) => words[1] === backend.name,
      ),
  );
}

function bindText({ address }: CfgBind): string {
  if (address.kind !== "network" || address.port === undefined) return "";
  return formatHostPort(address.host === "" ? "0.0.0.0" : address.host, address.port);
}

function mastersOf({ servers }: CfgProxy, notes: string[]): readonly FoundMaster[] {
  return servers.flatMap((server) => {
    const { address, text } = server;
    const isPlain = address.kind === "network" && !text.includes("$") && address.host !== "";
    if (!isPlain) notes.push(`The address of ${cleanText(server.name, 60)} cannot be taken over: its name is written.`);
    const written = isPlain ? formatHostPort(address.host, address.port ?? 6443) : undefined;
    return serverNames(server).map((name) => ({ name, address: written }));
  });
}

function checkOf(backend: CfgProxy, notes: string[]): FoundCheck {
  const [server] = backend.servers;
  if (server === undefined || !server.params.has("check")) {
    notes.push(
      `The servers of ${cleanText(backend.name, 60)} are not checked: what is written of the check is not in force there.`,
    );
    return {};
  }
  const params = { ...haproxyCheckDefaults, ...checkParams(server.params) };
  if (!backend.options.has("httpchk")) {
    notes.push(`${cleanText(backend.name, 60)} has no option httpchk: its checks prove less than check.expect says.`);
    return params;
  }
  const [line] = heldLines(backend, "http-check", "expect");
  const expect = line === undefined ? 200 : expectOf(wordsBehind(line));
  if (line === undefined)
    notes.push("No http-check expect: HAProxy takes every answer of 2xx and 3xx, written as 200.");
  if (expect === undefined)
    notes.push("http-check expect wants what check.expect has no word for: left at its default.");
  return { ...params, ...(expect !== undefined && { expect }) };
}

function wordsBehind({ words }: CfgLine): readonly string[] {
  return words.slice(2);
}
