import { defaultAdminSettings } from "../../src/domain/admin-settings.ts";
import { defaultEventSettings } from "../../src/domain/default-event-settings.ts";
import { defaultHaproxySettings } from "../../src/domain/default-haproxy-settings.ts";
import type { Fleet, FleetNode } from "../../src/domain/inventory.ts";

/** A node with the sample's settings; give what the test is about. */
export function nodeOf(name: string, over: Partial<FleetNode> = {}): FleetNode {
  return {
    name,
    address: "10.8.0.11",
    ssh: undefined,
    labels: {},
    stats: { port: 1936, path: "/", username: "admin", password: { kind: "env", name: "PW" }, tls: undefined },
    admin: defaultAdminSettings,
    poll: { intervalMs: 2_000, timeoutMs: 1_500, source: "auto" },
    ...over,
  };
}

/** A fleet like the sample: `nodes` nodes called node01 …, the first half of them in site a, and `masters` masters. */
export function fleetOf({
  nodes = 4,
  masters = 3,
}: {
  readonly nodes?: number;
  readonly masters?: number;
} = {}): Fleet {
  return {
    cluster: "k8s-de1",
    masters: Array.from({ length: masters }, (_, i) => ({ name: `master-${i + 1}`, address: `10.8.1.${i + 1}:6443` })),
    nodes: Array.from({ length: nodes }, (_, i) =>
      nodeOf(`node${String(i + 1).padStart(2, "0")}`, {
        address: `10.8.0.${11 + i}`,
        labels: { site: i < nodes / 2 ? "a" : "b" },
      }),
    ),
    backend: "k8s-de1-kube-api",
    frontend: { name: "kubernetes_master_kube_api", bind: "127.0.0.1:16443" },
    check: { expect: 401, intervalMs: 1_000, rise: 2, fall: 2, ca: undefined, cert: undefined },
    admin: { locked: true },
    haproxy: defaultHaproxySettings,
    events: defaultEventSettings,
  };
}
