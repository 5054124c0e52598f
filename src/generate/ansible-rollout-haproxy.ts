import { localFrontend } from "./ansible-k3s.ts";
import { isNew, isReal, roleTasks, statusProof, task } from "./ansible-task.ts";
import { type AnsibleEntry, type AnsibleItem, jinja, list, map } from "./ansible-value.ts";
import { type VaultVariable, vaultVariables } from "./ansible-vault.ts";
import type { GenerateInput } from "./generate-input.ts";
import { hasFix } from "./haproxy-fix-notes.ts";
import { generateSystemd } from "./systemd.ts";

const DROP_IN = "/etc/systemd/system/haproxy.service.d/k3s-lb.conf";

/** The tasks that bring HAProxy to a batch of nodes. */
export function haproxyTasks(input: GenerateInput): readonly AnsibleItem[] {
  return [
    secretsTask(input),
    ...(input.fleet.check.expect === 200 ? [readyTask(input)] : []),
    ...(hasFix(input, "state-file") ? dropInTasks : []),
    ...roleTasks("k3s_lb_haproxy_role", "oefenweb.haproxy", "haproxy"),
    frontendTask(input),
    statusProof(isNew),
  ];
}

/** What the tasks above read of a node: texts of the fleet file, which a playbook would take for templates. */
export function haproxyTaskVariables(input: GenerateInput): readonly AnsibleEntry[] {
  const { check, masters } = input.fleet;
  const ready: readonly AnsibleEntry[] =
    check.expect === 200
      ? [
          {
            key: "k3s_lb_masters",
            value: list(masters.map(({ address }) => address)),
            notes: ["rollout.yml asks these before it makes HAProxy expect 200 of them."],
          },
          ...(check.cert === undefined ? [] : [{ key: "k3s_lb_check_cert", value: check.cert }]),
        ]
      : [];
  const [dropIn] = hasFix(input, "state-file") ? generateSystemd(input) : [];
  return dropIn === undefined
    ? ready
    : [
        ...ready,
        {
          key: "k3s_lb_drop_in",
          value: dropIn.text,
          notes: [`What rollout.yml writes to ${DROP_IN}: the role has no variable for it.`],
        },
      ];
}

function secretsTask(input: GenerateInput): AnsibleItem {
  const variables = vaultVariables({ ...input, node: input.fleet.nodes[0] });
  return task(
    "Every password is in the vault, and none is empty or the sample's",
    "assert",
    map({ that: list(variables.flatMap(checksOf)), quiet: true }),
  );
}

/** Expressions that fail for a variable that is not there, too. */
function checksOf({ variable, isHash }: VaultVariable): readonly string[] {
  if (isHash) return [`${variable} is match('[$](1|5|6|y|2[aby])[$]')`];
  return [
    `${variable} | string | length > 0`,
    `${variable} != 'yoursupersecretpassword'`,
    `${variable} | string is not search('[\\r\\n]')`,
  ];
}

/** From here on HAProxy waits for 200: a master that still answers 401 would be down on every node. */
function readyTask({ fleet: { check } }: GenerateInput): AnsibleItem {
  return task(
    "Every master answers 200 already, as HAProxy is to expect it (the way there: k3s-lb generate change-over)",
    "uri",
    map({
      url: jinja("https://{{ item }}/readyz"),
      validate_certs: false,
      client_cert: check.cert === undefined ? undefined : jinja("{{ k3s_lb_check_cert }}"),
    }),
    { loop: jinja("{{ k3s_lb_masters }}"), when: `not (${isNew})` },
  );
}

const dropInTasks: readonly AnsibleItem[] = [
  task(
    "A folder for the drop-in of systemd",
    "file",
    map({ path: DROP_IN.replace(/\/[^/]*$/, ""), state: "directory", mode: "0755" }),
  ),
  task(
    "systemd saves which masters are drained before HAProxy goes",
    "copy",
    map({ content: jinja("{{ k3s_lb_drop_in }}"), dest: DROP_IN, mode: "0644" }),
    { register: "drop_in" },
  ),
  task("systemd reads it", "systemd", map({ daemon_reload: true }), { when: "drop_in is changed" }),
];

function frontendTask({ fleet }: GenerateInput): AnsibleItem {
  const { host, port } = localFrontend(fleet.frontend.bind);
  return task(
    "Proof: the frontend takes connections",
    "wait_for",
    map({ host: host.replace(/^\[(.*)\]$/, "$1"), port, timeout: 30 }),
    { when: isReal },
  );
}
