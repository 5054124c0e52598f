import { defaultAdminSettings } from "./admin-settings.ts";
import { defaultHaproxySettings } from "./default-haproxy-settings.ts";
import { parseDuration } from "./duration.ts";
import { checkEvents, readEvents } from "./fleet-events.ts";
import { type Expanded, expandMasters, expandNodes } from "./fleet-expand.ts";
import { parseHaproxyVersion } from "./haproxy-version.ts";
import { formatHostPort, parseHostPort } from "./host.ts";
import type {
  AdminRule,
  AdminSettings,
  Fleet,
  FleetNode,
  HaproxySettings,
  PollSettings,
  SecretSource,
  StatsEndpoint,
  TlsSettings,
} from "./inventory.ts";
import type { FilePath, Mistake } from "./mistake.ts";
import type { RawAdmin, RawFleet, RawHaproxy, RawNode, RawPoll, RawSecret, RawStats, RawTls } from "./raw-fleet.ts";

/** Makes a path of the file usable: relative to the file, `~` for the home directory. */
export type ResolvePath = (path: string) => string;

/**
 * The fleet, its mistakes (then it is not to be used), and for every master and node the list position of the entry
 * that it comes from.
 */
export type Built = {
  readonly fleet: Fleet;
  readonly mistakes: readonly Mistake[];
  readonly entries: FleetEntries;
};

export type FleetEntries = { readonly masters: readonly number[]; readonly nodes: readonly number[] };

const DEFAULT_TIMEOUT_MS = 1500;

/**
 * Expands ranges, lays per-node overrides over the sections, reads durations and addresses.
 * Shape: finds every mistake that only shows between keys or entries; those inside one key are the schema's.
 */
export function buildFleet(raw: RawFleet, resolvePath: ResolvePath): Built {
  const mistakes: Mistake[] = [];
  const masters = expandMasters(raw.masters);
  const nodes = expandNodes(raw.nodes);
  mistakes.push(...masters.mistakes, ...nodes.mistakes, ...checkFrontend(raw), ...checkPolls(raw), ...checkTls(raw));
  mistakes.push(...checkEvents(raw.events));
  const settings = raw.nodes.map((node) => settingsOf(raw, node, resolvePath));
  const defaults = settingsOf(raw, undefined, resolvePath);
  const fleet: Fleet = {
    cluster: raw.cluster,
    color: raw.color,
    masters: masters.entries.map(({ fields }) => {
      const address = parseHostPort(fields.address ?? fields.name);
      return { name: fields.name, address: formatHostPort(address?.host ?? fields.name, address?.port ?? 6443) };
    }),
    nodes: nodes.entries.map(({ fields, index }) => ({
      name: fields.name,
      address: parseHostPort(fields.address ?? fields.name)?.host ?? fields.name,
      ssh: fields.ssh,
      labels: fields.labels,
      ...(settings[index] ?? defaults),
    })),
    backend: raw.backend ?? `${raw.cluster}-kube-api`,
    frontend: raw.frontend ?? { name: "", bind: "" },
    check: {
      expect: raw.check?.expect ?? 401,
      intervalMs: durationMs(raw.check?.interval, 1000),
      rise: raw.check?.rise ?? 2,
      fall: raw.check?.fall ?? 2,
      ca: raw.check?.ca,
      cert: raw.check?.cert,
    },
    admin: { locked: raw.admin?.locked ?? true, readOnly: raw.admin?.read_only ?? false },
    haproxy: readHaproxy(raw.haproxy),
    events: readEvents(raw.events),
  };
  return { fleet, mistakes, entries: { masters: indexes(masters), nodes: indexes(nodes) } };
}

function indexes({ entries }: Expanded<unknown>): number[] {
  return entries.map(({ index }) => index);
}

function settingsOf(
  raw: RawFleet,
  node: RawNode | undefined,
  resolvePath: ResolvePath,
): Pick<FleetNode, "stats" | "admin" | "poll"> {
  const base: RawStats = raw.stats ?? { port: 1936, path: "/", username: "admin" };
  return {
    stats: readStats({ ...base, ...node?.stats }, resolvePath),
    admin: readAdmin({ ...raw.admin, ...node?.admin }, resolvePath),
    poll: readPoll({ ...raw.poll, ...node?.poll }),
  };
}

function readAdmin(admin: Partial<RawAdmin>, resolvePath: ResolvePath): AdminSettings {
  return {
    via: admin.via ?? defaultAdminSettings.via,
    sshConfig: admin.ssh_config === undefined ? undefined : resolvePath(admin.ssh_config),
    socket: admin.socket ?? defaultAdminSettings.socket,
    masterSocket: admin.master_socket ?? defaultAdminSettings.masterSocket,
  };
}

function readHaproxy(haproxy: RawHaproxy | undefined): HaproxySettings {
  if (haproxy === undefined) return defaultHaproxySettings;
  return {
    version: haproxy.version === undefined ? undefined : parseHaproxyVersion(haproxy.version),
    without: haproxy.without,
    admin: readAdminRule(haproxy.admin),
    statsBind: haproxy.stats_bind,
    statsCrt: haproxy.stats_crt,
    vpnInterface: haproxy.vpn_interface,
  };
}

