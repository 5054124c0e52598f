import type { FleetNode } from "./inventory.ts";
import { rangeMembers } from "./name-range.ts";

/** One part of a `--node` pattern. */
export type NodePattern = {
  readonly text: string;
  readonly excludes: boolean;
  matches(node: FleetNode): boolean;
};

/** The parts of a pattern, or what is wrong with it. */
export type PatternResult =
  | { readonly ok: true; readonly patterns: readonly NodePattern[] }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads one `--node` value: names, `node[01:10]`, the folded form `node[01-10,12]`, `*` and `?`, `@label=value`,
 * `@label`, a list of these with commas; a leading `!` takes nodes away.
 * Shape: several brackets in one name are the product of their members, as `foldNames` writes them.
 */
export function parseNodePattern(value: string): PatternResult {
  const patterns: NodePattern[] = [];
  for (const text of splitList(value)) {
    const excludes = text.startsWith("!");
    const body = (excludes ? text.slice(1) : text).trim();
    if (body === "" || body === "@") return { ok: false, problem: `the pattern "${value}" has an empty part` };
    const label = /^@([^=]+)(?:=(.*))?$/.exec(body);
    const matcher = compile(label === null ? body : (label[2] ?? "*"));
    if (typeof matcher === "string") return { ok: false, problem: `in the pattern "${text}", ${matcher}` };
    const key = label?.[1] ?? "";
    const matches = (node: FleetNode): boolean => {
      if (label === null) return matcher.test(node.name);
      const given = Object.hasOwn(node.labels, key) ? node.labels[key] : undefined;
      return given !== undefined && matcher.test(given);
    };
    patterns.push({ text, excludes, matches });
  }
  return patterns.length === 0 ? { ok: false, problem: "the pattern is empty" } : { ok: true, patterns };
}

/** Cuts at commas outside brackets; blanks around a part do not count. */
function splitList(value: string): string[] {
  return value
    .split(/,(?![^[]*\])/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** The test of one name, or what is wrong. */
function compile(body: string): RegExp | string {
  let source = "";
  for (const [part, list] of body.matchAll(/\[([^\]]*)\]|[^[]+|\[/g)) {
    if (list === undefined && part === "[") return `a bracket is not closed`;
    if (list === undefined) {
      source += part.replace(/[\\^$.|+(){}\]]/g, "\\$&").replace(/[*?]+/g, wildcards);
      continue;
    }
    const members = readList(list);
    if (typeof members === "string") return members;
    source += `(?:${members.join("|")})`;
  }
  return new RegExp(`^${source}$`, "su");
}

/** A row of `*` and `?` as one question: as many stars, each by itself, would be tried in every combination. */
function wildcards(row: string): string {
  const least = row.replaceAll("*", "").length;
  return row.includes("*") ? `.{${least},}` : `.{${least}}`;
}

function readList(list: string): readonly string[] | string {
  const members: string[] = [];
  for (const item of list.split(",")) {
    const range = /^(\w+)[:-](\w+)(?::(\d+))?$/.exec(item);
    if (range === null && !/^\w+$/.test(item)) return `[${list}] is not a range; expected [01:10] or [01-10,12]`;
    const result = range === null ? undefined : rangeMembers(range[1] ?? "", range[2] ?? "", range[3]);
    if (result?.ok === false) return `[${list}] ${result.problem}`;
    members.push(...(result?.members ?? [item]));
  }
  return members;
}
