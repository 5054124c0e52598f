import { cleanText } from "../domain/text.ts";
import { UserError } from "../domain/user-error.ts";
import { expandHostPattern } from "./host-pattern.ts";
import type { Inventory } from "./inventory.ts";
import { pythonLiteral } from "./python-literal.ts";
import { shellWords } from "./shell-words.ts";

const SECTION = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/;
const GROUP = /^([^:\]\s]+)\s*(?:#.*)?$/;
/** Where Python's `splitlines` cuts. */
const LINE_END = /\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/;

type Section = { readonly group: string; readonly kind: "hosts" | "children" | "vars" };

/** Makes the error of a line. */
type Fail = (words: string) => UserError;

/**
 * Reads an inventory in Ansible's INI format, on top of what other files of the same folder have said.
 * Errors: `UserError` with file and line for what Ansible refuses too. No message repeats the value of a variable.
 * Source: Ansible 2.14, `plugins/inventory/ini.py`; held against `ansible-inventory --list` by a test.
 */
export function parseIniInventory(text: string, file: string, inventory: Inventory): void {
  const declared = new Set(inventory.groups.keys());
  /** Groups that were named as children or given variables, with the error where they never get a section. */
  const mentioned = new Map<string, UserError>();
  let section: Section = { group: "ungrouped", kind: "hosts" };
  for (const [index, raw] of text.split(LINE_END).entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || line.startsWith(";")) continue;
    const fail: Fail = (words) => new UserError(`${file}:${index + 1}: ${words}`);
    const mention = (group: string, words: string): void => {
      if (!mentioned.has(group)) mentioned.set(group, fail(`${words} ${cleanText(group)}, which is no group here`));
    };
    const header = SECTION.exec(line);
    if (header !== null) {
      section = readSection(header, fail);
      inventory.addGroup(section.group);
      if (section.kind === "vars") mention(section.group, "variables of");
      else declared.add(section.group);
    } else if (line.startsWith("[") && line.endsWith("]")) {
      throw fail("this is no section; expected [name], [name:children] or [name:vars], without blanks");
    } else if (section.kind === "children") {
      const child = GROUP.exec(line)?.[1];
      if (child === undefined) throw fail("expected the name of a group");
      mention(child, `${cleanText(section.group)} has as a child`);
      inventory.addChild(section.group, child);
    } else if (section.kind === "vars") {
      const at = line.indexOf("=");
      if (at < 0) throw fail("expected key=value in a section of variables");
      const group = inventory.addGroup(section.group);
      group.vars.set(line.slice(0, at).trim(), pythonLiteral(line.slice(at + 1).trim()));
    } else {
      readHost(inventory, section.group, line, fail);
    }
  }
  const undeclared = [...mentioned].find(([group]) => !declared.has(group));
  if (undeclared !== undefined) throw undeclared[1];
}

function readSection([, group = "", kind = "hosts"]: RegExpExecArray, fail: Fail): Section {
  if (kind === "hosts" || kind === "children" || kind === "vars") return { group, kind };
  throw fail(`the section [${cleanText(group)}:${cleanText(kind)}] is none; expected hosts, children or vars`);
}

function readHost(inventory: Inventory, group: string, line: string, fail: Fail): void {
  const cut = shellWords(line);
  if (!cut.ok) throw fail(cut.problem);
  const [pattern = "", ...assignments] = cut.words;
  const expanded = expandHostPattern(pattern);
  if (!expanded.ok) throw fail(cleanText(expanded.problem));
  if (pattern.endsWith(":")) throw fail("the host ends in a colon; expected a port behind it");
  if (pattern === "---") throw fail("--- begins a YAML file; name it .yml, or take the line out");
  const vars = assignments.map((word): readonly [string, unknown] => {
    const at = word.indexOf("=");
    if (at < 0) throw fail("expected key=value behind the host");
    return [word.slice(0, at), pythonLiteral(word.slice(at + 1))];
  });
  for (const name of expanded.hosts) {
    const host = inventory.addHost(name, group);
    if (expanded.port !== undefined) host.vars.set("ansible_port", expanded.port);
    for (const [key, value] of vars) host.vars.set(key, value);
  }
}
