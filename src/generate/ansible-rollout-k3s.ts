import { authenticationOf } from "./ansible-k3s.ts";
import type { RolloutGroups } from "./ansible-rollout.ts";
import { isNew, isReal, roleTasks, statusProof, task } from "./ansible-task.ts";
import { type AnsibleItem, jinja, list, map } from "./ansible-value.ts";
import type { GenerateInput } from "./generate-input.ts";

/** The tasks for one master. A master of a new cluster has others to wait for, the last one has not. */
export function masterTasks(input: GenerateInput): readonly AnsibleItem[] {
  const authentication = authenticationOf(input);
  const copies =
    authentication === undefined
      ? []
      : [
          task(
            "A folder for the configuration of k3s",
            "file",
            map({ path: "/etc/rancher/k3s", state: "directory", mode: "0755" }),
          ),
          task(
            "Anyone may ask a master how it is, and nothing else",
            "copy",
            map({ content: jinja("{{ k3s_lb_authentication }}"), dest: authentication.dest, mode: "0600" }),
          ),
        ];
  return [
    ...copies,
    ...roleTasks("k3s_lb_k3s_role", "k3s", "k3s"),
    statusProof(`${isNew} and inventory_hostname != ansible_play_hosts_all[-1]`),
  ];
}

/** The tasks for a batch of agents. */
export function agentTasks({ masters }: RolloutGroups): readonly AnsibleItem[] {
  const node = jinja("node/{{ k3s_lb_kubernetes_node | default(ansible_facts.hostname | lower) }}");
  return [
    ...roleTasks("k3s_lb_k3s_role", "k3s", "k3s"),
    task(
      "Proof: Kubernetes sees the node (k3s_lb_kubernetes_node says its name, where that is not the host's)",
      "command",
      map({ argv: list(["k3s", "kubectl", "wait", "--for=condition=Ready", "--timeout=180s", node]) }),
      { delegate_to: jinja(`{{ groups['${masters}'][0] }}`), changed_when: false, when: isReal },
    ),
    statusProof(undefined),
  ];
}
