import * as z from "zod/mini";
import { defaultAdminSettings } from "./admin-settings.ts";
import { CLUSTER_COLORS } from "./cluster-color.ts";
import { eventsSection } from "./fleet-events-schema.ts";
import { haproxySection, nodeFile } from "./fleet-haproxy-schema.ts";
import { duration, labels, text, whole, word } from "./fleet-leaves.ts";
import { password, tls } from "./fleet-secrets-schema.ts";
import type { RawFleet } from "./raw-fleet.ts";

// The one definition of the fleet file: it checks files, it fills in defaults, and editors get it as JSON Schema.
// Every `error` is what is expected, to follow the words "expected …".

// ssh separates the two ends of a forwarding by a colon and reads %, $ and spaces its own way.
const SOCKET = /^\/[^\s:%$\\"'\x00-\x1f\x7f-\x9f]{1,100}$/;
const SOCKET_PATH = "the absolute path of a unix socket, without blanks and colons";
const HAPROXY_NAME = /^[A-Za-z0-9_.:-]+$/;

const statsKeys = {
  port: whole(1, 65_535, "a port from 1 to 65535", "Port of the stats listener."),
  path: text(
    "a path that begins with a slash, as in `stats uri`",
    "The `stats uri`.",
    /^\/[^\s;#\x00-\x1f\x7f-\x9f]*$/,
  ),
  username: text("a user name without a colon", "User of `stats auth`.", /^[^:\x00-\x1f\x7f-\x9f]+$/),
  password,
  tls,
};
const adminKeys = {
  via: word(["auto", "http", "ssh", "socket"], "How orders reach a node's HAProxy."),
  ssh_config: text("the path of an ssh configuration file", "Configuration file for ssh (-F). Default: ssh's own."),
  socket: text(SOCKET_PATH, "Path of HAProxy's stats socket on the node.", SOCKET),
  master_socket: text(
    SOCKET_PATH,
    "Path of the master CLI's socket on the node, used where the stats socket takes no orders.",
    SOCKET,
  ),
};
const pollKeys = {
  interval: duration("Time from one poll of a node to the next."),
  timeout: duration("Time for a whole answer; at most the interval. Default: 1500ms, or a shorter interval."),
  source: word(
    ["auto", "stats", "metrics"],
    "The stats page, /metrics, or (auto) the page where a password is configured and /metrics elsewhere.",
  ),
};

const optionals = <Shape extends Record<string, z.ZodMiniType>>(shape: Shape, names: string, description: string) =>
  z.optional(z.partial(z.strictObject(shape, { error: `a mapping of ${names}` }))).check(z.meta({ description }));

const master = z.strictObject(
  {
    name: text("a name", "Name of the server line in HAProxy; may hold ranges as in master-[1:3]."),
    address: z.optional(text("host:port", "Address of its API server; the port is 6443 unless given.")),
  },
  { error: "a mapping such as { name: master-1, address: master-1:6443 }" },
);

const node = z.strictObject(
  {
    name: text("a name", "Name of the node; may hold ranges as in node[01:38]."),
    address: z.optional(text("a host name or address", "Host name or IP address without a port. Default: the name.")),
    ssh: z.optional(text("an ssh destination such as ops@edge-1", "Destination for ssh. Default: the address.")),
    labels: z.optional(labels),
    stats: optionals(statsKeys, "stats keys", "Overrides of `stats` for this node."),
    admin: optionals(adminKeys, "admin keys", "Overrides of `admin` for this node."),
    poll: optionals(pollKeys, "poll keys", "Overrides of `poll` for this node."),
  },
  { error: "a mapping such as { name: node01, address: 10.8.0.11 }" },
);

const section = <Shape extends z.ZodMiniType>(schema: Shape, description: string) =>
  z.prefault(schema, {} as never).check(z.meta({ description }));

const shape = {
  cluster: z._default(
    text(
      "a name of letters, digits, dot, dash and underscore",
      "Name of the cluster.",
      /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/,
    ),
    "k3s",
  ),
  color: z.optional(word(CLUSTER_COLORS, "Colour of the cluster's name in top, such as red for production.")),
  masters: z
    .array(master, { error: "a list of masters" })
    .check(z.minLength(1, { error: "at least one master" }), z.meta({ description: "The masters: server lines." })),
  nodes: z
    .array(node, { error: "a list of nodes" })
    .check(z.minLength(1, { error: "at least one node" }), z.meta({ description: "Machines that run a HAProxy." })),
  backend: z.optional(
    text(
      "a name that HAProxy takes (letters, digits, _ . : -)",
      "The backend that holds the masters. Default: <cluster>-kube-api.",
      HAPROXY_NAME,
    ),
  ),
  frontend: section(
    z.strictObject(
      {
        name: z._default(
          text("a name that HAProxy takes (letters, digits, _ . : -)", "Name of the frontend.", HAPROXY_NAME),
          "kubernetes_master_kube_api",
        ),
        bind: z._default(
          text("address:port", "Where kubelets and k3s agents reach it on their own node."),
          "127.0.0.1:16443",
        ),
      },
      { error: "a mapping of name and bind" },
    ),
    "The frontend in front of the masters, on every node.",
  ),
  check: section(
    z.strictObject(
      {
        expect: z._default(
          z
            .union([z.literal([401, 200]), z.literal("migrate")], { error: "401, 200 or migrate (both)" })
            .check(z.meta({ description: "What /readyz must answer: 401, 200, or both while changing over." })),
          401,
        ),
        interval: z._default(duration("Time between two checks."), "1s"),
        rise: z._default(whole(1, 100, "a count from 1 to 100", "Good checks that bring a master up."), 2),
        fall: z._default(whole(1, 100, "a count from 1 to 100", "Bad checks that take a master down."), 2),
        ca: z.optional(nodeFile("Authority of the masters' certificates")),
        cert: z.optional(nodeFile("Client certificate with its key, for checks that are answered with 200")),
      },
      { error: "a mapping of expect, interval, rise, fall, ca and cert" },
    ),
    "The health check of the masters.",
  ),
  stats: section(
    z.strictObject(
      {
        port: z._default(statsKeys.port, 1936),
        path: z._default(statsKeys.path, "/"),
        username: z._default(statsKeys.username, "admin"),
        password: z.optional(statsKeys.password),
        tls: z.optional(statsKeys.tls),
      },
      { error: "a mapping of port, path, username, password and tls" },
    ),
    "The stats listener of every node.",
  ),
  admin: section(
    z.strictObject(
      {
        via: z._default(adminKeys.via, defaultAdminSettings.via),
        ssh_config: z.optional(adminKeys.ssh_config),
        socket: z._default(adminKeys.socket, defaultAdminSettings.socket),
        master_socket: z._default(adminKeys.master_socket, defaultAdminSettings.masterSocket),
        locked: z._default(
          z
            .boolean({ error: "true or false" })
            .check(z.meta({ description: "Whether top starts locked: nothing can be changed from it before :arm." })),
          true,
        ),
        read_only: z._default(
          z
            .boolean({ error: "true or false" })
            .check(z.meta({ description: "Whether nothing is ever changed: actions refuse, and top has none." })),
          false,
        ),
      },
      { error: "a mapping of via, ssh_config, socket, master_socket, locked and read_only" },
    ),
    "How orders reach the nodes.",
  ),
  poll: section(
    z.strictObject(
      {
        interval: z._default(pollKeys.interval, "2s"),
        timeout: z.optional(pollKeys.timeout),
        source: z._default(pollKeys.source, "auto"),
      },
      { error: "a mapping of interval, timeout and source" },
    ),
    "How the nodes are polled.",
  ),
  haproxy: section(haproxySection, "What generate writes, and what lint and doctor expect."),
  events: section(eventsSection, "Who is told of events outside of the screen, by watch and top."),
};

const fleetFile = z.strictObject(shape, { error: "a mapping that holds at least masters and nodes" });

/**
 * Holds a value against the definition and fills in its defaults.
 * Shape: all issues at once. What is sound stays in `raw` (an entry that is not is `undefined` in its place), so that
 * the mistakes which only show between entries are found in the same run.
 */
export function checkFleetFile(value: unknown): {
  readonly raw: RawFleet;
  readonly issues: readonly z.core.$ZodIssue[];
} {
  const whole = fleetFile.safeParse(value);
  if (whole.success) return { raw: whole.data as RawFleet, issues: [] };
  const given = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const sound = <T>(schema: z.ZodMiniType<T>, part: unknown): T | undefined => schema.safeParse(part).data;
  const list = (entry: typeof master | typeof node, part: unknown): unknown[] =>
    Array.isArray(part) ? part.map((item) => soundKeys(entry, item)) : [];
  const raw = {
    cluster: sound(shape.cluster, given["cluster"]) ?? "k3s",
    color: sound(shape.color, given["color"]),
    masters: list(master, given["masters"]),
    nodes: list(node, given["nodes"]),
    backend: sound(shape.backend, given["backend"]),
    frontend: sound(shape.frontend, given["frontend"]),
    check: sound(shape.check, given["check"]),
    stats: sound(shape.stats, given["stats"]),
    admin: sound(shape.admin, given["admin"]),
    poll: sound(shape.poll, given["poll"]),
    haproxy: sound(shape.haproxy, given["haproxy"]),
    events: sound(shape.events, given["events"]),
  };
  return { raw: raw as RawFleet, issues: whole.error.issues };
}

/** The entry with its sound keys only; nothing without a name. */
function soundKeys(entry: typeof master | typeof node, item: unknown): unknown {
  if (typeof item !== "object" || item === null) return undefined;
  const keys = Object.entries(entry.shape).flatMap(([key, schema]) => {
    const result = z.safeParse(schema, (item as Record<string, unknown>)[key]);
    return result.success && result.data !== undefined ? [[key, result.data] as const] : [];
  });
  return keys.some(([key]) => key === "name") ? Object.fromEntries(keys) : undefined;
}

/** The JSON Schema of the fleet file, for editors. Source: the very definition that `checkFleetFile` uses. */
export function fleetFileJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(fleetFile, { io: "input" });
  return { $schema, title: "k3s-lb fleet file", ...rest };
}

/** A key outside `masters` and `nodes`, which an environment variable may override. */
export type OverridableKey = { readonly path: readonly string[]; accepts(value: unknown): boolean };

/** Every such key, in the order of the definition. */
export function overridableKeys(): readonly OverridableKey[] {
  const { masters: _masters, nodes: _nodes, ...sections } = shape;
  return Object.entries(sections).flatMap(([key, schema]) => leaves([key], schema));
}

function leaves(path: readonly string[], schema: z.core.$ZodType): OverridableKey[] {
  const { innerType, shape: keys } = (schema as Definition)._zod.def;
  if (innerType !== undefined) return leaves(path, innerType);
  if (keys !== undefined) return Object.entries(keys).flatMap(([key, inner]) => leaves([...path, key], inner));
  return [{ path, accepts: (value) => z.safeParse(schema, value).success }];
}

/** The part of a zod definition that says what it wraps or holds. */
type Definition = { _zod: { def: { innerType?: z.core.$ZodType; shape?: Record<string, z.core.$ZodType> } } };
