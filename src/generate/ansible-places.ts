import { type AnsibleValue, list, map } from "./ansible-value.ts";

/**
 * Where a line of HAProxy goes in the variables of the role.
 * Shape: `head` are the words that the line begins with, `path` the keys down to the value. A place that takes `many`
 * lines collects them in a list. `value` makes it from the words after `head`; `undefined`: this line does not fit.
 */
export type Place = {
  readonly head: readonly string[];
  readonly path: readonly string[];
  readonly many: boolean;
  readonly value: (rest: readonly string[]) => AnsibleValue | undefined;
};

const one = (head: string, path: string, value: Place["value"] = joined): Place => ({
  head: head.split(" "),
  path: path.split("."),
  many: false,
  value,
});

const many = (head: string, path: string, value: Place["value"]): Place => ({ ...one(head, path, value), many: true });

const joined: Place["value"] = (rest) => (rest.length > 0 ? rest.join(" ") : undefined);

const number: Place["value"] = (rest) => {
  const text = rest.join(" ");
  return /^(?:0|[1-9]\d{0,8})$/.test(text) ? Number(text) : joined(rest);
};

const flag: Place["value"] = (rest) => (rest.length === 0 ? true : undefined);

/** Two words under two keys. */
const pair =
  (first: string, second: string): Place["value"] =>
  ([one, ...rest]) =>
    one === undefined || rest.length === 0 ? undefined : map({ [first]: number([one]), [second]: number(rest) });

const address: Place["value"] = ([listen, ...param]) =>
  listen === undefined ? undefined : map({ listen, param: optional(grouped(param)) });

const server: Place["value"] = ([name, listen, ...param]) =>
  name === undefined || listen === undefined ? undefined : map({ name, listen, param: optional(grouped(param)) });

/** `use-service prometheus-exporter if { … }`: the action, what it takes, and when. */
const request: Place["value"] = ([action, ...rest]) => {
  if (action === undefined) return undefined;
  const at = rest.findIndex((word) => word === "if" || word === "unless");
  const [param, cond] = at < 0 ? [rest, []] : [rest.slice(0, at), rest.slice(at)];
  return map({ action, param: joined(param), cond: joined(cond) });
};

/** `/dev/log [len 2048] local0 [notice [err]]`. */
const log: Place["value"] = ([address, ...rest]) => {
  const length = rest[0] === "len" ? rest[1] : undefined;
  const [facility, level, minlevel, ...more] = length === undefined ? rest : rest.slice(2);
  if (address === undefined || facility === undefined || more.length > 0) return undefined;
  return map({ address, length: length === undefined ? undefined : number([length]), facility, level, minlevel });
};

const parameters: Place["value"] = (rest) => optional(grouped(rest));

const optional = (values: readonly string[]): AnsibleValue | undefined =>
  values.length > 0 ? list(values) : undefined;

/** Parameters that stand alone; all others of a line take a value, and stand beside it as people write them. */
const FLAGS = new Set([
  "check",
  "check-ssl",
  "ssl",
  "backup",
  "disabled",
  "defer-accept",
  "tfo",
  "transparent",
  "v4v6",
]);
const VALUES =
  /^(?:inter|fastinter|downinter|rise|fall|slowstart|on-marked-down|on-marked-up|init-addr|init-state|verify|verifyhost|ca-file|crt|crl-file|check-sni|check-alpn|check-send-proxy-v2|sni|resolvers|weight|maxconn|level|mode|user|group|alpn|ciphers|ssl-min-ver|observe|error-limit|on-error|port|addr)$/;

function grouped(words: readonly string[]): readonly string[] {
  const groups: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const next = words[at + 1];
    const takesNext = !FLAGS.has(word) && VALUES.test(word) && next !== undefined;
    groups.push(takesNext ? `${word} ${next}` : word);
    if (takesNext) at++;
  }
  return groups;
}

const options = [many("option", "option", joined), many("no option", "no_option", joined)];
const timeouts = many("timeout", "timeout", pair("type", "timeout"));
const requests = many("http-request", "http_request", request);
const acls = many("acl", "acl", (rest) => (rest.length > 0 ? map({ string: rest.join(" ") }) : undefined));
const defaultServer = one("default-server", "default_server_params", parameters);
const servers = many("server", "server", server);
const opening = [one("description", "description"), many("bind", "bind", address), one("mode", "mode")];

