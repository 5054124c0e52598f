import { findName } from "../domain/find-name.ts";
import type { FleetNode } from "../domain/inventory.ts";
import { didYouMean } from "../domain/nearest.ts";
import { pickNodes } from "../domain/pick-nodes.ts";

/** What words in a command stand for, or a sentence on what is wrong with them. */
export type Read<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly text: string };

/** The one name that is meant; `noun` says what they are names of. */
export function readName(noun: string, names: readonly string[], words: readonly string[]): Read<string> {
  const [word, ...more] = words;
  if (word === undefined) return wrong(`A ${noun} is expected: ${fewOf(names)}.`);
  if (more.length > 0) return wrong(`One ${noun} is expected, and nothing after it.`);
  const found = findName(noun, names, word);
  if (found.ok) return { ok: true, value: found.name };
  return wrong(`${capital(found.problem)}${stop(found.problem)} ${found.hint ?? `Expected: ${fewOf(names)}.`}`);
}

/** Several names, in the order of `names` and each once. */
export function readNames(noun: string, names: readonly string[], words: readonly string[]): Read<readonly string[]> {
  if (words.length === 0) return wrong(`A ${noun} is expected: ${fewOf(names)}.`);
  const found = words.map((word) => readName(noun, names, [word]));
  const bad = found.find((each) => !each.ok);
  if (bad?.ok === false) return bad;
  const meant = new Set(found.map((each) => (each.ok ? each.value : "")));
  return { ok: true, value: names.filter((name) => meant.has(name)) };
}

/** The names of the nodes that patterns ask for, as `--node` takes them. */
export function readNodes(nodes: readonly FleetNode[], patterns: readonly string[]): Read<readonly string[]> {
  if (patterns.length === 0)
    return wrong("Nodes are expected after on: a name, node[01:10], edge-*, @site=b, !node07.");
  const picked = pickNodes(nodes, patterns);
  if (picked.ok) return { ok: true, value: picked.nodes.map(({ name }) => name) };
  return wrong(`on: ${picked.problem}${stop(picked.problem)}`);
}

/** One of a few words, in any case; `noun` says what they are. */
export function readWord<Word extends string>(noun: string, words: readonly Word[], given: string): Read<Word> {
  const lower = given.toLowerCase();
  const value = words.find((word) => word.toLowerCase() === lower);
  if (value !== undefined) return { ok: true, value };
  return wrong(`There is no ${noun} "${given}"${didYouMean(given, words) || "."} Expected: ${fewOf(words)}.`);
}

/** A list that a message has room for. */
export function fewOf(words: readonly string[]): string {
  const few = words.slice(0, 12);
  return words.length > few.length ? `${few.join(", ")} and ${words.length - few.length} more` : few.join(", ");
}

function wrong(text: string): { readonly ok: false; readonly text: string } {
  return { ok: false, text };
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The point that ends a sentence, where a question does not. */
function stop(text: string): string {
  return text.endsWith("?") ? "" : ".";
}
