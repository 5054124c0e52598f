import { formatHaproxyVersion } from "../domain/haproxy-version.ts";
import type { FleetNode } from "../domain/inventory.ts";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import { ansibleHaproxy } from "./ansible-haproxy.ts";
import { agentVariables, masterVariables } from "./ansible-k3s.ts";
import { rolloutFile } from "./ansible-rollout.ts";
import { haproxyTaskVariables } from "./ansible-rollout-haproxy.ts";
import { type AnsibleEntry, list } from "./ansible-value.ts";
import { vaultVariables } from "./ansible-vault.ts";
import { formatAnsibleYaml } from "./ansible-yaml.ts";
import type { GenerateInput } from "./generate-input.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { neededOfGlobal } from "./haproxy-global.ts";

/** The groups of the sample's inventory; the first holds the other two. */
const groups = { all: "k3s_cluster", masters: "k3s_master", agents: "k3s_node" } as const;

/**
 * Variables for the Oefenweb haproxy role and for the k3s role, laid out as group_vars, and the playbook that rolls them
 * out in a safe order.
 * Shape: what nearly all nodes share is in the group's file; a node that differs (its stats listener, its socket) has a
 * file in host_vars. Passwords are references to the vault. `input.node` does not matter: one set is for all nodes.
 * Errors: `UserError` for a node whose name cannot be the name of a folder, and what `haproxySections` refuses.
 */
export function generateAnsible(input: GenerateInput): readonly GeneratedFile[] {
  const each = input.fleet.nodes.map((node) => ({ node, variables: nodeVariables({ ...input, node }) }));
  const shared = sharedVariables(each.map(({ variables }) => variables));
  const own = each.flatMap(({ node, variables }) => hostFile(node, differing(variables, shared)));
  return [
    file(`group_vars/${groups.all}/k3s-lb.yml`, haproxyHead(input), [...roleVariables(input), ...shared]),
    ...own,
    file(`group_vars/${groups.agents}/k3s-lb.yml`, agentHead, agentVariables(input)),
    ...masterFile(input),
    rolloutFile(input, groups),
  ];
}

function file(path: string, head: readonly string[], variables: readonly AnsibleEntry[]): GeneratedFile {
  return { path, text: formatAnsibleYaml(head, { kind: "map", entries: variables }), check: undefined, comment: "#" };
}

const nodeVariables = (input: GenerateInput): readonly AnsibleEntry[] => [
  ...ansibleHaproxy(input),
  ...haproxyTaskVariables(input),
];

/** What the role itself wants to know. */
function roleVariables({ version }: GenerateInput): readonly AnsibleEntry[] {
  return [
    {
      key: "haproxy_version",
      value: formatHaproxyVersion(version),
      notes: ["The series of packages that the role adds; the file below is written for it."],
    },
    {
      key: "haproxy_restart_handler_state",
      value: "reloaded",
      notes: ["A restart, the role's default, would cut every session through this node for a changed line."],
    },
    {
      key: "haproxy_install",
      value: list(["socat"]),
      notes: ["For orders over the stats socket, and to save the state of the servers before a reload."],
    },
  ];
}

function masterFile(input: GenerateInput): readonly GeneratedFile[] {
  const variables = masterVariables(input);
  return variables.length === 0 ? [] : [file(`group_vars/${groups.masters}/k3s-lb.yml`, masterHead, variables)];
}

/** For each variable the value that most nodes have; of two as common the one of the earlier node. */
function sharedVariables(each: readonly (readonly AnsibleEntry[])[]): readonly AnsibleEntry[] {
  const keys = [...new Set(each.flatMap((variables) => variables.map(({ key }) => key)))];
  return keys.flatMap((key) => {
    const counts = new Map<string, { readonly entry: AnsibleEntry; count: number }>();
    for (const entry of each.flatMap((variables) => variables.filter((variable) => variable.key === key))) {
      const known = counts.get(fingerprint(entry));
      counts.set(fingerprint(entry), { entry: known?.entry ?? entry, count: (known?.count ?? 0) + 1 });
    }
    const [most] = [...counts.values()].toSorted((a, b) => b.count - a.count);
    return most === undefined ? [] : [most.entry];
  });
}

function differing(variables: readonly AnsibleEntry[], shared: readonly AnsibleEntry[]): readonly AnsibleEntry[] {
  const common = new Map(shared.map((entry) => [entry.key, fingerprint(entry)]));
  return variables.filter((entry) => common.get(entry.key) !== fingerprint(entry));
}

const fingerprint = ({ value }: AnsibleEntry): string => JSON.stringify(value);

function hostFile({ name }: FleetNode, variables: readonly AnsibleEntry[]): readonly GeneratedFile[] {
  if (variables.length === 0) return [];
  if (!/^[A-Za-z0-9_.:-]+$/.test(name) || /^\.+$/.test(name)) {
    throw new UserError(
      `a node is called ${JSON.stringify(cleanText(name))}, which cannot be a folder of host_vars`,
      "Give it another name: letters, digits, dot, dash and underscore.",
    );
  }
  return [file(`host_vars/${name}/k3s-lb.yml`, hostHead(name), variables)];
}

function haproxyHead(input: GenerateInput): readonly string[] {
  // A hash is made from what is typed; encrypt_string asks for the other by itself.
  const [make, ask] =
    input.secrets.kind === "hash" ? ["openssl passwd -6 | ", "--stdin-name"] : ["", "--prompt --name"];
  return [
    "Written by k3s-lb generate ansible: what the Oefenweb haproxy role makes k3s-lb's haproxy.cfg from, on every node.",
    `${groups.all} is the group above ${groups.masters} and ${groups.agents}; hosts are called as the nodes in the fleet file.`,
    "",
    "Not in here, as it is secret; once each, into a file beside this one:",
    ...vaultVariables({ ...input, node: input.fleet.nodes[0] }).map(
      ({ variable }) =>
        `  ${make}ansible-vault encrypt_string ${ask} ${variable} >> group_vars/${groups.all}/vault.yml`,
    ),
    ...(input.sectionsOnly ? neededHead(input) : []),
    "Where braces are meant as they stand, a value has the tag !unsafe: Ansible evaluates it nowhere.",
  ];
}

/** What a `global` of the operator's own has to bring; the socket may differ between nodes, which host_vars has. */
function neededHead(input: GenerateInput): readonly string[] {
  const lines = neededOfGlobal({ ...input, node: input.fleet.nodes[0] }).filter(({ words }) => words[0] !== "node");
  return [
    "haproxy_global_* and haproxy_defaults_* are yours and not in here. These lines have to be in global:",
    ...lines.map(({ words }) => `  ${words.join(" ")}`),
    "",
  ];
}

const agentHead = ["Written by k3s-lb generate ansible: where the k3s role makes the agents look for the masters."];

const masterHead = [
  "Written by k3s-lb generate ansible: what the masters need, so that check.expect of the fleet file is what they answer.",
  "On masters that run, go by the steps of k3s-lb generate change-over: in another order HAProxy takes them for down.",
];

const hostHead = (name: string): readonly string[] => [
  `Written by k3s-lb generate ansible: what ${name} has otherwise than the other nodes, whole variables each.`,
];
