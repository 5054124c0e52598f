import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addVarsFiles, parseInventory } from "../../src/init/ansible-inventory.ts";
import type { Inventory } from "../../src/init/inventory.ts";
import { readInventoryFiles } from "../../src/io/inventory-files.ts";
import { type ListedInventory, listInventory, skipsRealAnsible } from "../support/ansible-inventory.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Hosts with their variables, and the hosts of each group, however deep. */
type Picture = { readonly hosts: unknown; readonly groups: unknown };

async function ours(path: string): Promise<Picture> {
  const { inventories, vars } = await readInventoryFiles(path, "/");
  const inventory = parseInventory(inventories);
  addVarsFiles(inventory, vars);
  return pictureOf(inventory);
}

function pictureOf(inventory: Inventory): Picture {
  const groups = [...inventory.groups.keys()].filter((name) => !["all", "ungrouped"].includes(name));
  return {
    hosts: Object.fromEntries(inventory.hostNames().map((name) => [name, Object.fromEntries(inventory.varsOf(name))])),
    groups: Object.fromEntries(groups.map((name) => [name, [...inventory.hostsIn(name)].sort()])),
  };
}

/** What Ansible lists, read by our reader of its JSON: groups without a host are not in it. */
function theirs(listed: ListedInventory): Picture {
  return pictureOf(parseInventory([{ file: "list.json", text: JSON.stringify(listed) }]));
}

function withoutEmpty({ hosts, groups }: Picture): Picture {
  const full = Object.entries(groups as Record<string, string[]>).filter(([, members]) => members.length > 0);
  return { hosts, groups: Object.fromEntries(full) };
}

async function writeFiles(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await tempDir();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

const INI = `# fleet
alone ansible_host=1.2.3.4   # in no group
[k3s_master]
master-[1:3] ansible_host=10.8.0.1 foo="a b" n=5 b=yes l="[1,2]" q='it''s'
[k3s_node:children]
k3s_master
workers
[workers]
node[01:05:2].example.org:2222 x=1 # c
node-[a:c]
rack[1:2]-[08:10] t=True u=true none=None empty= text="'007'" octal=007 hex=0x1f under=1_000 neg=-3 real=1.5 exp=1e3
odd v=a"b"c q="say \\"hi\\"" w="{'a':1, 'b': [1, (2, 3)]}" jinja="{{ x }}" cut=a#b
pair r=1,2 sum=1+2 d=10.8.0.1 esc="\\n"
[workers:vars]
site = a b  # no comment here
http_port=80
s="quoted # no"
list=["a", 'b']
joined="a" "b"
dict={"x": 1}
bad={"x": }
[k3s_node:vars]
http_port=81
depth=upper
; the end
`;

const YAML = `
all:
  hosts:
    alone: { ansible_host: 1.2.3.4 }
  vars: { everywhere: yes, port: 0o17, when: 1:30 }
  children:
    k3s_master:
      hosts:
        master-[1:3]:
          ansible_user: root
        m4:2222:
    k3s_node:
      vars: { a: upper, b: upper }
      children:
        k3s_master:
        workers:
          hosts: { "node[01:03]": { x: [1, two, { three: 3 }] }, n9: {} }
          vars: &vars { a: lower, c: "yes", d: no, e: ~, f: 1.5, g: 012, y: n, h: y, i: ON, j: 1_000, k: 0x1f, l: .5, m: 1e3, n: 'yes' }
    more:
      hosts: n9
      vars: { <<: *vars, c: own }
`;

describe.skipIf(skipsRealAnsible())("our readers beside ansible-inventory", () => {
  it("find the same hosts, groups and variables in INI", async () => {
    const folder = await writeFiles({ hosts: INI });
    expect(withoutEmpty(await ours(join(folder, "hosts")))).toEqual(theirs(listInventory(join(folder, "hosts"))));
  });

  it("give any value on a host's line and in a section of variables the same type", async () => {
    const signs = [
      "'",
      '"',
      "[",
      "]",
      "{",
      "}",
      "(",
      ")",
      ",",
      ":",
      "1",
      "07",
      "a",
      " ",
      "-",
      "+",
      ".",
      "_",
      "None",
      "=",
      "#",
      "\\",
      "'b'",
    ];
    const values = fc
      .sample(fc.array(fc.constantFrom(...signs), { minLength: 1, maxLength: 6 }), 400)
      .map((parts) => parts.join(""))
      // Ansible itself fails to print these two of Python's values: an ellipsis and a set.
      .filter((value) => !/\.\.\.|\{[^:]*\}/.test(value));
    const quoted = values.map((value, i) => `h${i} v='${value.replaceAll("'", "'\\''")}'`);
    const folder = await writeFiles({
      hosts: `${quoted.join("\n")}\n[g]\nh0\n[g:vars]\n${values.map((value, i) => `v${i}=${value}`).join("\n")}\n`,
    });
    expect((await ours(join(folder, "hosts"))).hosts).toEqual(theirs(listInventory(join(folder, "hosts"))).hosts);
  });

  it("find the same in YAML", async () => {
    const folder = await writeFiles({ "hosts.yml": YAML });
    expect(withoutEmpty(await ours(join(folder, "hosts.yml")))).toEqual(
      theirs(listInventory(join(folder, "hosts.yml"))),
    );
  });

  it("lay group_vars and host_vars over each other in the same order", async () => {
    const folder = await writeFiles({
      "inventory/a-hosts":
        "[a]\nh[1:3] own=ini x=ini\n[b]\nh1\nh2\n[top:children]\na\nb\n[top:vars]\ng=ini-top\nx=t\n[a:vars]\ng=ini-a\n",
      "inventory/b-hosts.yml": "b: { vars: { g: yaml-b, z: 1 }, hosts: { h9: } }\n",
      "inventory/group_vars/all.yml": "g: file-all\nall: 1\n",
      "inventory/group_vars/top": "g: file-top\n",
      "inventory/group_vars/b/10-one.yml": "g: file-b-one\nansible_group_priority: 5\n",
      "inventory/group_vars/b/20-two.yml": "g: file-b-two\nlist: [1, 2]\n",
      "inventory/group_vars/zzz.yml": "g: nobody\n",
      "inventory/host_vars/h1.yml": "own: file\n",
      "inventory/host_vars/h2/vars.yml": "own: { deep: yes }\n",
    });
    const path = join(folder, "inventory");
    expect(withoutEmpty(await ours(path))).toEqual(theirs(listInventory(path)));
  });

  it.each([
    ["a quote that is not closed", "[a]\nh1 x='1\n"],
    ["a child that is no group", "[a:children]\nb\n"],
    ["variables of a group that is none", "[a:vars]\nx=1\n"],
    ["a section of another kind", "[a:hostvars]\nh1\n"],
    ["a range without an end", "[a]\nh[1:]\n"],
    ["ends of different width", "[a]\nh[01:100]\n"],
    ["a word behind the host", "[a]\nh1 oops\n"],
    ["groups that hold each other", "[a:children]\nb\n[b:children]\na\n"],
  ])("refuse %s, as it does", async (_, text) => {
    const folder = await writeFiles({ hosts: text });
    expect(() => listInventory(join(folder, "hosts"))).toThrow(/pars/);
    await expect(ours(join(folder, "hosts")).then(() => "read")).rejects.toThrow();
  });
});