function readAdminRule(admin: RawHaproxy["admin"]): AdminRule {
  return typeof admin === "string" ? { kind: admin } : { kind: "from", addresses: admin.from };
}

function readStats(stats: RawStats, resolvePath: ResolvePath): StatsEndpoint {
  return {
    port: stats.port,
    path: stats.path,
    username: stats.username,
    password: stats.password === undefined ? undefined : readSecretSource(stats.password, resolvePath),
    tls: stats.tls === undefined || stats.tls.enabled === false ? undefined : readTls(stats.tls, resolvePath),
  };
}

function readSecretSource(secret: RawSecret, resolvePath: ResolvePath): SecretSource {
  if (typeof secret === "string") return { kind: "literal", value: secret };
  if ("env" in secret) return { kind: "env", name: secret.env };
  if ("file" in secret) return { kind: "file", path: resolvePath(secret.file) };
  return { kind: "command", argv: secret.command };
}

function readTls(tls: RawTls, resolvePath: ResolvePath): TlsSettings {
  const path = (text: string | undefined): string | undefined => (text === undefined ? undefined : resolvePath(text));
  return {
    ca: path(tls.ca),
    cert: path(tls.cert),
    key: path(tls.key),
    servername: tls.servername,
    insecure: tls.insecure ?? false,
  };
}

/** The default time limit gives way to a shorter interval, so that `interval: 1s` alone is a sound file. */
export function readPoll(poll: Partial<RawPoll>): PollSettings {
  const intervalMs = durationMs(poll.interval, 2000);
  return {
    intervalMs,
    timeoutMs: durationMs(poll.timeout, Math.min(DEFAULT_TIMEOUT_MS, intervalMs)),
    source: poll.source ?? "auto",
  };
}

function durationMs(text: string | undefined, otherwise: number): number {
  const result = parseDuration(text ?? "");
  return result.ok ? result.ms : otherwise;
}

function checkFrontend(raw: RawFleet): Mistake[] {
  const bind = raw.frontend?.bind;
  if (bind === undefined || parseHostPort(bind.replace(/^\*?:/, "0.0.0.0:"))?.port !== undefined) return [];
  const text = `frontend.bind is ${JSON.stringify(bind)}; expected address:port such as 127.0.0.1:16443`;
  return [{ path: ["frontend", "bind"], at: "value", text }];
}

const LIMITS = [
  { key: "interval", lowMs: 100, highMs: 3_600_000, words: "from 100ms to 1h" },
  { key: "timeout", lowMs: 10, highMs: 600_000, words: "from 10ms to 10m" },
] as const;

function checkPolls(raw: RawFleet): Mistake[] {
  if (raw.poll === undefined) return [];
  const mistakes: Mistake[] = [...checkPoll(raw.poll, raw.poll, ["poll"])];
  raw.nodes.forEach((node, index) => {
    if (node?.poll === undefined) return;
    mistakes.push(...checkPoll({ ...raw.poll, ...node.poll }, node.poll, ["nodes", index, "poll"]));
  });
  const check = raw.check?.interval;
  const checkMs = durationMs(check, 1000);
  if (checkMs < 1 || checkMs > 3_600_000) {
    const text = `check.interval is ${check}; expected a duration from 1ms to 1h`;
    mistakes.push({ path: ["check", "interval"], at: "value", text });
  }
  return mistakes;
}

/** `poll` is in force, `own` is what the section at `path` says itself: the mistake is shown where it can be put right. */
function checkPoll(poll: Partial<RawPoll>, own: Partial<RawPoll>, path: FilePath): Mistake[] {
  const { intervalMs, timeoutMs } = readPoll(poll);
  const place = path.length === 1 ? "poll" : `nodes[${path[1]}].poll`;
  for (const { key, lowMs, highMs, words } of LIMITS) {
    const text = own[key];
    const ms = durationMs(text, lowMs);
    if (ms >= lowMs && ms <= highMs) continue;
    return [{ path: [...path, key], at: "value", text: `${place}.${key} is ${text}; expected a duration ${words}` }];
  }
  if (timeoutMs <= intervalMs) return [];
  const key = own.timeout === undefined ? "interval" : "timeout";
  const text = `${place}: the timeout ${poll.timeout} is longer than the interval ${poll.interval ?? "2s"}; expected a timeout of at most the interval`;
  return [{ path: [...path, key], at: "value", text }];
}

function checkTls(raw: RawFleet): Mistake[] {
  const places: { tls: RawTls | undefined; path: FilePath; place: string }[] = [
    { tls: raw.stats?.tls, path: ["stats", "tls"], place: "stats.tls" },
    ...raw.nodes.map((node, index) => ({
      tls: node?.stats?.tls,
      path: ["nodes", index, "stats", "tls"],
      place: `nodes[${index}].stats.tls`,
    })),
  ];
  return places.flatMap(({ tls, path, place }) => {
    if (tls === undefined || (tls.cert === undefined) === (tls.key === undefined)) return [];
    const [there, missing] = tls.cert === undefined ? ["key", "cert"] : ["cert", "key"];
    return [
      { path: [...path, there], at: "key", text: `${place} has ${there} without ${missing}; expected both` } as const,
    ];
  });
}
