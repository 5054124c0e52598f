/**
 * A value of an Ansible variable, before it is YAML.
 * Shape: a text is data, and Ansible evaluates none of it, whatever braces it holds; only `jinja` is an expression.
 * `notes` are the comment lines above an item or a key.
 */
export type AnsibleValue = string | number | boolean | AnsibleJinja | AnsibleList | AnsibleMap;

export type AnsibleJinja = { readonly kind: "jinja"; readonly text: string };
export type AnsibleList = { readonly kind: "list"; readonly items: readonly AnsibleItem[] };
export type AnsibleMap = { readonly kind: "map"; readonly entries: readonly AnsibleEntry[] };

export type AnsibleItem = { readonly value: AnsibleValue; readonly notes?: readonly string[] };
export type AnsibleEntry = AnsibleItem & { readonly key: string };

/** An expression of ours: never made from what a file says. */
export function jinja(text: string): AnsibleJinja {
  return { kind: "jinja", text };
}

/** A list without comments. */
export function list(values: readonly AnsibleValue[]): AnsibleList {
  return { kind: "list", items: values.map((value) => ({ value })) };
}

/** A mapping without comments; keys without a value are left out. */
export function map(values: Readonly<Record<string, AnsibleValue | undefined>>): AnsibleMap {
  const entries = Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));
  return { kind: "map", entries };
}