/** The places of a section in the order in which the role's templates write them. */
export const places: Readonly<Record<"global" | "defaults" | "listen" | "frontend" | "backend", readonly Place[]>> = {
  global: [
    many("log", "haproxy_global_log", log),
    one("chroot", "haproxy_global_chroot"),
    many("stats socket", "haproxy_global_stats.sockets", address),
    one("stats timeout", "haproxy_global_stats.timeout", number),
    one("user", "haproxy_global_user"),
    one("group", "haproxy_global_group"),
    one("daemon", "haproxy_global_daemon", flag),
    one("maxconn", "haproxy_global_maxconn", number),
    one("ca-base", "haproxy_global_ca_base"),
    one("crt-base", "haproxy_global_crt_base"),
    one("ssl-default-bind-ciphers", "haproxy_global_ssl_default_bind_ciphers"),
    one("ssl-default-bind-options", "haproxy_global_ssl_default_bind_options"),
    one("ssl-default-server-ciphers", "haproxy_global_ssl_default_server_ciphers"),
    one("ssl-default-server-options", "haproxy_global_ssl_default_server_options"),
    many("tune.", "haproxy_global_tune", pair("key", "value")),
  ],
  defaults: [
    one("log", "haproxy_defaults_log"),
    one("mode", "haproxy_defaults_mode"),
    many("option", "haproxy_defaults_option", joined),
    many("no option", "haproxy_defaults_no_option", joined),
    many("timeout", "haproxy_defaults_timeout", pair("type", "timeout")),
    many("errorfile", "haproxy_defaults_errorfile", pair("code", "file")),
    one("default-server", "haproxy_default_server_params", parameters),
  ],
  listen: [
    ...opening,
    one("balance", "balance"),
    one("maxconn", "maxconn", number),
    ...options,
    timeouts,
    acls,
    one("stats enable", "stats.enable", flag),
    one("stats uri", "stats.uri"),
    one("stats refresh", "stats.refresh"),
    one("stats admin", "stats.admin"),
    many("stats", "stats.options", joined),
    requests,
    defaultServer,
    servers,
  ],
  frontend: [
    ...opening,
    one("maxconn", "maxconn", number),
    ...options,
    timeouts,
    acls,
    requests,
    one("default_backend", "default_backend"),
  ],
  backend: [
    one("description", "description"),
    one("mode", "mode"),
    one("balance", "balance"),
    one("source", "source"),
    ...options,
    one("http-check", "http_check"),
    acls,
    timeouts,
    defaultServer,
    servers,
    one("retries", "retries", number),
  ],
};

/** Under which key a section keeps the lines that have no place; they are written last. */
export const rawKey = {
  global: "haproxy_global_raw_options",
  defaults: "haproxy_default_raw_options",
  listen: "raw_options",
  frontend: "raw_options",
  backend: "raw_options",
} as const;

/**
 * What the role would write of itself, and what keeps it from that where a section has no such line.
 * Source: the role's defaults/main.yml.
 */
export const roleDefaults: Readonly<Record<"global" | "defaults", readonly (readonly [string, AnsibleValue])[]>> = {
  global: [
    ["haproxy_global_log", false],
    ["haproxy_global_stats", false],
    ["haproxy_global_user", false],
    ["haproxy_global_group", false],
    ["haproxy_global_daemon", false],
    ["haproxy_global_ca_base", false],
    ["haproxy_global_crt_base", false],
    ["haproxy_global_ssl_default_bind_ciphers", false],
    ["haproxy_global_ssl_default_bind_options", false],
    ["haproxy_global_ssl_default_server_ciphers", false],
    ["haproxy_global_ssl_default_server_options", false],
  ],
  defaults: [
    ["haproxy_defaults_log", false],
    ["haproxy_defaults_mode", false],
    ["haproxy_defaults_option", list([])],
    ["haproxy_defaults_timeout", list([])],
    ["haproxy_defaults_errorfile", list([])],
  ],
};
