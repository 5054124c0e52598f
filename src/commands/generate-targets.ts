import { foldNames } from "../domain/fold.ts";
import { isAddress } from "../domain/host.ts";
import type { Fleet } from "../domain/inventory.ts";
import type { GenerateInput } from "../generate/generate-input.ts";
import type { GeneratedFile } from "../generate/generated-file.ts";
import type { NodeKey } from "../generate/same-file-nodes.ts";

/** A flag that only some targets have; the flags for the output are on all of them. */
export type TargetOption =
  | "haproxy-version"
  | "kubernetes-version"
  | "check"
  | "check-ca"
  | "check-cert"
  | "without"
  | "admin"
  | "vpn-interface"
  | "node"
  | "sections"
  | "secrets";

export type Generator = (input: GenerateInput) => readonly GeneratedFile[];

/** Something that `generate` writes. The generator is loaded when it is asked for. */
export type Target = {
  readonly name: string;
  readonly description: string;
  readonly options: readonly TargetOption[];
  /** Nodes that differ in this are given files of their own. */
  readonly perNode?: NodeKey;
  /** Hashes are referred to, as passwords are: none is made here. */
  readonly hasVault?: true;
  /** Why there is nothing to write for a fleet; `all` leaves it out then. */
  moot?(fleet: Fleet): string | undefined;
  readonly examples: string;
  load(): Promise<Generator>;
};

/** Every target, in the order of the help and of `all`. */
export const TARGETS: readonly Target[] = [
  {
    name: "haproxy",
    description: "haproxy.cfg: whole, or only the pattern's sections",
    options: ["haproxy-version", "check", "check-ca", "check-cert", "without", "admin", "node", "sections", "secrets"],
    perNode: "listener",
    examples: `  k3s-lb generate haproxy                                    checked by the local haproxy
  k3s-lb generate haproxy --node node07 --haproxy-version 2.8
  k3s-lb generate haproxy --diff /etc/haproxy/haproxy.cfg    what would change
  k3s-lb generate haproxy --write /etc/haproxy/haproxy.cfg   the block between its markers
  k3s-lb generate haproxy --check migrate --without slowstart,redispatch
  ssh node07 cat /etc/haproxy/haproxy.cfg | k3s-lb generate haproxy --node node07 --diff -`,
    load: async () => (await import("../generate/haproxy.ts")).generateHaproxy,
  },
  {
    name: "systemd",
    description: "what saves the servers' state, so that drains survive a reload",
    options: ["without", "node"],
    perNode: "socket",
    moot: ({ haproxy }) =>
      haproxy.without.includes("state-file") ? "the fleet file leaves the state file out" : undefined,
    examples: `  k3s-lb generate systemd
  k3s-lb generate systemd > /etc/systemd/system/haproxy.service.d/k3s-lb.conf`,
    load: async () => (await import("../generate/systemd.ts")).generateSystemd,
  },
  {
    name: "ansible",
    description: "variables for the roles that install HAProxy and k3s, and the order of roll-out",
    options: [
      "haproxy-version",
      "kubernetes-version",
      "check",
      "check-ca",
      "check-cert",
      "without",
      "admin",
      "sections",
      "secrets",
    ],
    hasVault: true,
    examples: `  k3s-lb generate ansible -O deploy/
  k3s-lb generate ansible --diff deploy/ --check migrate`,
    load: async () => (await import("../generate/ansible.ts")).generateAnsible,
  },
  {
    name: "k3s",
    description: "the masters' side of the check: files for /etc/rancher/k3s",
    options: ["kubernetes-version", "check", "check-ca", "check-cert"],
    examples: `  k3s-lb generate k3s --check 200
  k3s-lb generate k3s --check 200 --kubernetes-version 1.31 -O deploy/`,
    load: async () => (await import("../generate/k3s.ts")).generateK3s,
  },
  {
    name: "rbac",
    description: "what anonymous users may see, cut down to the health paths",
    options: ["check", "check-cert"],
    examples: `  k3s-lb generate rbac
  k3s-lb generate rbac | kubectl replace -f -`,
    load: async () => (await import("../generate/rbac.ts")).generateRbac,
  },
  {
    name: "change-over",
    description: "the steps from a 401 check to a 200 check, with a proof for each",
    options: ["kubernetes-version", "check", "check-ca", "check-cert"],
    examples: `  k3s-lb generate change-over
  k3s-lb generate change-over --check-cert /etc/haproxy/k3s-lb-client.pem   with a certificate`,
    load: async () => (await import("../generate/change-over.ts")).generateChangeOver,
  },
  {
    name: "firewall",
    description: "rules that keep the stats port to the VPN or the fleet: nftables and ufw",
    options: ["admin", "vpn-interface"],
    moot: ({ haproxy, nodes }) => {
      const named = nodes.filter(({ address }) => !isAddress(address)).map(({ name }) => name);
      if (haproxy.vpnInterface !== undefined || named.length === 0) return undefined;
      return `rules go by addresses, and ${foldNames(named)} ${named.length === 1 ? "has" : "have"} a name; --vpn-interface <name> makes rules without addresses`;
    },
    examples: `  k3s-lb generate firewall --vpn-interface wg0
  k3s-lb generate firewall -O deploy/`,
    load: async () => (await import("../generate/firewall.ts")).generateFirewall,
  },
  {
    name: "prometheus",
    description: "scrape configuration, recording rules, alerts, and their tests",
    options: ["without"],
    examples: `  k3s-lb generate prometheus -O /etc/prometheus
  k3s-lb generate prometheus --diff /etc/prometheus`,
    load: async () => (await import("../generate/prometheus.ts")).generatePrometheus,
  },
  {
    name: "grafana",
    description: "a dashboard over the rules of prometheus",
    options: [],
    examples: "  k3s-lb generate grafana > k3s-lb.json",
    load: async () => (await import("../generate/grafana.ts")).generateGrafana,
  },
];
