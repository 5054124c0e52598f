import { localFrontend } from "./ansible-k3s.ts";
import { haproxyTasks } from "./ansible-rollout-haproxy.ts";
import { agentTasks, masterTasks } from "./ansible-rollout-k3s.ts";
import { type AnsibleItem, type AnsibleValue, list, map } from "./ansible-value.ts";
import { formatAnsibleYaml } from "./ansible-yaml.ts";
import type { GenerateInput } from "./generate-input.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** Groups of the inventory: every node, those with a master on them, and the others. */
export type RolloutGroups = { readonly all: string; readonly masters: string; readonly agents: string };

/**
 * The playbook that rolls everything out in the order that leaves no node without a way to the masters.
 * Shape: HAProxy on every node, then k3s on the masters, one after the other, then the agents; after each batch
 * `k3s-lb status` is the proof, and the first failure stops it. Texts of the fleet file stand in variables, not in here.
 */
export function rolloutFile(input: GenerateInput, groups: RolloutGroups): GeneratedFile {
  const { all, masters, agents } = groups;
  const plays = [
    play("HAProxy on every node, before k3s", all, firstOneThenMore, ["haproxy"], haproxyTasks(input)),
    play("k3s on the masters, one after the other", masters, 1, ["k3s"], masterTasks(input)),
    play(
      "The agents, through their own HAProxy",
      `${agents}:!${masters}`,
      firstOneThenMore,
      ["k3s"],
      agentTasks(groups),
    ),
  ];
  const text = formatAnsibleYaml(head(input, groups), { kind: "list", items: plays });
  return { path: "rollout.yml", text, check: undefined, comment: "#" };
}

/** One node shows that it works before many have it. */
const firstOneThenMore = list([1, "25%"]);

function play(
  name: string,
  hosts: string,
  serial: AnsibleValue,
  tags: readonly string[],
  tasks: readonly AnsibleItem[],
): AnsibleItem {
  const entries = [
    ...map({ name, hosts, become: true, serial, max_fail_percentage: 0, tags: list(tags) }).entries,
    { key: "tasks", value: { kind: "list", items: tasks } as const },
  ];
  return { value: { kind: "map", entries } };
}

function head({ fleet }: GenerateInput, { all, masters, agents }: RolloutGroups): readonly string[] {
  const { host, port } = localFrontend(fleet.frontend.bind);
  return [
    "Written by k3s-lb generate ansible. The order: HAProxy on every node, before k3s; then k3s on the masters, one after the",
    `other; then the agents, which join through ${host}:${port} on their own node. Each batch is proved before the next.`,
    "",
    "1. The roles (by other names: -e k3s_lb_haproxy_role=... -e k3s_lb_k3s_role=...):",
    "     ansible-galaxy role install oefenweb.haproxy",
    "     ansible-galaxy role install git+https://github.com/rlex/ansible-role-k3s.git,,k3s",
    "2. The inventory: hosts called as the nodes in the fleet file, in the groups",
    `     [${all}:children]`,
    `     ${masters}`,
    `     ${agents}`,
    "   k3s_master_group and k3s_agent_group tell the k3s role what the last two are called.",
    `3. The passwords: group_vars/${all}/k3s-lb.yml says how they get into the vault.`,
    "4. k3s-lb and the fleet file on this machine, for the proofs (K3S_LB_CONFIG, where it lies elsewhere):",
    "     k3s-lb config validate",
    "5. One node, then all. On a cluster that is not there yet add -e k3s_lb_new_cluster=true: before k3s is there, HAProxy",
    "   has no master to find.",
    `     ansible-playbook -i inventory rollout.yml --tags haproxy --limit '${agents}[0]' --check --diff`,
    `     ansible-playbook -i inventory rollout.yml --tags haproxy --limit '${agents}[0]'`,
    "     ansible-playbook -i inventory rollout.yml --tags haproxy",
    "     ansible-playbook -i inventory rollout.yml",
    "6. The whole of it, from this machine:",
    "     k3s-lb status",
    "     k3s-lb doctor",
  ];
}
