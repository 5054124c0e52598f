import { foldNames } from "./fold.ts";
import { parseHostPort } from "./host.ts";
import { type FilePath, formatFilePath, type Mistake } from "./mistake.ts";
import { expandInStep } from "./name-range.ts";
import type { RawMaster, RawNode } from "./raw-fleet.ts";

/** Entries with their ranges expanded; `index` is the position of the entry they came from. */
export type Expanded<Fields> = {
  readonly entries: readonly { readonly fields: Fields; readonly index: number }[];
  readonly mistakes: readonly Mistake[];
};

export type MasterFields = { readonly name: string; readonly address: string | undefined };

export type NodeFields = MasterFields & {
  readonly ssh: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
};

// HAProxy's own rule for the names of server lines; for nodes it keeps names apart from patterns and sentences.
const NAME = /^[A-Za-z0-9_.:-]+$/;
const LABEL_VALUE = /^[\p{L}\p{N}_.:/+-]+$/u;
const LABEL_PREFIX = "labels.";

/** Expands the masters and refuses bad or repeated names and addresses. */
export function expandMasters(masters: readonly (RawMaster | undefined)[]): Expanded<MasterFields> {
  const expected = "a host or host:port such as master-1:6443";
  return expand(
    "masters",
    masters,
    ({ name, address }) => ({ name, address }),
    expected,
    () => true,
  );
}

/** Expands the nodes and refuses bad or repeated names, addresses with a port, and bad label values. */
export function expandNodes(nodes: readonly (RawNode | undefined)[]): Expanded<NodeFields> {
  const flatten = (node: RawNode) => {
    const labels = Object.entries(node.labels ?? {}).map(([key, value]) => [LABEL_PREFIX + key, value]);
    return { name: node.name, address: node.address, ssh: node.ssh, ...Object.fromEntries(labels) };
  };
  const expected = "a host name or IP address without a port (the port is stats.port)";
  const flat = expand("nodes", nodes, flatten, expected, (port) => port === undefined);
  const entries = flat.entries.map(({ fields: { name, address, ssh, ...rest }, index }) => {
    const labels = Object.fromEntries(
      Object.entries(rest).map(([key, value]) => [key.slice(LABEL_PREFIX.length), value ?? ""]),
    );
    return { fields: { name, address, ssh, labels }, index };
  });
  return { entries, mistakes: flat.mistakes };
}

type Flat = Readonly<Record<string, string | undefined>> & MasterFields & { readonly ssh?: string | undefined };

function expand<Entry>(
  list: string,
  raw: readonly (Entry | undefined)[],
  flatten: (entry: Entry) => Flat,
  expectedAddress: string,
  acceptsPort: (port: number | undefined) => boolean,
): Expanded<Flat> {
  const entries: { fields: Flat; index: number }[] = [];
  const mistakes: Mistake[] = [];
  raw.forEach((entry, index) => {
    if (entry === undefined) return;
    const given = Object.entries(flatten(entry)).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const result = expandInStep(Object.fromEntries(given));
    const complain = (field: string, text: string): void => {
      const path = [list, index, ...fieldPath(field)];
      mistakes.push({ path, at: "value", text: `${formatFilePath(path)}${text}` });
    };
    if (!result.ok) {
      complain(result.field, `: ${result.problem}`);
      return;
    }
    const [one, other] = result.entries;
    if (one !== undefined && one["name"] === other?.["name"]) {
      const text = ` is ${JSON.stringify(one["name"])}, without a range, where the entry has ranges; expected as many names`;
      complain("name", text);
      return;
    }
    for (const [field] of given) {
      const bad = result.entries.map((fields) => fields[field] ?? "").find((text) => !fits(field, text, acceptsPort));
      if (bad === undefined) continue;
      complain(field, ` is ${JSON.stringify(bad)}; expected ${expectation(field, bad, expectedAddress)}`);
    }
    // The default of an address is the name, which may be one that no host has.
    const names = given.some(([field]) => field === "address") ? [] : result.entries.map(({ name = "" }) => name);
    const bad = names.find((name) => NAME.test(name) && !fits("address", name, acceptsPort));
    if (bad !== undefined)
      complain("name", ` is ${JSON.stringify(bad)}, which is no host; expected an address beside it`);
    for (const fields of result.entries) entries.push({ fields: fields as Flat, index });
  });
  mistakes.push(...repeatedNames(list, entries));
  return { entries, mistakes };
}

function fieldPath(field: string): FilePath {
  return field.startsWith(LABEL_PREFIX) ? ["labels", field.slice(LABEL_PREFIX.length)] : [field];
}

function fits(field: string, text: string, acceptsPort: (port: number | undefined) => boolean): boolean {
  if (field === "name") return NAME.test(text);
  if (field === "ssh") return /^[^\s-][^\s]*$/.test(text);
  if (field !== "address") return LABEL_VALUE.test(text);
  const address = parseHostPort(text);
  return address !== undefined && acceptsPort(address.port);
}

function expectation(field: string, bad: string, expectedAddress: string): string {
  const range = /\[([0-9A-Za-z]+)-([0-9A-Za-z]+)\]/.exec(bad);
  if (range !== null) return `a range with a colon: [${range[1]}:${range[2]}]`;
  if (field === "name") return "letters, digits and _ . : - only";
  if (field === "ssh") return "a destination such as ops@edge-1 (no blanks, no leading dash)";
  if (field === "address" && /^[\d.]*\b0\d/.test(bad)) return "numbers without zeros in front, as in 10.8.0.[1:9]";
  return field === "address" ? expectedAddress : "letters, digits and _ . : / + - only";
}

/** One mistake for each pair of entries that share names, so that a range given twice is one line and not forty. */
function repeatedNames(list: string, entries: readonly { fields: Flat; index: number }[]): Mistake[] {
  const firsts = new Map<string, number>();
  const shared = new Map<string, { index: number; first: number; names: string[] }>();
  for (const { fields, index } of entries) {
    const first = firsts.get(fields.name);
    if (first === undefined) {
      firsts.set(fields.name, index);
      continue;
    }
    const key = `${index} ${first}`;
    const pair = shared.get(key) ?? { index, first, names: [] };
    shared.set(key, { ...pair, names: [...pair.names, fields.name] });
  }
  return [...shared.values()].map(({ index, first, names }) => ({
    path: [list, index, "name"],
    at: "value",
    text: `${list}[${index}].name gives ${foldNames(names)} a second time; expected each name once`,
    first: [list, first, "name"],
  }));
}
