/** A name cut into texts and numbers: `texts` has one entry more than `numbers`. */
type Shape = { readonly texts: readonly string[]; readonly sets: readonly (readonly string[])[] };

let collator: Intl.Collator | undefined; // Made with the first comparison: it takes 10 ms, and --version compares nothing.

/** Natural order: node2 before node10, and a fixed order for names that differ in zeros only. */
export function compareNames(a: string, b: string): number {
  collator ??= new Intl.Collator("en", { numeric: true });
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * Writes names as an operator would: `node[01-38,40],edge-1`, in natural order, each name once.
 * Shape: nothing is lost: zeros stay as they are, and `parseNodePattern` reads back exactly the same names.
 * Several numbers fold where the result is the whole product: `rack[1-2]-node[01-10]`.
 */
export function foldNames(names: Iterable<string>): string {
  const sorted = [...new Set(names)].sort(compareNames);
  let shapes = sorted.map(cut);
  const dimensions = shapes.reduce((most, { sets }) => Math.max(most, sets.length), 0);
  for (let fromEnd = 1; fromEnd <= dimensions; fromEnd++) shapes = merge(shapes, fromEnd);
  return shapes.map(write).join(",");
}

function cut(name: string): Shape {
  const parts = name.split(/(\d+)/);
  return {
    texts: parts.filter((_, i) => i % 2 === 0),
    sets: parts.filter((_, i) => i % 2 === 1).map((number) => [number]),
  };
}

/** Joins names that differ in one number only, the `fromEnd`th from the end. Keeps the order of first appearance. */
function merge(shapes: readonly Shape[], fromEnd: number): Shape[] {
  const groups = new Map<string, { texts: readonly string[]; sets: readonly (readonly string[])[]; set: string[] }>();
  for (const { texts, sets } of shapes) {
    const at = sets.length - fromEnd;
    const key = at < 0 ? JSON.stringify([texts, sets]) : JSON.stringify([texts, sets.with(at, [])]);
    const group = groups.get(key);
    const set = sets[at] ?? [];
    if (group === undefined) groups.set(key, { texts, sets, set: [...set] });
    else group.set.push(...set);
  }
  return [...groups.values()].map(({ texts, sets, set }) => {
    const at = sets.length - fromEnd;
    return { texts, sets: at < 0 ? sets : sets.with(at, set) };
  });
}

function write({ texts, sets }: Shape): string {
  return texts.map((text, i) => text + writeSet(sets[i] ?? [])).join("");
}

function writeSet(numbers: readonly string[]): string {
  if (numbers.length <= 1) return numbers.join("");
  const runs: { first: string; last: string }[] = [];
  for (const number of [...numbers].sort(compareNumbers)) {
    const run = runs.at(-1);
    if (run !== undefined && follows(run.last, number, run.first)) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return `[${runs.map(({ first, last }) => (first === last ? first : `${first}-${last}`)).join(",")}]`;
}

/** By width, then by digits: so 1 to 9 and 01 to 10 come as two runs, and each in numeric order. */
function compareNumbers(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function isPadded(number: string): boolean {
  return number.length > 1 && number.startsWith("0");
}

/** Longer numbers than a double holds never make a run. A run that began with zeros keeps its width. */
function follows(last: string, next: string, first: string): boolean {
  if (next.length > 15 || Number(next) !== Number(last) + 1) return false;
  return last.length === next.length || (!isPadded(first) && !isPadded(next));
}
