import type { HaproxyVersion } from "./haproxy-version.ts";

/**
 * What `generate` writes beyond the sample, one known defect of the pattern each.
 * Shape: `why` becomes the comment above the line, `since` is the first HAProxy that has the keyword.
 * Source: haproxy-facts §5, §6, §9, §10.
 */
export type HaproxyFix = { readonly id: HaproxyFixId; readonly why: string; readonly since?: HaproxyVersion };

export type HaproxyFixId =
  | "tunnel-timeout"
  | "keepalive"
  | "shutdown-sessions"
  | "contstats"
  | "tcplog"
  | "redispatch"
  | "slowstart"
  | "init-state"
  | "init-addr"
  | "show-legends"
  | "node-name"
  | "admin-socket"
  | "state-file"
  | "ciphers"
  | "metrics-password";

/** Every fix, in the order of the README's table. */
export const haproxyFixes: readonly HaproxyFix[] = [
  {
    id: "tunnel-timeout",
    why: "watches, exec and agent tunnels are silent for longer than the client and server timeouts, which would cut them",
  },
  { id: "keepalive", why: "finds peers that vanished without a word, which a long tunnel timeout alone would keep" },
  { id: "shutdown-sessions", why: "a master that goes down loses its sessions at once, so that clients go elsewhere" },
  { id: "contstats", why: "counts the bytes of a session while it runs, not when it ends" },
  { id: "tcplog", why: "logs connections as what they are: the defaults log HTTP, which is none here" },
  { id: "redispatch", why: "a connection that a master refuses is tried on another one, not three times on the same" },
  { id: "slowstart", why: "a master that comes back is not flooded by all reconnecting clients at once" },
  {
    id: "init-state",
    why: "a master that starts or leaves maintenance gets no connection before its first check has passed",
    since: { major: 3, minor: 1 },
  },
  { id: "init-addr", why: "HAProxy starts even while a master's name does not resolve; else one name stops all" },
  { id: "show-legends", why: "the stats page tells the address behind each name" },
  { id: "node-name", why: "the stats page says which node it is, by the fleet's own name" },
  { id: "admin-socket", why: "the socket takes orders too (level admin), for k3s-lb --via socket and the state file" },
  { id: "state-file", why: "drains survive a reload and a restart (systemd saves the state: k3s-lb generate systemd)" },
  { id: "ciphers", why: "k3s has EC certificates, which the usual RSA-only list refuses below TLS 1.3" },
  { id: "metrics-password", why: "/metrics wants the password too: by default it answers before anyone is asked" },
];
