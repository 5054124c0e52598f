import { describe, expect, it } from "vitest";
import { parseInventory } from "../../src/init/ansible-inventory.ts";

function read(text: string, file = "hosts") {
  return parseInventory([{ file, text }]);
}

function refusal(text: string, file = "hosts"): string {
  try {
    read(text, file);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "read";
}

describe("parseInventory", () => {
  it.each([
    ["INI", "hosts", "[g]\nn1 x=1\n"],
    ["INI without a section", "hosts", "n1 x=1\n"],
    ["YAML by its ending", "hosts.yaml", "g: { hosts: { n1: { x: 1 } } }\n"],
    ["YAML by its first line", "hosts", "# ours\n\ng:\n  hosts:\n    n1: { x: 1 }\n"],
    ["YAML after three dashes", "hosts", "---\ng: { hosts: { n1: { x: 1 } } }\n"],
    [
      "JSON of --list",
      "-",
      '{ "_meta": { "hostvars": { "n1": { "x": 1 } } }, "all": { "children": ["g"] }, "g": { "hosts": ["n1"] } }',
    ],
    ["JSON of an old dynamic inventory", "list.json", '{ "g": ["n1"], "_meta": { "hostvars": { "n1": { "x": 1 } } } }'],
    ["YAML with a list of hosts as text", "hosts.yml", "g: { hosts: n1, vars: { x: 1 } }\n"],
  ])("knows %s", (_, file, text) => {
    const inventory = read(text, file);
    expect([...inventory.hosts.keys()]).toEqual(["n1"]);
    expect(inventory.varsOf("n1").get("x")).toBe(1);
  });

  it("says what to give in place of a program, a plugin's configuration or an encrypted file", () => {
    expect(refusal("#!/usr/bin/env python3\n")).toBe("hosts: this is a program, and init runs none");
    expect(refusal("plugin: aws_ec2\n", "aws.yml")).toBe(
      "aws.yml: this configures the inventory plugin aws_ec2, which only Ansible can ask",
    );
    expect(refusal("$ANSIBLE_VAULT;1.1;AES256\n")).toBe("hosts: this inventory is encrypted");
  });

  it.each([
    [
      "groups that hold each other",
      "[a:children]\nb\n[b:children]\nc\n[c:children]\na\n",
      "hosts: the groups a > b > c > a hold each other; expected children without a circle",
    ],
    [
      "a group that holds itself",
      "[a:children]\na\n",
      "hosts: the groups a > a hold each other; expected children without a circle",
    ],
    ["a range of millions", "[a]\nn[1:99999999]\n", "hosts:2: the range [1:99999999] gives more than 100000 hosts"],
    ["ranges that multiply", "n[1:999][1:999]\n", "hosts:1: the ranges give more than 100000 hosts"],
    ["a bracket that is not closed", "n[1:3\n", "hosts:1: a bracket is not closed"],
    ["a backslash at the end", "n1 x=\\\n", "hosts:1: a backslash stands at the end"],
    [
      "a section with blanks",
      "[a b]\n",
      "hosts:1: this is no section; expected [name], [name:children] or [name:vars], without blanks",
    ],
    [
      "control characters",
      "n1 x=1\n[a:\u001b]\n",
      "hosts:2: this is no section; expected [name], [name:children] or [name:vars], without blanks",
    ],
  ])("names what is wrong with %s", (_, text, message) => {
    expect(refusal(text)).toBe(message);
  });

  it("refuses YAML that multiplies itself, holds itself or is nested without end", () => {
    const bomb = Array.from({ length: 40 }, (_, i) =>
      `a${i}: &a${i} { hosts: { x: }, children: { l: *a${i - 1}, r: *a${i - 1} } }`.replaceAll("*a-1", "~"),
    );
    expect(refusal(bomb.join("\n"), "h.yml")).toMatch(/^h.yml: its aliases multiply one another/);
    expect(refusal("all: &a\n  children: { b: *a }\n", "h.yml")).toBe(
      "h.yml: the groups b > b hold each other; expected children without a circle",
    );
    expect(refusal(`all: ${"{ children: ".repeat(5000)}`, "h.yml")).toMatch(/^h.yml:?\d*: /);
    expect(refusal("- 1\n", "h.yml")).toBe("h.yml: expected an Ansible inventory: a mapping of groups");
  });

  it("reads a hundred thousand hosts, and no more", () => {
    const inventory = read("[a]\nn[1:99999] x=1\nlast y=2\n[b:children]\na\n");
    expect(inventory.hostsIn("b").size).toBe(100_000);
    expect(refusal("[a]\nn[1:99999]\nlast\nmore\n")).toMatch(/^hosts: more than 100000 hosts/);
  });

  it("is not led astray by names that JavaScript knows", () => {
    const inventory = read("[__proto__]\nconstructor __proto__=1 toString=2\n[__proto__:vars]\nhasOwnProperty=3\n");
    expect([...inventory.varsOf("constructor")]).toEqual([
      ["hasOwnProperty", 3],
      ["__proto__", 1],
      ["toString", 2],
    ]);
  });

  it("goes a long way down through children without an end of the stack", () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => `[g${i}:children]\ng${i + 1}`);
    const inventory = read(`${chain.join("\n")}\n[g20000]\nn1\n[g0:vars]\nx=1\n`);
    expect(inventory.varsOf("n1").get("x")).toBe(1);
  });
});
