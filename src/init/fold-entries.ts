import { compareNames } from "../domain/fold.ts";
import { expandInStep } from "../domain/name-range.ts";

/** The fields of one entry of the fleet file that may hold ranges. `name` is always among them. */
export type FlatEntry = Readonly<Record<string, string>>;

/** Two nodes read better as two lines. */
const LEAST = 3;
/** As many as the fleet file takes in one range. */
const MOST = 20_000;
/** Longer numbers than this are not counted on: a double holds no more. */
const DIGITS = 15;

/**
 * Writes entries as few, with ranges: node01 … node38 with 10.8.0.11 … 10.8.0.48 becomes node[01:38] with
 * 10.8.0.[11:48].
 * Shape: in natural order of the names; `expandInStep` gives exactly the entries again, in that order. Entries fold
 * where all their fields are the same or count on in step, each number by a step of its own.
 */
export function foldEntries(entries: readonly FlatEntry[]): readonly FlatEntry[] {
  const sorted = entries.toSorted((a, b) => compareNames(a["name"] ?? "", b["name"] ?? ""));
  const cuts = sorted.map(cut);
  const folded: FlatEntry[] = [];
  let from = 0;
  while (from < sorted.length) {
    const run = findRun(cuts, from);
    const members = sorted.slice(from, from + run.length);
    const range = run.length < LEAST ? undefined : write(run, members);
    const one = range ?? members[0];
    if (one !== undefined) folded.push(one);
    from += range === undefined ? 1 : run.length;
  }
  return folded;
}

/** An entry cut into texts and numbers, fields in the order of their names. `key` is the same for the same texts. */
type Cut = { readonly key: string; readonly fields: readonly (readonly [string, readonly string[]])[] };

/** The parts of each field alternate: text, number, text, …; `steps` has one number for each number of each field. */
type Run = { readonly first: Cut; readonly steps: readonly (readonly number[])[]; readonly length: number };

function cut(entry: FlatEntry): Cut {
  const fields = Object.entries(entry)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, text]) => [field, text.split(/(\d+)/)] as const);
  const key = JSON.stringify(fields.map(([field, parts]) => [field, parts.filter((_, i) => i % 2 === 0)]));
  return { key, fields };
}

function numbers(parts: readonly string[]): readonly string[] {
  return parts.filter((_, i) => i % 2 === 1);
}

const NO_RUN: Run = { first: { key: "", fields: [] }, steps: [], length: 1 };

/** The longest run that begins here; its steps are those between the first two. */
function findRun(cuts: readonly Cut[], from: number): Run {
  const first = cuts[from];
  const second = cuts[from + 1];
  if (first === undefined || second === undefined || second.key !== first.key) return NO_RUN;
  const steps = first.fields.map(([, parts], f) => {
    const next = numbers(second.fields[f]?.[1] ?? []);
    return numbers(parts).map((number, n) => stepBetween(number, next[n] ?? ""));
  });
  if (steps.flat().some((step) => step === undefined)) return NO_RUN;
  const known = steps.map((ofField) => ofField.map((step) => step ?? 0));
  let length = 1;
  while (length < MOST && follows(first, known, length, cuts[from + length])) length += 1;
  return { first, steps: known, length };
}

/** `undefined` where a range cannot go from the one to the other. */
function stepBetween(number: string, next: string): number | undefined {
  if (number === next) return 0;
  if (number.length > DIGITS || next.length > DIGITS) return undefined;
  const step = Number(next) - Number(number);
  return step > 0 ? step : undefined;
}

function follows(first: Cut, steps: Run["steps"], index: number, candidate: Cut | undefined): boolean {
  if (candidate === undefined || candidate.key !== first.key) return false;
  return first.fields.every(([, parts], f) => {
    const given = numbers(candidate.fields[f]?.[1] ?? []);
    return numbers(parts).every((number, n) => given[n] === advance(number, (steps[f]?.[n] ?? 0) * index));
  });
}

/** The number so much further on. A number that begins with zeros keeps its width, as in an Ansible inventory. */
function advance(number: string, by: number): string {
  if (by === 0) return number;
  const width = number.length > 1 && number.startsWith("0") ? number.length : 0;
  return String(Number(number) + by).padStart(width, "0");
}

/** Nothing where the ranges would not give the same again, as with a text that looks like a range itself. */
function write({ first, steps, length }: Run, entries: readonly FlatEntry[]): FlatEntry | undefined {
  const range = (part: string, step: number): string => {
    if (step === 0) return part;
    const end = advance(part, step * (length - 1));
    return step === 1 ? `[${part}:${end}]` : `[${part}:${end}:${step}]`;
  };
  const folded = Object.fromEntries(
    first.fields.map(([field, parts], f) => [
      field,
      parts.map((part, i) => (i % 2 === 0 ? part : range(part, steps[f]?.[(i - 1) / 2] ?? 0))).join(""),
    ]),
  );
  const back = expandInStep(folded);
  const isSame =
    back.ok &&
    back.entries.length === entries.length &&
    back.entries.every((entry, i) => Object.entries(entry).every(([field, text]) => entries[i]?.[field] === text));
  return isSame ? folded : undefined;
}
