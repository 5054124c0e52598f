import { type AnsibleItem, type AnsibleValue, jinja, list, map } from "./ansible-value.ts";

/** What stands beside the module of a task: when, where, how often. */
export type TaskRest = Readonly<Record<string, AnsibleValue | undefined>>;

/** A task with one of Ansible's own modules; an expression without braces is a text here, as Ansible has it. */
export function task(name: string, module: string, given: AnsibleValue, rest: TaskRest = {}): AnsibleItem {
  return { value: map({ name, [`ansible.builtin.${module}`]: given, ...rest }) };
}

/** A role whose name the operator may say, with its tags on the tasks in it and its handlers done at the end. */
export function roleTasks(variable: string, otherwise: string, tag: string): readonly AnsibleItem[] {
  const name = jinja(`{{ ${variable} | default('${otherwise}') }}`);
  return [
    task("The role", "include_role", map({ name, apply: map({ tags: list([tag]) }) })),
    // Handlers would else run after the proof.
    task("What the role has left for the end: now", "meta", "flush_handlers"),
  ];
}

/** Whether the cluster is only being made, so that nothing can be asked of it. */
export const isNew = "k3s_lb_new_cluster | default(false) | bool";

/** In a dry run nothing has happened that could be proved. */
export const isReal = "not ansible_check_mode";

/**
 * Asks k3s-lb, on the machine that Ansible runs on, what the nodes of the batch see of the masters.
 * Shape: `unless` is when CRITICAL is no failure either, as long as the nodes answer.
 */
export function statusProof(unless: string | undefined): AnsibleItem {
  const proved = unless === undefined ? "proof.rc == 0" : `proof.rc == 0 or (proof.rc == 2 and (${unless}))`;
  return task(
    "Proof: these nodes answer, and every master is usable from them",
    "command",
    map({ argv: list(["k3s-lb", "status", "--node", jinja("{{ ansible_play_batch | join(',') }}")]) }),
    {
      delegate_to: "localhost",
      become: false,
      run_once: true,
      register: "proof",
      until: proved,
      retries: 20,
      delay: 3,
      changed_when: false,
      failed_when: `not (${proved})`,
      when: isReal,
    },
  );
}
