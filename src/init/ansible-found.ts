import { didYouMean } from "../domain/nearest.ts";
import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import { asText, hidden } from "./foreign-yaml.ts";
import { type Found, type FoundNode, found } from "./found.ts";
import { groupLabels } from "./group-labels.ts";
import type { Inventory, Vars } from "./inventory.ts";

/** What the operator said of the inventory. `labels` are variables to be taken as labels, maybe under another name. */
export type AnsibleChoices = {
  readonly masterGroup: string | undefined;
  readonly nodeGroup: string | undefined;
  readonly labels: readonly { readonly variable: string; readonly label: string }[];
};

const MASTERS = "k3s_master";
const NODES = "k3s_node";
/** Older names of the same variables, which Ansible still takes. */
const ADDRESS = ["ansible_host", "ansible_ssh_host"];
const PORT = ["ansible_port", "ansible_ssh_port"];
const USER = ["ansible_user", "ansible_ssh_user"];

/**
 * Takes nodes and masters from an inventory.
 * Shape: masters are the hosts of the master group, nodes those of both groups; every host where there is no node group. Only
 * names, addresses, users, ports and the variables that were asked for are taken; what is encrypted or a template never.
 * Errors: `UserError` for a group that was named and is not there.
 */
export function foundInInventory(inventory: Inventory, source: string, choices: AnsibleChoices): Found {
  const masterHosts = hostsOf(inventory, choices.masterGroup, MASTERS, "--master-group", source);
  const nodeHosts = hostsOf(inventory, choices.nodeGroup, NODES, "--node-group", source);
  const chosen = nodeHosts === undefined ? [] : [...nodeHosts, ...(masterHosts ?? [])];
  const wanted = new Set(chosen.length > 0 ? chosen : inventory.hosts.keys());
  const names = inventory.hostNames().filter((name) => wanted.has(name));
  const notes = new Notes();
  const standard = new Set(["all", "ungrouped", choices.masterGroup ?? MASTERS, choices.nodeGroup ?? NODES]);
  const groups = groupLabels(inventory, names, standard);
  const nodes = names.map((name): FoundNode => {
    const vars = inventory.varsOf(name);
    const asked = choices.labels.flatMap(({ variable, label }) => {
      const value = labelText(vars.get(variable));
      if (value === undefined && vars.has(variable))
        notes.add(`${variable} is no plain text: not taken as a label`, name);
      return value === undefined ? [] : [[label, value] as const];
    });
    const address = take(vars, ADDRESS, name, notes);
    return {
      name,
      address: address === name ? undefined : address,
      ssh: sshOf(vars, address ?? name, name, notes),
      labels: { ...groups.get(name), ...Object.fromEntries(asked) },
      statsPort: undefined,
    };
  });
  const known = new Map(nodes.map((node) => [node.name, node]));
  const masters = names
    .filter((name) => masterHosts?.has(name))
    .map((name) => ({ name, address: known.get(name)?.address }));
  if (masterHosts === undefined)
    notes.say(`There is no group ${MASTERS} in the inventory; --master-group names another one.`);
  if (nodeHosts === undefined && masterHosts !== undefined && names.length > masterHosts.size)
    notes.say(`There is no group ${NODES} in the inventory: every host is a node; --node-group names another one.`);
  const masterNotes = ["The masters' names are those of the inventory; HAProxy's server lines may have others."];
  return found(source, { nodes, masters, notes: notes.list(), masterNotes });
}

function hostsOf(
  inventory: Inventory,
  given: string | undefined,
  standard: string,
  flag: string,
  source: string,
): ReadonlySet<string> | undefined {
  const name = given ?? standard;
  if (inventory.groups.has(name)) return inventory.hostsIn(name);
  if (given === undefined) return undefined;
  const groups = [...inventory.groups.keys()];
  throw new UserError(
    `${flag}: there is no group "${cleanText(name)}" in ${source}${didYouMean(name, groups)}`,
    `Groups: ${groups
      .slice(0, 20)
      .map((group) => cleanText(group, 60))
      .join(", ")}`,
  );
}

/** The first of these variables that is set, where it is a plain text. */
function take(vars: Vars, names: readonly string[], host: string, notes: Notes): string | undefined {
  const name = names.find((one) => vars.has(one));
  if (name === undefined) return undefined;
  const value = vars.get(name);
  const text = asText(value);
  if (text === undefined || text.includes("{{") || text.includes("{%")) {
    const why = value === hidden || text === undefined ? "no plain text" : "a template";
    notes.add(`${name} is ${why}: left out`, host);
    return undefined;
  }
  return text.trim() === "" ? undefined : text.trim();
}

/**
 * ssh takes a port with the destination in the form of a URL only. Without a user or a port of its own a node needs
 * nothing here.
 */
function sshOf(vars: Vars, address: string, host: string, notes: Notes): string | undefined {
  const user = take(vars, USER, host, notes);
  const port = take(vars, PORT, host, notes);
  const own = user === undefined ? "" : `${user}@`;
  if (port === undefined || port === "22") return user === undefined ? undefined : `${own}${address}`;
  return `ssh://${own}${address.includes(":") ? `[${address}]` : address}:${port}`;
}

function labelText(value: unknown): string | undefined {
  const text = typeof value === "boolean" ? String(value) : asText(value);
  return text === undefined || text.includes("{{") ? undefined : text.trim();
}

/** Notes that say a thing once, with the hosts that it is true of. */
class Notes {
  readonly #hosts = new Map<string, string[]>();
  readonly #sentences: string[] = [];

  add(what: string, host: string): void {
    const hosts = this.#hosts.get(what);
    if (hosts === undefined) this.#hosts.set(what, [host]);
    else hosts.push(host);
  }

  say(sentence: string): void {
    this.#sentences.push(sentence);
  }

  list(): readonly string[] {
    const told = [...this.#hosts].map(([what, hosts]) => {
      const [first = ""] = hosts;
      const more = hosts.length === 1 ? "" : ` and ${hosts.length - 1} more`;
      return `${cleanText(first, 60)}${more}: ${what}.`;
    });
    return [...this.#sentences, ...told];
  }
}
