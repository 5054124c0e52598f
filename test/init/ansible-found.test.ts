import { describe, expect, it } from "vitest";
import { type AnsibleChoices, foundInInventory } from "../../src/init/ansible-found.ts";
import { addVarsFiles, parseInventory } from "../../src/init/ansible-inventory.ts";
import type { Found } from "../../src/init/found.ts";

const NONE: AnsibleChoices = { masterGroup: undefined, nodeGroup: undefined, labels: [] };

function read(text: string, choices: Partial<AnsibleChoices> = {}, file = "hosts"): Found {
  return foundInInventory(parseInventory([{ file, text }]), file, { ...NONE, ...choices });
}

/** The nodes as short lines: name, address, ssh, labels. */
function lines({ nodes }: Found): readonly string[] {
  return nodes.map(({ name, address, ssh, labels }) => {
    const told = Object.entries(labels).map(([key, value]) => `@${key}=${value}`);
    return [name, address ?? "-", ssh ?? "-", ...told].join(" ");
  });
}

describe("foundInInventory", () => {
  it("takes masters from k3s_master and nodes from both groups, and leaves other hosts out", () => {
    const found = read("db\n[k3s_master]\nm1 ansible_host=10.0.0.1\nm2\n[k3s_node]\nn[1:2] ansible_host=10.0.0.9\n");
    expect(found.masters).toEqual([
      { name: "m1", address: "10.0.0.1" },
      { name: "m2", address: undefined },
    ]);
    expect(lines(found)).toEqual(["m1 10.0.0.1 -", "m2 - -", "n1 10.0.0.9 -", "n2 10.0.0.9 -"]);
  });

  it("takes every host where there are no such groups, and says how to name the masters'", () => {
    const found = read("[server]\na\n[agent]\nb\n");
    expect([lines(found), found.masters]).toEqual([["a - - @group=server", "b - - @group=agent"], []]);
    expect(found.notes).toEqual(["There is no group k3s_master in the inventory; --master-group names another one."]);
    expect(read("[server]\na\n[agent]\nb\n", { masterGroup: "server", nodeGroup: "agent" }).masters).toHaveLength(1);
  });

  it("loses no host where only the masters' group is named or there, and says so", () => {
    const found = read("[server]\na\n[agent]\nb\n", { masterGroup: "server" });
    expect([lines(found), found.masters.map(({ name }) => name)]).toEqual([["a - -", "b - - @group=agent"], ["a"]]);
    expect(found.notes).toEqual([
      "There is no group k3s_node in the inventory: every host is a node; --node-group names another one.",
    ]);
    expect(read("[k3s_master]\na\n").notes).toEqual([]);
  });

  it("names the nearest group where one that was named is not there", () => {
    expect(() => read("[server]\na\n", { masterGroup: "servers" })).toThrow(
      '--master-group: there is no group "servers" in hosts; did you mean "server"?',
    );
  });

  it("makes a destination for ssh of user and port, as a URL where there is a port", () => {
    const found = read(
      "a ansible_user=ops\nb ansible_port=2222\nc:2200 ansible_user=ops ansible_host=fd00::1\nd ansible_port=22\ne ansible_ssh_user=old ansible_ssh_host=10.0.0.5\n",
    );
    expect(lines(found)).toEqual([
      "a - ops@a",
      "b - ssh://b:2222",
      "c fd00::1 ssh://ops@[fd00::1]:2200",
      "d - -",
      "e 10.0.0.5 old@10.0.0.5",
    ]);
  });

  it("labels a host with its nearest group, and with each further one; groups of everybody say nothing", () => {
    const found = read(
      "[k3s_node:children]\nsite_a\nsite_b\n[site_a:children]\nrack1\n[rack1]\nn1\nn2\n[site_b]\nn3\n[gpu]\nn2\nn3\n[everybody]\nn[1:3]\n",
    );
    expect(lines(found)).toEqual([
      "n1 - - @site_a=member @group=rack1",
      "n2 - - @gpu=member @site_a=member @group=rack1",
      "n3 - - @gpu=member @group=site_b",
    ]);
  });

  it("makes labels of variables that are asked for, plain texts only", () => {
    const labels = [
      { variable: "site", label: "site" },
      { variable: "k3s_rack", label: "rack" },
    ];
    const found = read('a site=de1 k3s_rack=7\nb site="{{ x }}" k3s_rack=True\nc site="[\'x\']"\n', { labels });
    expect(lines(found)).toEqual(["a - - @site=de1 @rack=7", "b - - @rack=true", "c - -"]);
    expect(found.notes).toContain("b and 1 more: site is no plain text: not taken as a label.");
  });

  it("copies nothing that is encrypted or a template", () => {
    const text = "all:\n  hosts:\n    a: { ansible_host: !vault |\n      x }\n";
    expect(() => read(text, {}, "hosts.yml")).toThrow(/^hosts.yml:\d+: not readable as YAML/);
    const vaulted =
      "all:\n  hosts:\n    a:\n      ansible_user: !vault |\n        $ANSIBLE_VAULT;1.1;AES256\n        6162\n      ansible_host: '{{ lookup(1) }}'\n    b:\n      ansible_host: $ANSIBLE_VAULT;1.1\n";
    const found = read(vaulted, {}, "hosts.yml");
    expect(lines(found)).toEqual(["a - -", "b - -"]);
    expect(found.notes.slice(1)).toEqual([
      "a: ansible_host is a template: left out.",
      "a: ansible_user is no plain text: left out.",
      "b: ansible_host is no plain text: left out.",
    ]);
    const list = JSON.stringify({
      _meta: { hostvars: { a: { ansible_host: { __ansible_vault: "$ANSIBLE_VAULT" } } } },
      all: { hosts: ["a"] },
    });
    expect(lines(read(list))).toEqual(["a - -"]);
  });

  it("lays variables of files over those of the inventory, and passes over encrypted files", () => {
    const inventory = parseInventory([{ file: "hosts", text: "[g]\na ansible_user=ini\nb\n" }]);
    const notes = addVarsFiles(inventory, [
      { kind: "group", name: "g", file: "group_vars/g.yml", text: "ansible_user: group\n" },
      { kind: "host", name: "a", file: "host_vars/a.yml", text: "$ANSIBLE_VAULT;1.1;AES256\n61\n" },
      { kind: "host", name: "b", file: "host_vars/b", text: "- 1\n" },
      { kind: "host", name: "stranger", file: "host_vars/stranger", text: "{{{" },
    ]);
    expect(lines(foundInInventory(inventory, "hosts", NONE))).toEqual(["a - ini@a", "b - group@b"]);
    expect(notes).toEqual([
      "host_vars/a.yml is encrypted: nothing was taken from it.",
      "host_vars/b is no mapping of variables: nothing was taken from it.",
    ]);
  });
});
