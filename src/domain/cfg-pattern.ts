import type { Cfg, CfgSection } from "./cfg-file.ts";
import { type CfgProxy, effectiveProxies, heldLines, serverNames } from "./cfg-proxy.ts";
import type { Fleet } from "./inventory.ts";

/**
 * The parts of a configuration that make it a load balancer for Kubernetes masters; all else in it is left alone.
 * Shape: a `listen` may be a backend, a frontend and a stats page at once.
 */
export type CfgPattern = {
  readonly global: readonly CfgSection[];
  readonly backends: readonly CfgProxy[];
  readonly frontends: readonly CfgProxy[];
  readonly statsPages: readonly CfgProxy[];
};

/** What of a fleet is looked for. */
export type KnownFleet = Pick<Fleet, "backend" | "masters">;

/** Where kube-apiserver and k3s listen. */
const API_PORT = 6443;

/** No HAProxy of this pattern has more of one kind; what a hostile file has beyond it is not judged. */
const MOST = 1000;

const HEALTH_PATH = /^\/(?:readyz|livez|healthz)(?:$|[/?])/;

/**
 * Finds the pattern: TCP backends that check a health path of Kubernetes, hold the fleet's masters or speak to port 6443;
 * the frontends that lead to them; and the proxies that serve HAProxy's statistics. What is `disabled` is not there.
 */
export function findPattern(cfg: Cfg, fleet: KnownFleet | undefined): CfgPattern {
  const proxies = effectiveProxies(cfg).filter((proxy) => heldLines(proxy, "disabled").length === 0);
  const masters = new Set(fleet?.masters.map(({ name }) => name));
  const backends = proxies.filter((proxy) => isBackend(proxy, fleet?.backend, masters)).slice(0, MOST);
  const own = new Set(backends);
  const names = new Set(backends.map(({ name }) => name));
  return {
    global: cfg.sections.filter(({ keyword }) => keyword === "global"),
    backends,
    frontends: proxies.filter((proxy) => isFrontend(proxy, names, own)).slice(0, MOST),
    statsPages: proxies.filter(isStatsPage).slice(0, MOST),
  };
}

function isBackend(proxy: CfgProxy, backend: string | undefined, masters: ReadonlySet<string>): boolean {
  if (proxy.section.keyword === "frontend" || proxy.mode.value !== "tcp" || proxy.servers.length === 0) return false;
  if (proxy.name === backend || healthPath(proxy) !== undefined) return true;
  if (proxy.servers.some(({ address }) => address.kind === "network" && address.port === API_PORT)) return true;
  return masters.size > 0 && proxy.servers.some((server) => serverNames(server).some((name) => masters.has(name)));
}

/** The path of Kubernetes' own that a backend checks, as it is written there; `undefined` for another check or none. */
export function healthPath(proxy: CfgProxy): string | undefined {
  const words = [
    proxy.options.get("httpchk")?.words.slice(2) ?? [],
    ...heldLines(proxy, "http-check", "send").map((line) => line.words.slice(line.words.indexOf("uri") + 1)),
  ].flat();
  return words.find((word) => HEALTH_PATH.test(word));
}

function isFrontend(proxy: CfgProxy, backends: ReadonlySet<string>, own: ReadonlySet<CfgProxy>): boolean {
  if (own.has(proxy)) return proxy.binds.length > 0;
  if (proxy.section.keyword === "backend") return false;
  const leads = [...heldLines(proxy, "default_backend"), ...heldLines(proxy, "use_backend")];
  return leads.some(({ words }) => backends.has(words[1] ?? ""));
}

function isStatsPage(proxy: CfgProxy): boolean {
  return proxy.mode.value === "http" && heldLines(proxy, "stats").length > 0;
}
