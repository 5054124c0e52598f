import type { HaproxySettings } from "./inventory.ts";

/** What holds where the fleet file says nothing of HAProxy's configuration. */
export const defaultHaproxySettings: HaproxySettings = {
  version: undefined,
  without: [],
  admin: { kind: "localhost" },
  statsBind: "0.0.0.0",
  statsCrt: "/etc/haproxy/k3s-lb-stats.pem",
  vpnInterface: undefined,
};
