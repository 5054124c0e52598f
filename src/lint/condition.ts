import { type CfgLine, linesOf } from "../domain/cfg-file.ts";
import type { CfgProxy } from "../domain/cfg-proxy.ts";

/**
 * The condition at the end of a rule: alternatives, of which each wants all its terms.
 * Shape: `undefined` where a line has none. `unless` is already turned round into the terms.
 */
export type Condition = readonly (readonly Term[])[];

/** One thing asked for; a named one may be met in several ways. A criterion is its words: `src 10.0.0.1`. */
export type Term = { readonly negated: boolean; readonly criteria: readonly (readonly string[])[] };

/** The criteria by their names in `acl` lines. */
export type NamedCriteria = ReadonlyMap<string, readonly (readonly string[])[]>;

const PREDEFINED: Readonly<Record<string, readonly string[]>> = {
  LOCALHOST: ["src", "127.0.0.1/8", "::1"],
  TRUE: ["always_true"],
  FALSE: ["always_false"],
};

/** More alternatives than this nobody writes by hand; what is over is taken for a condition that asks nothing. */
const MOST = 64;

/**
 * Reads what stands behind `if` or `unless`.
 * Source: HAProxy doc/configuration.txt 7.2 and 7.4.
 */
export function readCondition(line: CfgLine, named: NamedCriteria): Condition | undefined {
  const at = line.words.findIndex((word) => word === "if" || word === "unless");
  if (at < 0) return undefined;
  const condition = readTerms(line.words.slice(at + 1), named);
  return line.words[at] === "if" ? condition : turnRound(condition);
}

/** The criterion's name without its arguments and converters: "src", "http_auth_group". */
export function fetchOf(criterion: readonly string[]): string {
  return /^[\w.]*/.exec(criterion[0] ?? "")?.[0] ?? "";
}

function readTerms(words: readonly string[], named: NamedCriteria): Condition {
  const alternatives: Term[][] = [[]];
  let negated = false;
  for (let at = 0; at < words.length; at += 1) {
    let word = words[at] ?? "";
    if (word === "or" || word === "||") {
      alternatives.push([]);
      continue;
    }
    while (word.startsWith("!")) {
      negated = !negated;
      word = word.slice(1);
    }
    if (word === "") continue;
    if (word === "{") {
      const close = words.indexOf("}", at);
      const end = close < 0 ? words.length : close;
      alternatives.at(-1)?.push({ negated, criteria: [words.slice(at + 1, end)] });
      at = end;
    } else {
      const own = PREDEFINED[word];
      alternatives.at(-1)?.push({ negated, criteria: named.get(word) ?? (own === undefined ? [] : [own]) });
    }
    negated = false;
  }
  return alternatives;
}

/** "not (a and b, or c)" is "not a and not c, or not b and not c". */
function turnRound(condition: Condition): Condition {
  let result: Term[][] = [[]];
  for (const terms of condition) {
    result = result.flatMap((before) => terms.map((term) => [...before, { ...term, negated: !term.negated }]));
    if (result.length > MOST) return [[]];
  }
  return result;
}

/** The criteria behind the names that a proxy and its defaults give them; lines of one name add up. */
export function namedCriteria({ section, defaults }: CfgProxy): NamedCriteria {
  const named = new Map<string, (readonly string[])[]>();
  for (const { words } of [...defaults, section].flatMap((each) => linesOf(each, "acl"))) {
    const [, name = "", ...criterion] = words;
    const same = named.get(name);
    if (same === undefined) named.set(name, [criterion]);
    else same.push(criterion);
  }
  return named;
}
