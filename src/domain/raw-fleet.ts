import type { ClusterColor } from "./cluster-color.ts";
import type { HaproxyFixId } from "./haproxy-fixes.ts";
import type { AdminVia, PollSource } from "./inventory.ts";

/**
 * The fleet file as it stands, defaults filled in, ranges and durations still as text.
 * An entry or section with a mistake is `undefined` in its place, so that the rest can still be checked.
 */
export type RawFleet = {
  readonly cluster: string;
  readonly color?: ClusterColor | undefined;
  readonly masters: readonly (RawMaster | undefined)[];
  readonly nodes: readonly (RawNode | undefined)[];
  readonly backend: string | undefined;
  readonly frontend: { readonly name: string; readonly bind: string } | undefined;
  readonly check: RawCheck | undefined;
  readonly stats: RawStats | undefined;
  readonly admin: (RawAdmin & { readonly locked: boolean; readonly read_only: boolean }) | undefined;
  readonly poll: RawPoll | undefined;
  readonly haproxy: RawHaproxy | undefined;
  readonly events: RawEvents | undefined;
};

export type RawMaster = { readonly name: string; readonly address?: string };

export type RawNode = {
  readonly name: string;
  readonly address?: string;
  readonly ssh?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly stats?: Partial<RawStats>;
  readonly admin?: Partial<RawAdmin>;
  readonly poll?: Partial<RawPoll>;
};

export type RawCheck = {
  readonly expect: 401 | 200 | "migrate";
  readonly interval: string;
  readonly rise: number;
  readonly fall: number;
  readonly ca?: string;
  readonly cert?: string;
};

export type RawStats = {
  readonly port: number;
  readonly path: string;
  readonly username: string;
  readonly password?: RawSecret;
  readonly tls?: RawTls;
};

export type RawAdmin = {
  readonly via: AdminVia;
  readonly ssh_config?: string;
  readonly socket: string;
  readonly master_socket: string;
};

export type RawPoll = { readonly interval: string; readonly timeout?: string; readonly source: PollSource };

export type RawHaproxy = {
  readonly version?: string;
  readonly without: readonly HaproxyFixId[];
  readonly admin: "localhost" | "group" | { readonly from: readonly string[] };
  readonly stats_bind: string;
  readonly stats_crt: string;
  readonly vpn_interface?: string;
};

export type RawEvents = {
  readonly on_event?: readonly string[];
  readonly min_severity: "ok" | "warning" | "critical";
  readonly debounce: string;
  readonly bell: boolean;
};

export type RawSecret =
  | string
  | { readonly env: string }
  | { readonly file: string }
  | { readonly command: readonly string[] };

export type RawTls = {
  readonly enabled?: boolean;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  readonly insecure?: boolean;
};
