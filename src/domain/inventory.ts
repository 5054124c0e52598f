import type { ClusterColor } from "./cluster-color.ts";
import type { HaproxyFixId } from "./haproxy-fixes.ts";
import type { HaproxyVersion } from "./haproxy-version.ts";
import type { Severity } from "./view.ts";

/**
 * The fleet as the fleet file describes it, with every default filled in and every range expanded.
 * Units: `…Ms` milliseconds. Source: design §2.
 */
export type Fleet = {
  readonly cluster: string;
  /** The colour of its name on the screen; `undefined` where nobody chose one. */
  readonly color?: ClusterColor | undefined;
  readonly masters: readonly Master[];
  readonly nodes: readonly FleetNode[];
  /** The backend that holds the masters on every node; other backends that hold them are watched too. */
  readonly backend: string;
  readonly frontend: { readonly name: string; readonly bind: string };
  readonly check: FleetCheck;
  /** Whether `top` starts locked, so that nothing can be changed from it before `:arm`. */
  readonly admin: {
    readonly locked: boolean;
    /** Nothing is changed on this fleet: actions refuse, and `top` has none. */
    readonly readOnly?: boolean;
  };
  readonly haproxy: HaproxySettings;
  readonly events: EventSettings;
};

/**
 * Who is told of events outside of the screen.
 * Shape: `onEvent` is a program with its arguments, started for events at or above `minSeverity`; `bell` rings in `top`.
 * Units: `debounceMs` from one start of the program for the same subject to the next.
 */
export type EventSettings = {
  readonly onEvent: readonly [string, ...string[]] | undefined;
  readonly minSeverity: Severity;
  readonly debounceMs: number;
  readonly bell: boolean;
};

/**
 * What `generate` writes, and what `lint` and `doctor` expect.
 * Shape: `version` is `undefined` where the fleet itself is to be asked; `without` are the fixes that are left out.
 * `statsBind` is the address of the stats listener, `statsCrt` its certificate on the node where `stats.tls` is set.
 */
export type HaproxySettings = {
  readonly version: HaproxyVersion | undefined;
  readonly without: readonly HaproxyFixId[];
  readonly admin: AdminRule;
  readonly statsBind: string;
  readonly statsCrt: string;
  /** The interface of the VPN on the nodes, for firewall rules; `undefined`: rules go by the fleet's addresses. */
  readonly vpnInterface: string | undefined;
};

/** Who may give orders over a node's stats page: itself, these addresses (with or without a prefix), or group admin. */
export type AdminRule =
  | { readonly kind: "localhost" }
  | { readonly kind: "from"; readonly addresses: readonly string[] }
  | { readonly kind: "group" };

/** A control-plane node as the HAProxies see it: `name` is the server line's name (`svname`). */
export type Master = { readonly name: string; readonly address: string };

export type FleetCheck = {
  readonly expect: 401 | 200 | "migrate";
  readonly intervalMs: number;
  readonly rise: number;
  readonly fall: number;
  /** PEM files on the nodes: the authority of the masters' certificates, and a client certificate with its key. */
  readonly ca: string | undefined;
  readonly cert: string | undefined;
};

/** A machine that runs a HAProxy. `stats`, `admin` and `poll` already carry the node's own overrides. */
export type FleetNode = {
  readonly name: string;
  /** Host name or IP literal (IPv6 without brackets), never with a port. */
  readonly address: string;
  readonly ssh: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly stats: StatsEndpoint;
  readonly admin: AdminSettings;
  readonly poll: PollSettings;
};

/**
 * How orders reach a node. `sshConfig` is a file for `ssh -F`; `socket` and `masterSocket` are paths on the node: of
 * the stats socket, and of the master CLI's socket for where the stats socket takes no orders.
 */
export type AdminSettings = {
  readonly via: AdminVia;
  readonly sshConfig: string | undefined;
  readonly socket: string;
  readonly masterSocket: string;
};

export type AdminVia = "auto" | "http" | "ssh" | "socket";

export type PollSource = "auto" | "stats" | "metrics";

export type PollSettings = {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly source: PollSource;
};

export type StatsEndpoint = {
  readonly port: number;
  /** The `stats uri`, beginning with a slash. */
  readonly path: string;
  readonly username: string;
  readonly password: SecretSource | undefined;
  readonly tls: TlsSettings | undefined;
};

/** Paths of PEM files, and the name to ask for and to verify. Present means https. */
export type TlsSettings = {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly servername: string | undefined;
  readonly insecure: boolean;
};

/** Where a secret is to be had; the value itself is read in `io` and never stored beside it. */
export type SecretSource =
  | { readonly kind: "env"; readonly name: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "command"; readonly argv: readonly string[] }
  | { readonly kind: "literal"; readonly value: string };
