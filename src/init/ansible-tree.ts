import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import { asMapping, asText } from "./foreign-yaml.ts";
import { expandHostPattern } from "./host-pattern.ts";
import type { Inventory } from "./inventory.ts";

/**
 * Takes an inventory from its value: Ansible's YAML format, or the JSON of `ansible-inventory --list` and of dynamic
 * inventories, where hosts and children are lists and variables stand under `_meta`.
 * Errors: `UserError` for what is neither.
 * Source: Ansible 2.14, `plugins/inventory/yaml.py` and `script.py`; held against `ansible-inventory --list` by a test.
 */
export function readInventoryTree(value: unknown, file: string, inventory: Inventory): void {
  const top = asMapping(value);
  if (top === undefined) throw new UserError(`${file}: expected an Ansible inventory: a mapping of groups`);
  if (typeof top["plugin"] === "string") {
    throw new UserError(
      `${file}: this configures the inventory plugin ${cleanText(top["plugin"])}, which only Ansible can ask`,
      `ansible-inventory -i ${file} --list > inventory.json, then --from-ansible inventory.json`,
    );
  }
  const open: { name: string; group: unknown }[] = Object.entries(top)
    .filter(([name]) => name !== "_meta")
    .map(([name, group]) => ({ name, group }));
  // An alias may put a group below itself; the circle is told by whoever asks for the depths.
  const seen = new Map<unknown, Set<string>>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const names = seen.get(next.group) ?? new Set();
    if (names.has(next.name)) continue;
    seen.set(next.group, names.add(next.name));
    for (const child of readGroup(inventory, next.name, next.group, file)) open.push(child);
  }
  const hostVars = asMapping(asMapping(top["_meta"])?.["hostvars"]);
  for (const [name, vars] of Object.entries(hostVars ?? {})) {
    const host = inventory.hosts.get(name) ?? inventory.addHost(name, "ungrouped");
    for (const [key, one] of Object.entries(asMapping(vars) ?? {})) host.vars.set(key, one);
  }
}

function readGroup(
  inventory: Inventory,
  name: string,
  value: unknown,
  file: string,
): { name: string; group: unknown }[] {
  const group = inventory.addGroup(name);
  // A dynamic inventory may give nothing but the list of hosts.
  const parts = Array.isArray(value) ? { hosts: value } : asMapping(value);
  if (parts === undefined) return [];
  for (const [key, one] of Object.entries(asMapping(parts["vars"]) ?? {})) group.vars.set(key, one);
  addHosts(inventory, name, parts["hosts"], file);
  const children = parts["children"];
  const named = Array.isArray(children)
    ? children.flatMap((child) => asText(child) ?? [])
    : typeof children === "string"
      ? [children]
      : [];
  for (const child of named) inventory.addChild(name, child);
  return Object.entries(asMapping(children) ?? {}).map(([child, inner]) => {
    inventory.addChild(name, child);
    return { name: child, group: inner };
  });
}

function addHosts(inventory: Inventory, group: string, hosts: unknown, file: string): void {
  if (Array.isArray(hosts)) {
    for (const host of hosts.flatMap((one) => asText(one) || [])) inventory.addHost(host, group);
    return;
  }
  const entries = typeof hosts === "string" ? [[hosts, undefined] as const] : Object.entries(asMapping(hosts) ?? {});
  for (const [pattern, vars] of entries) {
    const expanded = expandHostPattern(pattern);
    if (!expanded.ok) throw new UserError(`${file}: ${cleanText(group)}.hosts: ${cleanText(expanded.problem)}`);
    for (const name of expanded.hosts) {
      const host = inventory.addHost(name, group);
      if (expanded.port !== undefined) host.vars.set("ansible_port", expanded.port);
      for (const [key, value] of Object.entries(asMapping(vars) ?? {})) host.vars.set(key, value);
    }
  }
}
