import type { AdminSettings } from "./inventory.ts";

/**
 * How orders reach a node of which the fleet file says nothing.
 * Source: the sample's `stats socket`, and `-S /run/haproxy-master.sock` of Debian's unit (haproxy-facts §1, 15).
 */
export const defaultAdminSettings: AdminSettings = {
  via: "auto",
  sshConfig: undefined,
  socket: "/run/haproxy/admin.sock",
  masterSocket: "/run/haproxy-master.sock",
};
