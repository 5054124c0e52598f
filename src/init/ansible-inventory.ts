import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import { parseIniInventory } from "./ansible-ini.ts";
import { readInventoryTree } from "./ansible-tree.ts";
import { asMapping, readForeignYaml } from "./foreign-yaml.ts";
import { Inventory, type Vars } from "./inventory.ts";

/** A file of group_vars or host_vars: whose variables it holds, and its text. */
export type VarsFile = {
  readonly kind: "group" | "host";
  readonly name: string;
  readonly file: string;
  readonly text: string;
};

/**
 * Reads an inventory, each file in whichever format: INI, YAML, or JSON. A folder's files make one inventory.
 * Shape: JSON is known by its brace, YAML by its file's ending or by a first line that begins a mapping.
 * Errors: `UserError` with file and line; also for groups that hold each other.
 */
export function parseInventory(files: readonly { readonly file: string; readonly text: string }[]): Inventory {
  const inventory = new Inventory(files.map(({ file }) => file).join(", "));
  for (const { file, text } of files) {
    refuseForeign(text, file);
    const isYaml = /\.(ya?ml|json)$/i.test(file) || /^(---|\{|[\w.-]+:\s*(#.*)?$)/.test(firstLine(text));
    if (isYaml) readInventoryTree(readForeignYaml(text, file), file, inventory);
    else parseIniInventory(text, file, inventory);
  }
  inventory.depths();
  return inventory;
}

function refuseForeign(text: string, file: string): void {
  const hint =
    "Give what Ansible makes of it: ansible-inventory --list > inventory.json, then --from-ansible inventory.json";
  if (text.startsWith("#!")) throw new UserError(`${file}: this is a program, and init runs none`, hint);
  if (text.startsWith("$ANSIBLE_VAULT")) throw new UserError(`${file}: this inventory is encrypted`, hint);
}

/** The first line that says something; what a JSON or YAML text begins with. */
function firstLine(text: string): string {
  return text.match(/^\s*[^\s#;].*$/m)?.[0]?.trim() ?? "";
}

/**
 * Lays the variables of files over an inventory. Files come in the order in which Ansible would read them.
 * Shape: gives the notes on files that were left out, as those that are encrypted whole.
 */
export function addVarsFiles(inventory: Inventory, files: readonly VarsFile[]): readonly string[] {
  const notes: string[] = [];
  for (const { kind, name, file, text } of files) {
    const target = kind === "group" ? inventory.groups.get(name)?.fileVars : inventory.hosts.get(name)?.fileVars;
    if (target === undefined) continue;
    if (text.startsWith("$ANSIBLE_VAULT")) notes.push(`${cleanText(file)} is encrypted: nothing was taken from it.`);
    else addVars(target, text, file, notes);
  }
  return notes;
}

function addVars(target: Vars, text: string, file: string, notes: string[]): void {
  const value = readForeignYaml(text, file);
  if (value === null || value === undefined) return;
  const vars = asMapping(value);
  if (vars === undefined) notes.push(`${cleanText(file)} is no mapping of variables: nothing was taken from it.`);
  for (const [key, one] of Object.entries(vars ?? {})) target.set(key, one);
}
